import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { type CommandCall, onCommand, onPress } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { buildUsage } from '../../slack/usage.ts';
import { choosePair, prepareCharter, prepareHistory } from '../flows/open.ts';
import { type OnCharterSigned, signCharter } from '../flows/sign.ts';
import { prepareZones } from '../flows/zones.ts';
import { SHOW_VERSION, SIGN, VersionValue } from '../views/card.ts';
import * as views from '../views/charter.ts';
import { buildPairChoice, PURPOSES, type Purpose, START } from '../views/choice.ts';
import { buildZonesModal, OPEN_ZONES } from '../views/zones.ts';
import { showModal } from './show.ts';

/** Reading and signing the charter. */
export function registerCharterListeners(app: App, deps: Deps, onSigned: OnCharterSigned): void {
  onCommand(app, '/ea-charter', async (call) => {
    if (call.text === '') await openFor(deps, call, 'charter');
    else if (call.text === 'zones') await openFor(deps, call, 'zones');
    else await call.answer(buildUsage({ ...USAGE, typed: call.text }));
  });

  for (const purpose of PURPOSES) {
    onPress(app, {
      actionId: `${START}.${purpose}`,
      value: z.object({}),
      handle: async (press) => openFor(deps, { ...press, channelId: null }, purpose),
    });
  }

  onPress(app, {
    actionId: views.OPEN,
    value: views.PairValue,
    handle: async (press) =>
      showModal(press, 'Charter', async () =>
        views.buildCharterModal(await prepareCharter(deps, press.caller, press.value)),
      ),
  });

  onPress(app, {
    actionId: SHOW_VERSION,
    value: VersionValue,
    handle: async (press) =>
      showModal(press, 'Charter', async () =>
        views.buildCharterModal(await prepareCharter(deps, press.caller, press.value)),
      ),
  });

  for (const direction of ['back', 'more']) {
    onPress(app, {
      actionId: `${views.PAGE}.${direction}`,
      value: views.PageValue,
      handle: async (press) =>
        showModal(press, 'Charter', async () =>
          views.buildCharterModal(await prepareCharter(deps, press.caller, press.value)),
        ),
    });
  }

  onPress(app, {
    actionId: views.HISTORY,
    value: VersionValue,
    handle: async (press) =>
      showModal(press, 'Charter: history', async () =>
        views.buildHistoryModal(await prepareHistory(deps, press.caller, press.value.pairId)),
      ),
  });

  onPress(app, {
    actionId: SIGN,
    value: VersionValue,
    handle: async ({ caller, value, client, viewId }) => {
      await signCharter(deps, { caller, ...value, onSigned });
      if (!viewId) return;
      const view = views.buildCharterModal(await prepareCharter(deps, caller, value));
      await client.views.update({ view_id: viewId, view });
    },
  });
}

const TITLES: Record<Purpose, string> = { charter: 'Charter', zones: 'Zones' };
const READS = { charter: 'charter.read', zones: 'zones.read' } as const;
const OPENS: Record<Purpose, string> = { charter: views.OPEN, zones: OPEN_ZONES };

/** Opens what is wanted, after asking which pair is meant when that is not clear. */
async function openFor(
  deps: Deps,
  call: Pick<CommandCall, 'caller' | 'client' | 'triggerId'> & { channelId: string | null },
  purpose: Purpose,
): Promise<void> {
  const { caller, client, triggerId, channelId } = call;
  const title = TITLES[purpose];
  const build = async () => {
    const chosen = await choosePair(deps, caller, { channelId, to: READS[purpose] });
    if ('choices' in chosen)
      return buildPairChoice({ title, actionId: OPENS[purpose], pairs: chosen.choices });
    if (purpose === 'zones') return buildZonesModal(await prepareZones(deps, caller, chosen));
    return views.buildCharterModal(await prepareCharter(deps, caller, chosen));
  };
  await openModal({ client, triggerId, title, build });
}

const USAGE = {
  command: '/ea-charter',
  lines: [
    '`/ea-charter` shows your duties, with a button to propose a change',
    '`/ea-charter zones` shows how free the EA is in each category, and what may be spent',
  ],
  note: '`/ea help` lists everything else.',
};
