import type { Deps } from '../../deps.ts';
import type { Press } from '../../slack/listen.ts';
import { prepareDetail } from '../flows/detail.ts';
import { buildDetail } from '../views/detail.ts';
import type { DelegationRef } from '../views/values.ts';

/** Brings the view that the button stands in up to date; a card follows by itself. */
export async function refresh(
  deps: Deps,
  press: Pick<Press<Pick<DelegationRef, 'id' | 'back'>>, 'caller' | 'client' | 'value' | 'viewId'>,
): Promise<void> {
  const { caller, client, value, viewId } = press;
  if (!viewId) return;
  const { id, back = null } = value;
  const view = buildDetail(await prepareDetail(deps, { caller, id, back }));
  await client.views.update({ view_id: viewId, view });
}
