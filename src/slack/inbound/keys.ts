import { z } from 'zod';

/** What Slack sent, by a name that a second copy of it shares. */
export type Inbound = {
  /** An event may be sent again by Slack, a form is answered, a press is a button, shortcut or command. */
  kind: 'event' | 'form' | 'press';
  workspaceId: string;
  key: string;
};

const id = z.string().min(1);
const Team = z.object({ id });

const Event = z.object({ type: z.literal('event_callback'), event_id: id, team_id: id.optional() });

const View = z.object({
  type: z.enum(['view_submission', 'view_closed']),
  team: Team.nullish(),
  view: z.object({ id, hash: z.string(), team_id: id.optional() }),
});

const Interaction = z.object({
  type: z.enum(['block_actions', 'shortcut', 'message_action']),
  team: Team.nullish(),
  trigger_id: id,
});

const Command = z.object({ command: id, team_id: id, trigger_id: id });

/** Where the envelope names no workspace, as for some organization-wide installations. */
const NO_WORKSPACE = '-';

/** Null for what may well come twice: it changes nothing, or it is no message of Slack's that we know. */
export function inboundOf(body: unknown): Inbound | null {
  const event = Event.safeParse(body).data;
  if (event) {
    const { team_id: workspaceId = NO_WORKSPACE, event_id: eventId } = event;
    return { kind: 'event', workspaceId, key: `event:${eventId}` };
  }
  const form = View.safeParse(body).data;
  if (form) {
    const { type, view, team } = form;
    const workspaceId = team?.id ?? view.team_id ?? NO_WORKSPACE;
    if (type === 'view_submission')
      return { kind: 'form', workspaceId, key: `view:${view.id}:${view.hash}` };
    return { kind: 'press', workspaceId, key: `closed:${view.id}:${view.hash}` };
  }
  const press = Interaction.safeParse(body).data;
  if (press) {
    const { team, trigger_id: triggerId } = press;
    return { kind: 'press', workspaceId: team?.id ?? NO_WORKSPACE, key: `action:${triggerId}` };
  }
  const command = Command.safeParse(body).data;
  if (command) {
    const { team_id: workspaceId, trigger_id: triggerId } = command;
    return { kind: 'press', workspaceId, key: `command:${triggerId}` };
  }
  return null;
}
