import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { onPress } from '../slack/listen.ts';
import { openHome, refresh, turnPage } from './flows/refresh.ts';
import { DIRECTIONS, TURN, TurnValue } from './views/home.ts';

export function registerHomeListeners(app: App, deps: Deps): void {
  app.event('app_home_opened', async ({ event, context }) => {
    const { teamId: workspaceId } = context;
    if (!workspaceId || event.tab !== 'home') return;
    await openHome(deps, { workspaceId, userId: event.user }, hashOf(event.view));
  });

  for (const direction of DIRECTIONS) {
    onPress(app, {
      actionId: `${TURN}.${direction}`,
      value: TurnValue,
      handle: async ({ caller, value }) => turnPage(deps, caller, value),
    });
  }

  // Whatever somebody did, and even when it was refused, what they see may be out of date.
  app.use(async ({ body, context, next }) => {
    try {
      await next();
    } finally {
      const { teamId: workspaceId, userId } = context;
      if (isDeed(body) && workspaceId && userId)
        await refresh(deps, { people: [{ workspaceId, userId }] }).catch((error: unknown) =>
          deps.log.error({ err: error, workspaceId, userId }, 'Home could not be refreshed'),
        );
    }
  });
}

/** Slack sends the view's hash too, which Bolt's type leaves out; there is no view before the first publication. */
function hashOf(view: object | undefined): string | null {
  return view && 'hash' in view && typeof view.hash === 'string' ? view.hash : null;
}

const DEEDS = new Set(['block_actions', 'view_submission', 'shortcut', 'message_action']);

/** Whether somebody pressed, submitted or typed something; looking something up in a menu changes nothing. */
function isDeed(body: { type?: unknown; command?: unknown }): boolean {
  return typeof body.command === 'string' || DEEDS.has(String(body.type));
}
