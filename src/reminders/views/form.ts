import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  context,
  input,
  literal,
  mrkdwn,
  option,
  plain,
  radioButtons,
  section,
  staticSelect,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { zoneCity } from '../../time/zones.ts';
import { DEFAULT_REPEATS, MAX_REPEATS, MAX_TEXT } from '../domain/reminder.ts';
import { describePreview, type Preview } from './preview.ts';

export const REMINDER_MODAL = 'reminders.save';

/** Whose clock the time is meant on. */
export type Clock = 'mine' | 'theirs';

/** Somebody who can be reminded: oneself, or the other one of a pair. */
export type Receiver = { userId: string; name: string; zone: string };

export type ReminderFields = {
  forId: string | null;
  text: string;
  /** As typed: `readWhen` reads it. */
  when: string;
  clock: Clock;
  urgent: boolean;
  tellWhenDone: boolean;
  repeats: number;
};

export type ReminderForm = ReminderFields & {
  /** Set when an existing one is edited: then it stays with the same person. */
  reminderId: string | null;
  me: Receiver;
  partners: Receiver[];
  /** What is wrong or unclear, at the top. */
  notice: string | null;
  /** How the time was understood; null while there is nothing to show. */
  preview: Preview | null;
};

const Carried = z.object({
  reminderId: z.string().nullable(),
  /** What the person has seen the interpretation of, see `seenKey`. */
  seen: z.string().nullable(),
});

export type ReminderCarried = z.infer<typeof Carried>;

export const NO_FIELDS: ReminderFields = {
  forId: null,
  text: '',
  when: '',
  clock: 'mine',
  urgent: false,
  tellWhenDone: false,
  repeats: DEFAULT_REPEATS,
};

const EXAMPLES =
  'Such as: tomorrow 15:00, in 20 minutes, every weekday at 9, last business day of the month at 16:00';

export function buildReminderModal(form: ReminderForm): ModalView {
  const others = form.partners.filter((one) => one.zone !== form.me.zone);
  const carried: ReminderCarried = {
    reminderId: form.reminderId,
    seen: form.preview?.seenKey ?? null,
  };
  return {
    type: 'modal',
    callback_id: REMINDER_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(form.reminderId ? 'Edit reminder' : 'New reminder'),
    submit: plain(form.preview ? 'Save' : 'Next'),
    close: plain('Cancel'),
    blocks: [
      ...(form.notice ? [section(mrkdwn(`*${escapeText(form.notice)}*`))] : []),
      ...(form.preview
        ? describePreview(form.preview)
        : [
            context('You see how the time was understood, in both time zones, before it is saved.'),
          ]),
      ...buildWho(form),
      input({
        blockId: 'text',
        label: 'What',
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: MAX_TEXT,
          ...(form.text && { initial_value: shorten(form.text, MAX_TEXT) }),
        },
      }),
      input({
        blockId: 'when',
        label: 'When',
        hint: EXAMPLES,
        element: {
          type: 'plain_text_input',
          max_length: 200,
          ...(form.when && { initial_value: shorten(form.when, 200) }),
        },
      }),
      ...(others.length > 0 ? [buildClock(form, others)] : []),
      ...buildOptions(form),
    ],
  };
}

function buildWho(form: ReminderForm): KnownBlock[] {
  const all = [form.me, ...form.partners];
  if (form.reminderId) {
    const who = all.find((one) => one.userId === form.forId);
    const name = who && who.userId !== form.me.userId ? who.name : 'you';
    return [section(literal(`For ${name}.`))];
  }
  const options = all
    .slice(0, 100)
    .map((one) => option(one.userId === form.me.userId ? 'Me' : one.name, one.userId));
  return [
    input({
      blockId: 'for',
      label: 'Remind',
      element: { ...staticSelect(options, form.forId ?? undefined), placeholder: plain('Choose') },
    }),
  ];
}

function buildClock(form: ReminderForm, others: Receiver[]): KnownBlock {
  const [only] = others;
  const theirs =
    others.length === 1 && only
      ? `${shorten(only.name, 30)}’s clock (${zoneCity(only.zone)})`
      : 'The clock of the person who is reminded';
  return input({
    blockId: 'clock',
    label: 'On whose clock?',
    hint: 'What recurs keeps to the clock of the person who is reminded when clocks change.',
    element: radioButtons(
      [option(`My clock (${zoneCity(form.me.zone)})`, 'mine'), option(theirs, 'theirs')],
      form.clock,
    ),
  });
}

function buildOptions(form: ReminderForm): KnownBlock[] {
  const choices = [
    option('Urgent: send it outside working hours too', 'urgent'),
    option('Tell me when it is done', 'tell'),
  ];
  const chosen = [...(form.urgent ? ['urgent'] : []), ...(form.tellWhenDone ? ['tell'] : [])];
  const repeats = Array.from({ length: MAX_REPEATS + 1 }, (_, count) =>
    option(repeatLabel(count), String(count)),
  );
  return [
    input({
      blockId: 'options',
      label: 'Options',
      optional: true,
      element: checkboxes(choices, chosen),
    }),
    input({
      blockId: 'repeats',
      label: 'Without an answer, repeat it',
      hint: 'Each time after one working hour. Then the one who wrote it is told.',
      element: staticSelect(repeats, String(form.repeats)),
    }),
  ];
}

function repeatLabel(count: number): string {
  if (count === 0) return 'Never';
  return count === 1 ? 'Once' : `${count} times`;
}

const Fields = z
  .object({
    for: z.string('Choose who is reminded.').optional(),
    text: z
      .string('Write what it is about.')
      .transform((typed) => typed.trim())
      .refine((typed) => typed.length > 0, 'Write what it is about.')
      .refine((typed) => typed.length <= MAX_TEXT, `Write at most ${MAX_TEXT} characters.`),
    when: z
      .string('Write when, such as tomorrow 15:00.')
      .max(200, 'Write at most 200 characters.')
      .transform((typed) => typed.trim())
      .refine((typed) => typed.length > 0, 'Write when, such as tomorrow 15:00.'),
    clock: z.enum(['mine', 'theirs'], 'Choose one.').optional(),
    options: z.array(z.string()).nullish(),
    repeats: z
      .string('Choose how often.')
      .regex(/^[0-5]$/, 'Choose how often.')
      .transform(Number),
  })
  .transform(
    (form): ReminderFields => ({
      forId: form.for ?? null,
      text: form.text,
      when: form.when,
      clock: form.clock ?? 'mine',
      urgent: form.options?.includes('urgent') ?? false,
      tellWhenDone: form.options?.includes('tell') ?? false,
      repeats: form.repeats,
    }),
  );

export function parseReminderModal(
  view: SubmittedView,
): Parsed<{ carried: ReminderCarried; fields: ReminderFields }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const fields = parseForm(view, Fields);
  return fields.ok ? { ok: true, value: { carried, fields: fields.value } } : fields;
}
