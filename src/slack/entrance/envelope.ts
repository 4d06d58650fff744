import { z } from 'zod';

/** What Slack sent, as far as one has to know it before anything is done about it. */
export type Envelope =
  | { kind: 'event' }
  /** Slack tells the app something about itself, such as `app_rate_limited`. */
  | { kind: 'notice'; type: string }
  | Deed;

/** Something that a person did. */
export type Deed = {
  kind: 'command' | 'press' | 'form' | 'closed' | 'suggestion';
  workspaceId: string;
  userId: string;
  /** Where an answer for the person alone may go. */
  responseUrl: string | null;
  triggerId: string | null;
  /** The first field of a form, where an error can be shown. */
  field: string | null;
  /** What the deed was done in. */
  place: 'message' | 'modal' | 'home';
};

const id = z.string().min(1).max(100);
const Named = z.object({ id });
const url = z.string().nullish();

const Event = z.object({
  type: z.literal('event_callback'),
  event: z.looseObject({ type: z.string() }),
});
const Notice = z.object({ type: z.literal('app_rate_limited') });

const Command = z.object({
  command: z.string(),
  text: z.string(),
  team_id: id,
  user_id: id,
  channel_id: id,
  trigger_id: id,
  response_url: url,
});

const View = z.object({
  id,
  type: z.string(),
  callback_id: z.string(),
  private_metadata: z.string(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
});

const Interaction = z.object({
  type: z.enum([
    'block_actions',
    'shortcut',
    'message_action',
    'block_suggestion',
    'view_submission',
    'view_closed',
  ]),
  user: Named,
  team: Named.nullish(),
  enterprise: Named.nullish(),
  trigger_id: id.nullish(),
  response_url: url,
  actions: z
    .array(z.looseObject({ action_id: z.string() }))
    .min(1)
    .optional(),
  callback_id: z.string().optional(),
  view: View.partial({ callback_id: true, private_metadata: true, state: true }).optional(),
});

const KINDS = {
  block_actions: 'press',
  shortcut: 'press',
  message_action: 'press',
  block_suggestion: 'suggestion',
  view_submission: 'form',
  view_closed: 'closed',
} as const;

/** Null for what is no message of Slack's. */
export function readEnvelope(body: unknown): Envelope | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  if (Event.safeParse(body).success) return { kind: 'event' };
  const notice = Notice.safeParse(body).data;
  if (notice) return { kind: 'notice', type: notice.type };
  if ('event' in body) return null;
  if ('command' in body) return readCommand(body);
  const interaction = Interaction.safeParse(body).data;
  return interaction && isComplete(interaction) ? toDeed(interaction) : null;
}

function readCommand(body: object): Deed | null {
  const command = Command.safeParse(body).data;
  if (!command) return null;
  return {
    kind: 'command',
    workspaceId: command.team_id,
    userId: command.user_id,
    responseUrl: command.response_url ?? null,
    triggerId: command.trigger_id,
    field: null,
    place: 'message',
  };
}

/** Has what the listeners of its type read without looking. */
function isComplete(one: z.output<typeof Interaction>): boolean {
  switch (one.type) {
    case 'block_actions':
      return one.actions !== undefined;
    case 'view_submission':
      return View.safeParse(one.view).success;
    case 'view_closed':
      return one.view !== undefined;
    case 'shortcut':
    case 'message_action':
      return one.callback_id !== undefined;
    case 'block_suggestion':
      return true;
  }
}

function toDeed(one: z.output<typeof Interaction>): Deed | null {
  const workspaceId = one.team?.id ?? one.enterprise?.id;
  if (!workspaceId) return null;
  return {
    kind: KINDS[one.type],
    workspaceId,
    userId: one.user.id,
    responseUrl: one.response_url ?? null,
    triggerId: one.trigger_id ?? null,
    field: Object.keys(one.view?.state?.values ?? {})[0] ?? null,
    place: one.view === undefined ? 'message' : one.view.type === 'home' ? 'home' : 'modal',
  };
}
