import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What Slack sent, by a name that a second copy of it shares. */
export type Inbound =
  /** An event may be sent again by Slack, a press is a button, shortcut or command. */
  { kind: 'event' | 'press'; workspaceId: string; key: string } | InboundForm;

/** A form that was submitted. */
export type InboundForm = {
  kind: 'form';
  workspaceId: string;
  key: string;
  /** A fingerprint of what is in its fields. */
  content: string;
  /** The block id of its first field, which an answer can stand at. */
  firstField: string;
};

const id = z.string().min(1);
const Team = z.object({ id });

const Event = z.object({ event_id: id, team_id: id.optional() });

const Form = z.object({
  team: Team.nullish(),
  view: z.object({
    id,
    hash: z.string(),
    team_id: id.optional(),
    state: z.object({ values: z.record(z.string(), z.unknown()) }).nullish(),
  }),
});

const Press = z.object({ team: Team.nullish(), trigger_id: id });

const Command = z.object({ team_id: id, trigger_id: id });

/** Where the envelope names no workspace, as for some organization-wide installations. */
const NO_WORKSPACE = '-';

/** Null for what may well come twice: it changes nothing, or it is no message of Slack's that we know. */
export function inboundOf(body: Readonly<Record<string, unknown>>): Inbound | null {
  switch (body['type']) {
    case 'event_callback': {
      const event = Event.safeParse(body).data;
      if (!event) return null;
      const { team_id: workspaceId = NO_WORKSPACE, event_id: eventId } = event;
      return { kind: 'event', workspaceId, key: `event:${eventId}` };
    }
    case 'view_submission':
    case 'view_closed':
      return formOf(body);
    case 'block_actions':
    case 'shortcut':
    case 'message_action': {
      const press = Press.safeParse(body).data;
      if (!press) return null;
      const { team, trigger_id: triggerId } = press;
      return { kind: 'press', workspaceId: team?.id ?? NO_WORKSPACE, key: `action:${triggerId}` };
    }
    default: {
      const command = 'command' in body ? Command.safeParse(body).data : undefined;
      if (!command) return null;
      const { team_id: workspaceId, trigger_id: triggerId } = command;
      return { kind: 'press', workspaceId, key: `command:${triggerId}` };
    }
  }
}

function formOf(body: Readonly<Record<string, unknown>>): Inbound | null {
  const form = Form.safeParse(body).data;
  if (!form) return null;
  const { view, team } = form;
  const workspaceId = team?.id ?? view.team_id ?? NO_WORKSPACE;
  const name = `${view.id}:${view.hash}`;
  if (body['type'] === 'view_closed') return { kind: 'press', workspaceId, key: `closed:${name}` };
  const values = view.state?.values ?? {};
  const firstField = Object.keys(values)[0] ?? '';
  return { kind: 'form', workspaceId, key: `view:${name}`, content: digest(values), firstField };
}

function digest(values: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
}
