import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { type CommandCall, onCommand, onPress, onSubmit } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { unescapeText } from '../slack/text.ts';
import { buildUsage } from '../slack/usage.ts';
import {
  prepareHolidays,
  saveHolidays,
  searchCountries,
  shareCompanyDay,
} from './flows/holidays.ts';
import { cancelLeave, saveLeave } from './flows/leave.ts';
import { hasLeave, prepareChange, prepareList, prepareNew } from './flows/prepare.ts';
import { keepZone, moveZone, noteZone } from './flows/zone.ts';
import { CANCEL_LEAVE, CHANGE_LEAVE, LeaveValue } from './views/cards.ts';
import { CompanyDayValue, SHARE_DAY } from './views/company-day.ts';
import { buildLeaveModal, LEAVE_MODAL, parseLeaveModal } from './views/form.ts';
import {
  buildHolidaysModal,
  COUNTRY_FIELD,
  HOLIDAYS_MODAL,
  parseHolidaysModal,
} from './views/holidays.ts';
import {
  buildListModal,
  Nothing,
  OPEN_AWAY,
  OPEN_HOLIDAYS,
  PLAN_LEAVE,
  USAGE,
} from './views/list.ts';
import { KEEP_ZONE, MOVE_ZONE, ZoneValue } from './views/zone.ts';

export function registerAwayListeners(app: App, deps: Deps): void {
  const { log } = deps;

  onCommand(app, '/ea-away', async (call) => {
    if (call.text === 'help') await call.answer(buildUsage({ ...USAGE, typed: 'help' }));
    else await openFor(deps, call);
  });

  onSubmit(app, {
    callbackId: LEAVE_MODAL,
    log,
    parse: parseLeaveModal,
    handle: async ({ caller, value, client }) => {
      const result = await saveLeave(deps, { caller, client, ...value });
      return result.type === 'overlap' ? { next: buildLeaveModal(result.form) } : undefined;
    },
  });

  onPress(app, {
    actionId: CHANGE_LEAVE,
    value: LeaveValue,
    handle: async ({ caller, value, client, triggerId, viewId }) => {
      const build = async () => buildLeaveModal(await prepareChange(deps, caller, value.leaveId));
      if (viewId) await client.views.update({ view_id: viewId, view: await build() });
      else await openModal({ client, triggerId, title: 'Change leave', build });
    },
  });

  onPress(app, {
    actionId: CANCEL_LEAVE,
    value: LeaveValue,
    handle: async ({ caller, value, client, viewId }) => {
      await cancelLeave(deps, { caller, ...value });
      if (!viewId) return;
      const view = buildListModal(await prepareList(deps, caller));
      await client.views.update({ view_id: viewId, view });
    },
  });

  onPress(app, {
    actionId: PLAN_LEAVE,
    value: Nothing,
    handle: async ({ caller, client, triggerId, viewId }) => {
      const build = async () => buildLeaveModal(await prepareNew(deps, caller, ''));
      if (viewId) await client.views.update({ view_id: viewId, view: await build() });
      else await openModal({ client, triggerId, title: 'Plan leave', build });
    },
  });

  onPress(app, {
    actionId: OPEN_AWAY,
    value: Nothing,
    handle: async ({ caller, client, triggerId }) => {
      const build = async () => buildListModal(await prepareList(deps, caller));
      await openModal({ client, triggerId, title: 'Away', build });
    },
  });

  onPress(app, {
    actionId: OPEN_HOLIDAYS,
    value: Nothing,
    handle: async ({ caller, client, triggerId, viewId }) => {
      const build = async () => buildHolidaysModal(await prepareHolidays(deps, caller));
      if (viewId) await client.views.update({ view_id: viewId, view: await build() });
      else await openModal({ client, triggerId, title: 'Public holidays', build });
    },
  });

  onSubmit(app, {
    callbackId: HOLIDAYS_MODAL,
    log,
    parse: parseHolidaysModal,
    handle: async ({ caller, value: change }) => {
      await saveHolidays(deps, { caller, change });
      return { next: buildHolidaysModal(await prepareHolidays(deps, caller, 'Saved.')) };
    },
  });

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', block_id: COUNTRY_FIELD },
    async ({ ack, payload }) => {
      const found = searchCountries(payload.value).slice(0, 50);
      await ack({
        options: found.map(({ code, name }) => ({
          text: { type: 'plain_text', text: name.slice(0, 75) },
          value: code,
        })),
      });
    },
  );

  onPress(app, {
    actionId: SHARE_DAY,
    value: CompanyDayValue,
    handle: async ({ caller, value }) => shareCompanyDay(deps, { caller, ...value }),
  });

  app.event('user_change', async ({ event, context }) => {
    const { teamId: workspaceId } = context;
    const { id: userId, tz: slackZone } = event.user;
    if (workspaceId) await noteZone(deps, { workspaceId, userId, slackZone });
  });

  onPress(app, {
    actionId: MOVE_ZONE,
    value: ZoneValue,
    handle: async ({ caller, value }) => moveZone(deps, { caller, ...value }),
  });

  onPress(app, {
    actionId: KEEP_ZONE,
    value: ZoneValue,
    handle: async ({ caller, value }) => keepZone(deps, { caller, ...value }),
  });
}

/** Opens the list, the holidays, or the form with what was typed behind the command. */
async function openFor(deps: Deps, call: CommandCall): Promise<void> {
  const { caller, client, triggerId, text } = call;
  const isList = text === 'list' || (text === '' && (await hasLeave(deps, caller)));
  const build = async () => {
    if (isList) return buildListModal(await prepareList(deps, caller));
    if (text === 'holidays') return buildHolidaysModal(await prepareHolidays(deps, caller));
    return buildLeaveModal(await prepareNew(deps, caller, unescapeText(text)));
  };
  const title = isList ? 'Away' : text === 'holidays' ? 'Public holidays' : 'Plan leave';
  await openModal({ client, triggerId, title, build });
}
