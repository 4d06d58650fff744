import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onPress, onSubmit } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { STEPS } from '../domain/steps.ts';
import { prepareDetail } from '../flows/detail.ts';
import { prepareQuestion } from '../flows/rating.ts';
import { needsReason, prepareReason, takePress } from '../flows/step.ts';
import { OPEN, RESTORE, STEP, UNDO } from '../views/card.ts';
import { buildDetail, DELETE } from '../views/detail.ts';
import { buildAfterDone } from '../views/rating.ts';
import { buildReasonModal, parseReasonModal, REASON_MODAL } from '../views/reason.ts';
import { DelegationValue } from '../views/values.ts';
import { refresh } from './refresh.ts';

/** Every step that people take with a delegation, from its card or from its own view. */
export function registerStepListeners(app: App, deps: Deps): void {
  for (const step of STEPS) {
    onPress(app, {
      actionId: `${STEP}.${step}`,
      value: DelegationValue,
      handle: async (press) => {
        const { caller, value: ref, client, triggerId, viewId } = press;
        if (!needsReason(step)) {
          await takePress(deps, { caller, ref, pressed: step, why: null });
          const asked =
            step === 'approve' && !viewId
              ? await prepareQuestion(deps, { caller, id: ref.id })
              : null;
          if (asked) await press.answer(buildAfterDone(asked));
          return await refresh(deps, press);
        }
        const delegation = await prepareReason(deps, { caller, ref, step });
        const { id, version, back } = ref;
        const carried = { id, version, step, back, detailViewId: viewId ?? null };
        const view = buildReasonModal(delegation, carried);
        if (viewId) await client.views.push({ trigger_id: triggerId, view });
        else await client.views.open({ trigger_id: triggerId, view });
      },
    });
  }

  onSubmit(app, {
    callbackId: REASON_MODAL,
    log: deps.log,
    parse: parseReasonModal,
    handle: async ({ caller, value, client }) => {
      const { carried, why } = value;
      await takePress(deps, { caller, ref: carried, pressed: carried.step, why });
      if (carried.detailViewId)
        await refresh(deps, { caller, client, value: carried, viewId: carried.detailViewId });
      return undefined;
    },
  });

  for (const [actionId, pressed] of [
    [UNDO, 'undo'],
    [DELETE, 'delete'],
    [RESTORE, 'restore'],
  ] as const) {
    onPress(app, {
      actionId,
      value: DelegationValue,
      handle: async (press) => {
        const { caller, value: ref } = press;
        await takePress(deps, { caller, ref, pressed, why: null });
        await refresh(deps, press);
      },
    });
  }

  onPress(app, {
    actionId: OPEN,
    value: DelegationValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const { id } = value;
      const build = async () => buildDetail(await prepareDetail(deps, { caller, id, back: null }));
      await openModal({ client, triggerId, title: 'Task', build });
    },
  });
}
