import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onPress, onSubmit } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { authorizeWriting } from '../flows/form.ts';
import { prepareSnooze, skipCheckin, snoozeCheckin } from '../flows/put-off.ts';
import { sendUnchanged } from '../flows/unchanged.ts';
import { CheckinValue, SKIP, SNOOZE, UNCHANGED } from '../views/messages.ts';
import * as views from '../views/put-off.ts';

/** The other buttons of a prompt: later, not today, the same as last time. */
export function registerPutOffListeners(app: App, deps: Deps): void {
  const { log } = deps;

  onPress(app, {
    actionId: UNCHANGED,
    value: CheckinValue,
    handle: ({ caller, value: ref }) => sendUnchanged(deps, { caller, ref }),
  });

  onPress(app, {
    actionId: SNOOZE,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      const build = async () =>
        views.buildSnoozeModal(ref, await prepareSnooze(deps, { caller, ref }));
      await openModal({ client, triggerId, title: 'Snooze', build });
    },
  });

  onSubmit(app, {
    callbackId: views.SNOOZE_MODAL,
    log,
    parse: views.parseSnoozeModal,
    handle: async ({ caller, value }) => {
      await snoozeCheckin(deps, { caller, ...value });
      return undefined;
    },
  });

  onPress(app, {
    actionId: SKIP,
    value: CheckinValue,
    handle: async ({ caller, value: ref, client, triggerId }) => {
      await authorizeWriting(deps, caller, ref);
      await client.views.open({ trigger_id: triggerId, view: views.buildSkipModal(ref) });
    },
  });

  onSubmit(app, {
    callbackId: views.SKIP_MODAL,
    log,
    parse: views.parseSkipModal,
    handle: async ({ caller, value }) => {
      await skipCheckin(deps, { caller, ...value });
      return undefined;
    },
  });
}
