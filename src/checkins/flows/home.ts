import type { Stores } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { memberOf, partnerOf } from '../../pairs/index.ts';
import { buildAsked, buildNext } from '../views/home.ts';
import { canRepeat, KIND } from './prompt.ts';

/** What Home shows of somebody's own check-ins: open ones, and when they are asked next. */
export async function prepareHome(stores: Stores, viewer: HomeViewer): Promise<HomeSection[]> {
  const { workspaceId, userId } = viewer;
  const of = { workspaceId, userId, kind: KIND };
  const asked = await stores.routines.listAsked(of);
  const coming = await stores.routines.listComing(of);
  const sections: HomeSection[] = [];
  for (const { pair, role } of viewer.pairs) {
    if (role === 'manager' || role === 'observer') continue;
    const partnerId = partnerOf(pair, userId).userId;
    const { zone } = memberOf(pair, role);
    for (const { occurrence } of asked.filter((one) => one.pairId === pair.id)) {
      const ref = { pairId: pair.id, userId, dueOn: occurrence.dueOn };
      const state =
        occurrence.state === 'snoozed' && occurrence.nextStepAt
          ? ({ type: 'snoozed', until: occurrence.nextStepAt } as const)
          : ({
              type: 'open',
              canRepeat: await canRepeat(stores, { pair, ref, occurrence }),
              isReminder: true,
            } as const);
      sections.push(buildAsked({ ref, partnerId, zone, state }));
    }
    const at = coming.find((one) => one.pairId === pair.id)?.next?.at;
    if (at) sections.push(buildNext({ pairId: pair.id, partnerId, at, zone }));
  }
  return sections;
}
