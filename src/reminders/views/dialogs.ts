import type { ModalView } from '@slack/types';
import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { SnoozeChoice } from '../../routines/index.ts';
import {
  context,
  input,
  literal,
  option,
  plain,
  radioButtons,
  section,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { checkLocalDate, checkTime } from '../../time/validate.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { type ReminderRef, ReminderValue } from './messages.ts';

export const SNOOZE_MODAL = 'reminders.snooze-submit';
export const MUTE_MODAL = 'reminders.mute-submit';

/** A preset, or a time on the clock of the one who snoozes. */
export type SnoozeWish = SnoozeChoice | { on: LocalDate; time: string };

export function buildSnoozeModal(o: {
  ref: ReminderRef;
  text: string;
  nextWorkAt: DateTime;
  zone: string;
}): ModalView {
  const options = [
    option('20 minutes', '20m'),
    option('1 hour', '1h'),
    option('3 hours', '3h'),
    option(`Next work start: ${formatInZone(o.nextWorkAt, o.zone)}`, 'nextWorkStart'),
    option('The date and time below', 'pick'),
  ];
  return {
    type: 'modal',
    callback_id: SNOOZE_MODAL,
    private_metadata: JSON.stringify(o.ref),
    title: plain('Snooze'),
    submit: plain('Snooze'),
    close: plain('Cancel'),
    blocks: [
      section(literal(shorten(o.text, 300))),
      input({ blockId: 'choice', label: 'Remind me again', element: radioButtons(options, '1h') }),
      input({ blockId: 'date', label: 'Date', optional: true, element: { type: 'datepicker' } }),
      input({ blockId: 'time', label: 'Time', optional: true, element: { type: 'timepicker' } }),
      context(
        'Outside your working hours it waits for your next work start. A series stays as it is.',
      ),
    ],
  };
}

const SnoozeFields = z
  .object({
    choice: z.enum(['20m', '1h', '3h', 'nextWorkStart', 'pick'], 'Choose one.'),
    date: z.string().nullish(),
    time: z.string().nullish(),
  })
  .transform((form, ctx): SnoozeWish => {
    const { choice } = form;
    if (choice !== 'pick') return choice;
    const date = form.date
      ? checkLocalDate(form.date)
      : { ok: false as const, message: 'Choose a date.' };
    const time = form.time
      ? checkTime(form.time)
      : { ok: false as const, message: 'Choose a time.' };
    if (!date.ok) ctx.addIssue({ code: 'custom', path: ['date'], message: date.message });
    if (!time.ok) ctx.addIssue({ code: 'custom', path: ['time'], message: time.message });
    return date.ok && time.ok ? { on: date.value, time: time.value } : z.NEVER;
  });

export function parseSnoozeModal(
  view: SubmittedView,
): Parsed<{ ref: ReminderRef; chosen: SnoozeWish }> {
  const ref = parseCarried(view.private_metadata, ReminderValue);
  const form = parseForm(view, SnoozeFields);
  return form.ok ? { ok: true, value: { ref, chosen: form.value } } : form;
}

export function buildMuteModal(o: { ref: ReminderRef; text: string; today: string }): ModalView {
  return {
    type: 'modal',
    callback_id: MUTE_MODAL,
    private_metadata: JSON.stringify(o.ref),
    title: plain('Mute series'),
    submit: plain('Mute'),
    close: plain('Cancel'),
    blocks: [
      section(literal(shorten(o.text, 300))),
      input({
        blockId: 'until',
        label: 'Begin again on',
        hint: 'Until then nothing of this series is sent. This one is skipped.',
        element: { type: 'datepicker' },
      }),
      context(`Today is ${escapeText(formatLocalDate(o.today))}.`),
    ],
  };
}

const MuteFields = z.object({ until: z.iso.date('Choose a date.') });

export function parseMuteModal(view: SubmittedView): Parsed<{ ref: ReminderRef; untilOn: string }> {
  const ref = parseCarried(view.private_metadata, ReminderValue);
  const form = parseForm(view, MuteFields);
  return form.ok ? { ok: true, value: { ref, untilOn: form.value.until } } : form;
}
