import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { context, mrkdwn, section } from '../slack/blocks.ts';
import { type Answer, type CommandCall, onCommand, onPress, onSubmit } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { escapeText } from '../slack/text.ts';
import { findPair, prepareCheckin } from './flows/form.ts';
import { prepareHistory, readCheckin } from './flows/history.ts';
import { checkOwn, skipCheckin, snoozeCheckin } from './flows/put-off.ts';
import { submitCheckin } from './flows/submit.ts';
import * as dialogs from './views/dialogs.ts';
import { buildCheckinModal, CHECKIN_MODAL, parseCheckinModal } from './views/form.ts';
import { CheckinValue, READ, SKIP, SNOOZE, START } from './views/messages.ts';

export function registerCheckinListeners(app: App, deps: Deps): void {
  const { log } = deps;

  onCommand(app, '/ea-checkin', async (call) => {
    if (call.text === '') await openFor(deps, call, 'checkin');
    else if (call.text === 'history') await openFor(deps, call, 'history');
    else await call.answer(buildUsage(call.text));
  });

  onPress(app, {
    actionId: START,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      checkOwn(caller, ref);
      const build = async () => buildCheckinModal(await prepareCheckin(deps, caller, ref));
      await openModal({ client, triggerId, title: 'Check-in', build });
    },
  });

  onSubmit(app, {
    callbackId: CHECKIN_MODAL,
    log,
    parse: parseCheckinModal,
    handle: async ({ caller, value: { carried, answers } }) => {
      const result = await submitCheckin(deps, { caller, ...carried, answers });
      return result.type === 'conflict' ? { next: buildCheckinModal(result.form) } : undefined;
    },
  });

  onPress(app, {
    actionId: SNOOZE,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      checkOwn(caller, ref);
      await client.views.open({ trigger_id: triggerId, view: dialogs.buildSnoozeModal(ref) });
    },
  });

  onSubmit(app, {
    callbackId: dialogs.SNOOZE_MODAL,
    log,
    parse: dialogs.parseSnoozeModal,
    handle: async ({ caller, value }) => {
      await snoozeCheckin(deps, { caller, ...value });
      return undefined;
    },
  });

  onPress(app, {
    actionId: SKIP,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      checkOwn(caller, ref);
      await client.views.open({ trigger_id: triggerId, view: dialogs.buildSkipModal(ref) });
    },
  });

  onSubmit(app, {
    callbackId: dialogs.SKIP_MODAL,
    log,
    parse: dialogs.parseSkipModal,
    handle: async ({ caller, value }) => {
      await skipCheckin(deps, { caller, ...value });
      return undefined;
    },
  });

  onSubmit(app, {
    callbackId: dialogs.CHOOSE_MODAL,
    log,
    parse: dialogs.parsePairChoice,
    handle: async ({ caller, value: { pairId, purpose } }) => ({
      next:
        purpose === 'history'
          ? dialogs.buildHistoryModal(await prepareHistory(deps, caller, { pairId, offset: 0 }))
          : buildCheckinModal(await prepareCheckin(deps, caller, { pairId })),
    }),
  });

  onPress(app, {
    actionId: READ,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      const build = async () => dialogs.buildEntryModal(await readCheckin(deps, caller, ref));
      await openModal({ client, triggerId, title: 'Check-in', build });
    },
  });

  for (const direction of ['newer', 'older']) {
    onPress(app, {
      actionId: `${dialogs.PAGE}.${direction}`,
      value: dialogs.PageValue,
      handle: async ({ caller, value, client, viewId }) => {
        const view = dialogs.buildHistoryModal(await prepareHistory(deps, caller, value));
        if (viewId) await client.views.update({ view_id: viewId, view });
      },
    });
  }
}

/** Opens today's form or the history, after asking which pair is meant when that is not clear. */
async function openFor(deps: Deps, call: CommandCall, purpose: dialogs.ChooseFor): Promise<void> {
  const { caller, client, triggerId, channelId } = call;
  const title = purpose === 'history' ? 'Check-in history' : 'Check-in';
  const build = async () => {
    const { pair, pairs } = await findPair(deps, caller, channelId);
    if (!pair) return dialogs.buildPairChoice({ pairs, userId: caller.userId, purpose });
    if (purpose === 'checkin')
      return buildCheckinModal(await prepareCheckin(deps, caller, { pairId: pair.id }));
    return dialogs.buildHistoryModal(
      await prepareHistory(deps, caller, { pairId: pair.id, offset: 0 }),
    );
  };
  await openModal({ client, triggerId, title, build });
}

function buildUsage(typed: string): Answer {
  const known =
    typed === 'help'
      ? ''
      : `I do not know \`${escapeText(typed.slice(0, 100)).replaceAll('`', "'")}\`. `;
  const text = `${known}Here is what \`/ea-checkin\` can do:`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      section(
        mrkdwn(
          '• `/ea-checkin` opens the check-in of today, or edits it\n• `/ea-checkin history` shows earlier check-ins of you two',
        ),
      ),
      context('`/ea help` lists everything else.'),
    ],
  };
}
