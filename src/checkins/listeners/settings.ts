import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onSubmit } from '../../slack/listen.ts';
import { saveSettings } from '../flows/settings.ts';
import { buildSettingsSaved, parseSettingsModal, SETTINGS_MODAL } from '../views/settings.ts';

/** How often one is asked, pauses and skipped dates. */
export function registerSettingsListeners(app: App, deps: Deps): void {
  onSubmit(app, {
    callbackId: SETTINGS_MODAL,
    log: deps.log,
    parse: parseSettingsModal,
    handle: async ({ caller, value }) => ({
      next: buildSettingsSaved(await saveSettings(deps, { caller, ...value })),
    }),
  });
}
