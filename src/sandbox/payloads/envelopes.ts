import type { EnvelopedEvent, SlashCommand, types } from '@slack/bolt';
import type { Installation, SlackApp } from '../state/types.ts';
import type { World } from '../state/world.ts';
import type { Interaction } from './interactions.ts';

/** Something to be delivered to an app, over whichever wire. */
export type Payload =
  | { type: 'events_api'; payload: EnvelopedEvent<types.SlackEvent> }
  | { type: 'slash_commands'; payload: SlashCommand }
  | { type: 'interactive'; payload: Interaction };

/** Wraps an event as the Events API does; the `event_id` is made once and kept by every retry. */
export function eventEnvelope(
  world: World,
  o: {
    app: SlackApp;
    installation: Installation;
    event: types.SlackEvent;
    isExtSharedChannel?: boolean;
  },
): Payload {
  const { app, installation } = o;
  return {
    type: 'events_api',
    payload: {
      token: app.verificationToken,
      team_id: installation.teamId,
      context_team_id: installation.teamId,
      api_app_id: app.id,
      event: o.event,
      type: 'event_callback',
      event_id: world.ids.next('Ev'),
      event_time: Math.floor(world.clock.nowMs() / 1000),
      is_ext_shared_channel: o.isExtSharedChannel ?? false,
      authorizations: [
        {
          enterprise_id: null,
          team_id: installation.teamId,
          user_id: installation.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
    },
  };
}

/** The payload's name for records: `message`, `/ea-checkin`, `view_submission`. */
export function payloadName(payload: Payload): string {
  if (payload.type === 'events_api') return payload.payload.event.type;
  return payload.type === 'slash_commands' ? payload.payload.command : payload.payload.type;
}
