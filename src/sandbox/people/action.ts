import { z } from 'zod';
import { SandboxError } from '../errors.ts';
import { answerSchema } from './answers.ts';
import { whereSchema } from './surfaces.ts';

const text = z.string().min(1);

const fill = z.record(z.string(), answerSchema);

const whatSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('message'),
    in: text,
    text,
    thread: text.optional(),
    broadcast: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('command'), command: text, in: text.optional() }),
  z.strictObject({
    do: z.literal('click'),
    click: text,
    in: whereSchema.optional(),
    confirm: z.boolean().optional(),
  }),
  z.strictObject({
    do: z.literal('select'),
    select: text,
    option: answerSchema,
    in: whereSchema.optional(),
    confirm: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('fill'), fill, in: whereSchema.optional() }),
  z.strictObject({
    do: z.literal('look_up'),
    look_up: text,
    typed: z.string(),
    in: whereSchema.optional(),
  }),
  z.strictObject({ do: z.literal('submit'), fill: fill.optional() }),
  z.strictObject({ do: z.literal('close'), all: z.boolean().optional() }),
  z.strictObject({ do: z.literal('shortcut'), shortcut: text, on: whereSchema.optional() }),
  z.strictObject({
    do: z.literal('react'),
    emoji: text,
    to: whereSchema,
    remove: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('edit'), message: whereSchema, text }),
  z.strictObject({ do: z.literal('delete'), message: whereSchema }),
  z.strictObject({ do: z.literal('open_home'), app: text.optional() }),
  z.strictObject({ do: z.literal('open'), channel: text }),
  z.strictObject({ do: z.literal('read'), channel: text }),
  z.strictObject({ do: z.literal('join'), channel: text }),
  z.strictObject({ do: z.literal('leave'), channel: text }),
  z.strictObject({ do: z.literal('invite'), who: text, channel: text }),
  z.strictObject({ do: z.literal('remove'), who: text, channel: text }),
  z.strictObject({ do: z.literal('archive'), channel: text }),
  z.strictObject({ do: z.literal('unarchive'), channel: text }),
  z.strictObject({ do: z.literal('rename'), channel: text, name: text }),
  z.strictObject({
    do: z.literal('create_channel'),
    name: text,
    private: z.boolean().default(false),
    members: z.array(text).default([]),
  }),
  z.strictObject({
    do: z.literal('profile'),
    zone: z.string().nullable().optional(),
    name: text.optional(),
    realName: z.string().optional(),
    statusText: z.string().optional(),
    statusEmoji: z.string().optional(),
    deactivated: z.boolean().optional(),
    /** Apps cannot send the person direct messages. */
    refusesApps: z.boolean().optional(),
    /** The next do-not-disturb window, in ISO 8601; null for none. */
    dnd: z
      .strictObject({
        from: z.iso.datetime({ offset: true }),
        until: z.iso.datetime({ offset: true }),
      })
      .nullable()
      .optional(),
  }),
  z.strictObject({ do: z.literal('dismiss') }),
  z.strictObject({ do: z.literal('uninstall'), app: text.optional() }),
  z.strictObject({ do: z.literal('install'), app: text.optional() }),
]);

const whoSchema = z.object({
  team: text.optional(),
  user: text,
  /** Settle when the app has acted; otherwise at once. */
  wait: z.boolean().default(true),
});

export type What = z.output<typeof whatSchema>;

/** Something that a person does, named as they would say it. */
export type Action = z.input<typeof whoSchema> & z.input<typeof whatSchema>;

/** Reads an action; a sentence says what is wrong with it. */
export function readAction(value: unknown): { who: z.output<typeof whoSchema>; what: What } {
  const who = whoSchema.safeParse(value);
  if (!who.success) throw new SandboxError('bad_action', problemsOf(who.error));
  const {
    team: _team,
    user: _user,
    wait: _wait,
    ...rest
  } = Object(value) as Record<string, unknown>;
  const what = whatSchema.safeParse(rest);
  if (!what.success) throw new SandboxError('bad_action', problemsOf(what.error));
  return { who: who.data, what: what.data };
}

function problemsOf(error: z.ZodError): string {
  const known = whatSchema.options.map((option) => option.shape.do.value).join(', ');
  const parts = error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path === 'do' ? `"do" is one of: ${known}` : `${path || 'the action'}: ${issue.message}`;
  });
  return `${parts.join('; ')}.`;
}
