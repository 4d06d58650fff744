import { eventEnvelope } from '../payloads/envelopes.ts';
import { SUBSCRIPTIONS, type WorkspaceEvent } from '../state/events.ts';
import type { Installation, SlackApp } from '../state/types.ts';
import { isBotIn, type World } from '../state/world.ts';
import type { Dispatcher } from './dispatcher.ts';

/** Sends each event to the installed apps that subscribed to it, may see it and are in its channel. */
export function connectEvents(world: World, dispatcher: Dispatcher): void {
  world.onEvent((event) => {
    for (const app of world.apps.values()) {
      const installation = app.installations.get(event.teamId);
      if (!installation || !hears(world, { app, installation, event })) continue;
      void dispatcher.send(
        app,
        eventEnvelope(world, {
          app,
          installation,
          event: event.event,
          isExtSharedChannel: event.isExtSharedChannel,
        }),
      );
    }
  });
}

function hears(
  world: World,
  o: { app: SlackApp; installation: Installation; event: WorkspaceEvent },
): boolean {
  const { app, installation, event } = o;
  if (event.appId && event.appId !== app.id) return false;
  const subscribed = app.manifest.settings?.event_subscriptions?.bot_events ?? [];
  if (!subscribed.includes(event.subscription)) return false;
  if (event.subscription === 'app_uninstalled' || event.subscription === 'tokens_revoked') {
    return true;
  }
  if (installation.status !== 'active') return false;
  const needed: readonly string[] = event.scope ? [event.scope] : SUBSCRIPTIONS[event.subscription];
  if (needed.length > 0 && !needed.some((scope) => installation.scopes.includes(scope)))
    return false;
  if (!event.channelId) return true;
  const channel = world.teams.get(event.teamId)?.channels.get(event.channelId);
  return channel !== undefined && isBotIn(channel, installation);
}
