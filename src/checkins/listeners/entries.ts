import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Deps } from '../../deps.ts';
import type { Caller } from '../../slack/caller.ts';
import { type CommandCall, onCommand, onPress, onSubmit } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { buildUsage } from '../../slack/usage.ts';
import { findPair, prepareCheckin } from '../flows/form.ts';
import { prepareHistory, readCheckin } from '../flows/history.ts';
import { prepareSettings } from '../flows/settings.ts';
import { submitCheckin } from '../flows/submit.ts';
import * as dialogs from '../views/dialogs.ts';
import { buildCheckinModal, CHECKIN_MODAL, parseCheckinModal } from '../views/form.ts';
import { CheckinValue, READ, START } from '../views/messages.ts';
import { buildSettingsModal } from '../views/settings.ts';

/** Writing and reading check-ins. */
export function registerEntryListeners(app: App, deps: Deps): void {
  const { log } = deps;

  onCommand(app, '/ea-checkin', async (call) => {
    if (call.text === '') await openFor(deps, call, 'checkin');
    else if (call.text === 'history') await openFor(deps, call, 'history');
    else if (call.text === 'settings') await openFor(deps, call, 'settings');
    else await call.answer(buildUsage({ ...USAGE, typed: call.text }));
  });

  for (const purpose of dialogs.PURPOSES) {
    onPress(app, {
      actionId: `${dialogs.OPEN}.${purpose}`,
      value: dialogs.OpenValue,
      handle: async (press) => openFor(deps, { ...press, ...press.value }, purpose),
    });
  }

  onPress(app, {
    actionId: START,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
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

  onSubmit(app, {
    callbackId: dialogs.CHOOSE_MODAL,
    log,
    parse: dialogs.parsePairChoice,
    handle: async ({ caller, value: { pairId, purpose } }) => ({
      next: await buildFor(deps, { caller, pairId, purpose }),
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

/** Opens what is wanted, after asking which pair is meant when that is not clear. */
async function openFor(
  deps: Deps,
  call: Pick<CommandCall, 'caller' | 'client' | 'triggerId'> & {
    channelId?: string;
    pairId?: string | undefined;
  },
  purpose: dialogs.ChooseFor,
): Promise<void> {
  const { caller, client, triggerId } = call;
  const build = async () => {
    if (call.pairId) return await buildFor(deps, { caller, pairId: call.pairId, purpose });
    const { pair, pairs } = await findPair(deps, caller, call.channelId ?? null);
    if (!pair) return dialogs.buildPairChoice({ pairs, userId: caller.userId, purpose });
    return await buildFor(deps, { caller, pairId: pair.id, purpose });
  };
  await openModal({ client, triggerId, title: TITLES[purpose], build });
}

const TITLES: Record<dialogs.ChooseFor, string> = {
  checkin: 'Check-in',
  history: 'Check-in history',
  settings: 'Check-in settings',
};

async function buildFor(
  deps: Deps,
  o: { caller: Caller; pairId: string; purpose: dialogs.ChooseFor },
): Promise<ModalView> {
  const { caller, pairId } = o;
  switch (o.purpose) {
    case 'checkin':
      return buildCheckinModal(await prepareCheckin(deps, caller, { pairId }));
    case 'history':
      return dialogs.buildHistoryModal(await prepareHistory(deps, caller, { pairId, offset: 0 }));
    case 'settings':
      return buildSettingsModal(await prepareSettings(deps, caller, pairId));
  }
}

const USAGE = {
  command: '/ea-checkin',
  lines: [
    '`/ea-checkin` opens the check-in of today, or edits it',
    '`/ea-checkin history` shows earlier check-ins of you two',
    '`/ea-checkin settings` pauses your check-ins, skips dates, or changes how often you are asked',
  ],
  note: '`/ea help` lists everything else.',
};
