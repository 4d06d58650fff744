import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onPress, onSubmit } from '../../slack/listen.ts';
import { SCORES } from '../domain/rating.ts';
import { prepareRating, rate } from '../flows/rating.ts';
import {
  buildRated,
  buildRatingModal,
  parseRatingModal,
  RATE,
  RATE_IN_WORDS,
  RATING_MODAL,
} from '../views/rating.ts';
import { DelegationValue } from '../views/values.ts';
import { refresh } from './refresh.ts';

/** How the executive rates what was delivered. */
export function registerRatingListeners(app: App, deps: Deps): void {
  for (const score of [...SCORES, null]) {
    onPress(app, {
      actionId: `${RATE}.${score ?? 'skip'}`,
      value: DelegationValue,
      handle: async (press) => {
        const { caller, value } = press;
        const { id } = value;
        const rated = await rate(deps, { caller, id, said: { score } });
        if (press.viewId) await refresh(deps, press);
        else await press.answer(buildRated(rated, score));
      },
    });
  }

  onPress(app, {
    actionId: RATE_IN_WORDS,
    value: DelegationValue,
    handle: async ({ caller, value, client, triggerId, viewId }) => {
      const { id, back } = value;
      const form = await prepareRating(deps, { caller, id });
      const view = buildRatingModal(form, { id, back, detailViewId: viewId ?? null });
      if (viewId) await client.views.push({ trigger_id: triggerId, view });
      else await client.views.open({ trigger_id: triggerId, view });
    },
  });

  onSubmit(app, {
    callbackId: RATING_MODAL,
    log: deps.log,
    parse: parseRatingModal,
    handle: async ({ caller, value, client }) => {
      const { carried, said } = value;
      const { id, detailViewId } = carried;
      await rate(deps, { caller, id, said });
      if (detailViewId)
        await refresh(deps, { caller, client, value: carried, viewId: detailViewId });
      return undefined;
    },
  });
}
