import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { RoutineControls } from '../../routines/index.ts';
import {
  checkboxes,
  context,
  input,
  literal,
  mrkdwn,
  option,
  plain,
  section,
  staticSelect,
} from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { mentionUser } from '../../slack/text.ts';
import { formatInBothZones, formatLocalDate } from '../../time/format.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import { printWhen } from '../../time/phrases/print.ts';
import { WEEKDAY_NAMES } from '../../time/phrases/words.ts';
import type { Recurrence, RecurrenceTime } from '../../time/recurrence.ts';
import { checkLocalDate } from '../../time/validate.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { choiceOf, type PatternChoice, type SettingsWish } from '../domain/settings.ts';

export const SETTINGS_MODAL = 'checkins.settings-submit';

/** How one person's check-ins are asked. */
export type Settings = {
  pairId: string;
  userId: string;
  partnerName: string;
  zone: string;
  partnerZone: string;
  today: LocalDate;
  /** What the working agreement says. */
  base: Recurrence;
  recurrence: Recurrence;
  controls: RoutineControls;
  /** The next few times. */
  next: RecurrenceTime[];
};

const Carried = z.object({ pairId: z.string() });

function printRecurrence({ pattern, time }: Recurrence): string {
  return pattern.kind === 'once'
    ? printWhen({ kind: 'once', on: pattern.on, time })
    : printWhen({ kind: 'recurring', pattern, time });
}

/** Next times, one per line, on both clocks. */
function printNext({ next, zone, partnerZone }: Settings): string {
  return next.map(({ at }) => `• ${formatInBothZones(at, zone, partnerZone)}`).join('\n');
}

const CHOICES: readonly { value: PatternChoice; label: string }[] = [
  { value: 'weekly', label: 'Every week, on the days below' },
  { value: 'everyOtherWeek', label: 'Every other week, on the days below' },
  { value: 'monthDay', label: 'Every month, on the day below' },
  { value: 'lastBusinessDay', label: 'Every month, on the last business day' },
];

const OFF_DAY_RULES = [
  option('Skip it', 'skip'),
  option('Ask on the working day before', 'before'),
  option('Ask on the working day after', 'after'),
];

const SKIP_NEXT = 'skip';

export function buildSettingsModal(settings: Settings): ModalView {
  const { controls, recurrence, base, today } = settings;
  const { pattern } = recurrence;
  const agreed = option(`As agreed: ${printRecurrence(base)}`, 'agreed');
  const choices = [agreed, ...CHOICES.map((one) => option(one.label, one.value))];
  const weekdays = 'weekdays' in pattern ? pattern.weekdays : [];
  const days = WEEKDAYS.map((day) => option(WEEKDAY_NAMES[day], day));
  const monthDay = pattern.kind === 'dayOfMonth' ? String(pattern.day) : undefined;
  const skipOn = (controls.skipOn ?? []).filter((on) => on >= today).join('\n');
  const { mutedUntilOn } = controls;
  const isPaused = mutedUntilOn !== undefined && mutedUntilOn > today;
  return {
    type: 'modal',
    callback_id: SETTINGS_MODAL,
    private_metadata: JSON.stringify({ pairId: settings.pairId }),
    title: plain('Check-in settings'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(
        literal(
          `Your check-ins with ${settings.partnerName}: ${describeSettings(settings)} The next ones:\n${printNext(settings)}`,
        ),
      ),
      context(
        'Another time of day, or other working hours, are agreed between you two: `/ea-setup`.',
      ),
      input({
        blockId: 'pattern',
        label: 'How often',
        element: staticSelect(choices, choiceOf(controls)),
      }),
      input({
        blockId: 'weekdays',
        label: 'Days of the week',
        optional: true,
        element: checkboxes(days, weekdays),
      }),
      input({
        blockId: 'monthDay',
        label: 'Day of the month',
        hint: 'From 1 to 31. A short month counts its last day.',
        optional: true,
        element: {
          type: 'plain_text_input',
          max_length: 2,
          ...(monthDay && { initial_value: monthDay }),
        },
      }),
      input({
        blockId: 'onNonWorkingDay',
        label: 'On a holiday or day off',
        element: staticSelect(OFF_DAY_RULES, recurrence.onNonWorkingDay),
      }),
      input({
        blockId: 'mutedUntilOn',
        label: 'Pause until',
        hint: 'The first day on which you are asked again.',
        optional: true,
        element: { type: 'datepicker', ...(isPaused && { initial_date: mutedUntilOn }) },
      }),
      input({
        blockId: 'skipsNext',
        label: 'Next time',
        optional: true,
        element: checkboxes([option('Skip the next check-in', SKIP_NEXT)], []),
      }),
      input({
        blockId: 'skipOn',
        label: 'Dates to leave out',
        hint: 'One per line, as YYYY-MM-DD.',
        optional: true,
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: 1000,
          ...(skipOn && { initial_value: skipOn }),
        },
      }),
    ],
  };
}

const Wish = z.object({
  pattern: z.enum(
    ['agreed', 'weekly', 'everyOtherWeek', 'monthDay', 'lastBusinessDay'],
    'Choose one.',
  ),
  weekdays: z.array(z.enum(WEEKDAYS)),
  monthDay: z
    .string()
    .nullish()
    .transform((text) => text?.trim() || null)
    .refine((text) => text === null || /^\d{1,2}$/.test(text), 'Write a number from 1 to 31.')
    .transform((text) => (text === null ? null : Number(text))),
  onNonWorkingDay: z.enum(['skip', 'before', 'after'], 'Choose one.'),
  mutedUntilOn: z.iso
    .date('Choose a day.')
    .nullish()
    .transform((on) => on ?? null),
  skipsNext: z.array(z.string()).transform((chosen) => chosen.includes(SKIP_NEXT)),
  skipOn: z
    .string()
    .nullish()
    .transform((text, context): LocalDate[] => {
      const lines = (text ?? '').split(/[\s,;]+/).filter((line) => line !== '');
      const dates = lines.map(checkLocalDate);
      const wrong = dates.find((one) => !one.ok);
      if (wrong) context.addIssue({ code: 'custom', message: wrong.message });
      return dates.flatMap((one) => (one.ok ? [one.value] : []));
    }),
});

export function parseSettingsModal(
  view: SubmittedView,
): Parsed<{ pairId: string; wish: SettingsWish }> {
  const { pairId } = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, Wish);
  return form.ok ? { ok: true, value: { pairId, wish: form.value } } : form;
}

/** Says what was saved, with the next times on both clocks. */
export function buildSettingsSaved(settings: Settings): ModalView {
  return {
    type: 'modal',
    title: plain('Check-in settings'),
    close: plain('Close'),
    blocks: [
      section(
        literal(`Saved: ${describeSettings(settings)} You will be asked:\n${printNext(settings)}`),
      ),
    ],
  };
}

/** The card in the pair's channel: both see how each of them is asked. */
export function buildSettingsCard(settings: Settings): OutgoingMessage {
  const { next, zone, partnerZone } = settings;
  const text = `Check-ins of ${mentionUser(settings.userId)}: ${describeSettings(settings)}`;
  const first = next[0];
  const small = first ? [context(`Next: ${formatInBothZones(first.at, zone, partnerZone)}`)] : [];
  return { text, blocks: [section(mrkdwn(text)), ...small] };
}

function describeSettings({ recurrence, controls, today }: Settings): string {
  const { mutedUntilOn } = controls;
  const skipOn = (controls.skipOn ?? []).filter((on) => on >= today);
  const paused =
    mutedUntilOn !== undefined && mutedUntilOn > today
      ? `; paused until ${formatLocalDate(mutedUntilOn)}`
      : '';
  const skipped = skipOn.length > 0 ? `; not on ${skipOn.map(formatLocalDate).join(', ')}` : '';
  return `${printRecurrence(recurrence)}${paused}${skipped}.`;
}
