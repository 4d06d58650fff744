import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { onCommand, onPress, onSubmit, type Press } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { readCommand } from './domain/command.ts';
import { finishReminder, muteReminder, skipReminder, snoozeReminder } from './flows/answer.ts';
import { prepareMute, prepareSnooze } from './flows/dialogs.ts';
import { prepareNew } from './flows/form.ts';
import {
  chooseUrgent,
  deleteReminder,
  pauseReminder,
  prepareList,
  restoreReminder,
} from './flows/list.ts';
import { prepareEdit, saveReminder } from './flows/save.ts';
import * as dialogs from './views/dialogs.ts';
import { buildReminderModal, parseReminderModal, REMINDER_MODAL } from './views/form.ts';
import * as list from './views/list.ts';
import { DONE, MUTE, ReminderValue, SKIP, SNOOZE } from './views/messages.ts';
import { buildSaved, buildUsage } from './views/usage.ts';

export function registerReminderListeners(app: App, deps: Deps): void {
  const { log } = deps;
  const NoValue = z.object({});

  onCommand(app, '/ea-remind', async ({ caller, text, client, triggerId, answer }) => {
    const { kind } = readCommand(text, { now: deps.now(), zone: 'utc' });
    if (kind === 'help') return await answer(buildUsage(text));
    const build = async () =>
      kind === 'list'
        ? list.buildListModal(await prepareList(deps, caller, 0))
        : buildReminderModal(await prepareNew(deps, caller, text));
    await openModal({
      client,
      triggerId,
      title: kind === 'list' ? 'Reminders' : 'New reminder',
      build,
    });
  });

  onPress(app, {
    actionId: list.OPEN_FORM,
    value: NoValue,
    handle: async ({ caller, client, triggerId }) => {
      const build = async () => buildReminderModal(await prepareNew(deps, caller, ''));
      await openModal({ client, triggerId, title: 'New reminder', build });
    },
  });

  onPress(app, {
    actionId: list.OPEN_LIST,
    value: NoValue,
    handle: async ({ caller, client, triggerId }) => {
      const build = async () => list.buildListModal(await prepareList(deps, caller, 0));
      await openModal({ client, triggerId, title: 'Reminders', build });
    },
  });

  onSubmit(app, {
    callbackId: REMINDER_MODAL,
    log,
    parse: parseReminderModal,
    handle: async ({ caller, value }) => {
      const result = await saveReminder(deps, { caller, ...value });
      const next = result.type === 'check' ? buildReminderModal(result.form) : buildSaved(result);
      return { next };
    },
  });

  onPress(app, {
    actionId: DONE,
    value: ReminderValue,
    handle: async ({ caller, value: ref }) => finishReminder(deps, { caller, ref }),
  });

  onPress(app, {
    actionId: SKIP,
    value: ReminderValue,
    handle: async ({ caller, value: ref }) => skipReminder(deps, { caller, ref }),
  });

  onPress(app, {
    actionId: SNOOZE,
    value: ReminderValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      const build = async () => dialogs.buildSnoozeModal(await prepareSnooze(deps, caller, ref));
      await openModal({ client, triggerId, title: 'Snooze', build });
    },
  });

  onSubmit(app, {
    callbackId: dialogs.SNOOZE_MODAL,
    log,
    parse: dialogs.parseSnoozeModal,
    handle: async ({ caller, value }) => {
      await snoozeReminder(deps, { caller, ...value });
      return undefined;
    },
  });

  onPress(app, {
    actionId: MUTE,
    value: ReminderValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      const build = async () => dialogs.buildMuteModal(await prepareMute(deps, caller, ref));
      await openModal({ client, triggerId, title: 'Mute series', build });
    },
  });

  onSubmit(app, {
    callbackId: dialogs.MUTE_MODAL,
    log,
    parse: dialogs.parseMuteModal,
    handle: async ({ caller, value }) => {
      await muteReminder(deps, { caller, ...value });
      return undefined;
    },
  });

  registerListListeners(app, deps);
}

function registerListListeners(app: App, deps: Deps): void {
  for (const direction of ['back', 'more']) {
    onPress(app, {
      actionId: `${list.PAGE}.${direction}`,
      value: list.OffsetValue,
      handle: async (press) => showList(deps, press, null),
    });
  }

  onPress(app, {
    actionId: list.EDIT,
    value: list.EntryValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const view = buildReminderModal(await prepareEdit(deps, caller, value.reminderId));
      await client.views.push({ trigger_id: triggerId, view });
    },
  });

  for (const [actionId, pause] of [
    [list.PAUSE, true],
    [list.RESUME, false],
  ] as const) {
    onPress(app, {
      actionId,
      value: list.EntryValue,
      handle: async (press) => {
        const { caller, value } = press;
        await pauseReminder(deps, { caller, reminderId: value.reminderId, pause });
        await showList(deps, press, null);
      },
    });
  }

  onPress(app, {
    actionId: list.DELETE,
    value: list.EntryValue,
    handle: async (press) => {
      const { caller, value } = press;
      const deleted = await deleteReminder(deps, { caller, reminderId: value.reminderId });
      await showList(deps, press, deleted);
    },
  });

  onPress(app, {
    actionId: list.RESTORE,
    value: list.EntryValue,
    handle: async (press) => {
      const { caller, value } = press;
      await restoreReminder(deps, { caller, reminderId: value.reminderId });
      await showList(deps, press, null);
    },
  });

  for (const [actionId, accepts] of [
    [list.ACCEPT_URGENT, true],
    [list.REFUSE_URGENT, false],
  ] as const) {
    onPress(app, {
      actionId,
      value: list.ConsentValue,
      handle: async (press) => {
        const { caller, value } = press;
        await chooseUrgent(deps, { caller, pairId: value.pairId, accepts });
        await showList(deps, press, null);
      },
    });
  }
}

/** Brings the list that the button stands in up to date. */
async function showList(
  deps: Deps,
  press: Pick<Press<{ offset: number }>, 'caller' | 'value' | 'client' | 'viewId'>,
  deleted: list.ListPage['deleted'],
): Promise<void> {
  const { caller, value, client, viewId } = press;
  const page = await prepareList(deps, caller, value.offset);
  const view: ModalView = list.buildListModal({ ...page, deleted });
  if (viewId) await client.views.update({ view_id: viewId, view });
}
