import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { onPress } from '../slack/listen.ts';
import { finishDuty } from './flows/done.ts';
import { DONE, DutyRef } from './views/prompts.ts';

export function registerDutyListeners(app: App, deps: Deps): void {
  onPress(app, {
    actionId: DONE,
    value: DutyRef,
    handle: async ({ caller, value: ref }) => finishDuty(deps, { caller, ref }),
  });
}
