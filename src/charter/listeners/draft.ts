import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onPress, onSubmit } from '../../slack/listen.ts';
import { buildNotice } from '../../slack/modals.ts';
import { discardDraft, markDuty, openDraft, prepareDuty, saveDuty } from '../flows/draft.ts';
import { prepareCharter } from '../flows/open.ts';
import { proposeCharter } from '../flows/sign.ts';
import { CHANGE, VersionValue } from '../views/card.ts';
import { buildCharterModal } from '../views/charter.ts';
import * as draft from '../views/draft.ts';
import { BACK_TO_DRAFT, buildDutyModal, DUTY_MODAL } from '../views/duty.ts';
import { parseDutyModal } from '../views/duty-fields.ts';
import { showModal } from './show.ts';

const TITLE = 'Propose a charter';

/** Preparing and proposing a version. */
export function registerDraftListeners(app: App, deps: Deps): void {
  const { log } = deps;

  onPress(app, {
    actionId: CHANGE,
    value: VersionValue,
    handle: async (press) =>
      showModal(press, TITLE, async () =>
        draft.buildDraftModal(await openDraft(deps, press.caller, press.value)),
      ),
  });

  for (const actionId of [BACK_TO_DRAFT, `${draft.DRAFT_PAGE}.back`, `${draft.DRAFT_PAGE}.more`]) {
    onPress(app, {
      actionId,
      value: draft.DraftValue,
      handle: async (press) =>
        showModal(press, TITLE, async () =>
          draft.buildDraftModal(await openDraft(deps, press.caller, press.value)),
        ),
    });
  }

  onPress(app, {
    actionId: draft.ADD_DUTY,
    value: draft.DraftValue,
    handle: async (press) =>
      showModal(press, 'New duty', async () =>
        buildDutyModal(await prepareDuty(deps, press.caller, { ...press.value, dutyId: null })),
      ),
  });

  onPress(app, {
    actionId: draft.EDIT_DUTY,
    value: draft.DutyValue,
    handle: async (press) =>
      showModal(press, 'Edit duty', async () =>
        buildDutyModal(await prepareDuty(deps, press.caller, press.value)),
      ),
  });

  for (const [actionId, isRemoved] of [
    [draft.REMOVE_DUTY, true],
    [draft.KEEP_DUTY, false],
  ] as const) {
    onPress(app, {
      actionId,
      value: draft.DutyValue,
      handle: async (press) =>
        showModal(press, TITLE, async () =>
          draft.buildDraftModal(
            await markDuty(deps, { caller: press.caller, ...press.value, isRemoved }),
          ),
        ),
    });
  }

  onPress(app, {
    actionId: draft.DISCARD,
    value: draft.DraftValue,
    handle: async (press) => {
      const { pairId } = press.value;
      await discardDraft(deps, press.caller, pairId);
      await showModal(press, 'Charter', async () =>
        buildCharterModal(await prepareCharter(deps, press.caller, { pairId })),
      );
    },
  });

  onSubmit(app, {
    callbackId: DUTY_MODAL,
    log,
    parse: parseDutyModal,
    handle: async ({ caller, value }) => ({
      next: draft.buildDraftModal(await saveDuty(deps, { caller, ...value })),
    }),
  });

  onSubmit(app, {
    callbackId: draft.DRAFT_MODAL,
    log,
    parse: draft.parseDraftModal,
    handle: async ({ caller, value }) => {
      const { version } = await proposeCharter(deps, { caller, ...value });
      return {
        next: buildNotice(
          'Proposed',
          `Your partner now has version ${version} in a direct message, to sign or to propose a change. Nothing changes until then.`,
        ),
      };
    },
  });
}
