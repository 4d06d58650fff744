import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { SnoozeChoice } from '../../routines/index.ts';
import { context, input, option, plain, radioButtons } from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { zoneCity } from '../../time/zones.ts';
import { SNOOZES } from '../domain/checkin.ts';
import { type CheckinRef, CheckinValue } from './messages.ts';

export const SNOOZE_MODAL = 'checkins.snooze-submit';
export const SKIP_MODAL = 'checkins.skip-submit';

const PICK = 'pick';

/** A preset, or a time on the person's own clock. */
export type SnoozeWish = SnoozeChoice | { on: LocalDate; time: string };

export function buildSnoozeModal(ref: CheckinRef, o: { zone: string }): ModalView {
  const presets = SNOOZES.map((one) => option(one.label, one.value));
  const options = [...presets, option('At the time below', PICK)];
  return {
    type: 'modal',
    callback_id: SNOOZE_MODAL,
    private_metadata: JSON.stringify(ref),
    title: plain('Snooze'),
    submit: plain('Snooze'),
    close: plain('Cancel'),
    blocks: [
      input({ blockId: 'snooze', label: 'Ask me again', element: radioButtons(options, '1h') }),
      input({ blockId: 'on', label: 'Day', optional: true, element: { type: 'datepicker' } }),
      input({
        blockId: 'time',
        label: `Time in ${zoneCity(o.zone)}`,
        optional: true,
        element: { type: 'timepicker' },
      }),
      context('Outside your working hours I wait until you next start work.'),
    ],
  };
}

const Wish = z
  .object({
    snooze: z.enum(['20m', '1h', '3h', 'nextWorkStart', PICK], 'Choose one.'),
    on: z.iso.date('Choose a day.').nullish(),
    time: z.string().nullish(),
  })
  .transform((form, context): SnoozeWish => {
    if (form.snooze !== PICK) return form.snooze;
    const { on, time } = form;
    if (on && time) return { on, time };
    const path = [on ? 'time' : 'on'];
    const message = on ? 'Choose a time for this day.' : 'Choose a day and a time.';
    context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });

export function parseSnoozeModal(
  view: SubmittedView,
): Parsed<{ ref: CheckinRef; wish: SnoozeWish }> {
  const ref = parseCarried(view.private_metadata, CheckinValue);
  const form = parseForm(view, Wish);
  return form.ok ? { ok: true, value: { ref, wish: form.value } } : form;
}

export function buildSkipModal(ref: CheckinRef): ModalView {
  return {
    type: 'modal',
    callback_id: SKIP_MODAL,
    private_metadata: JSON.stringify(ref),
    title: plain('Skip this check-in'),
    submit: plain('Skip'),
    close: plain('Cancel'),
    blocks: [
      input({
        blockId: 'reason',
        label: 'Reason',
        hint: 'Your partner sees that you skipped it and why. A skipped day does not count as missed.',
        optional: true,
        element: { type: 'plain_text_input', max_length: 200 },
      }),
    ],
  };
}

export function parseSkipModal(
  view: SubmittedView,
): Parsed<{ ref: CheckinRef; reason: string | null }> {
  const ref = parseCarried(view.private_metadata, CheckinValue);
  const Reason = z.string().max(200, 'Write at most 200 characters.').nullish();
  const form = parseForm(view, z.object({ reason: Reason }));
  return form.ok ? { ok: true, value: { ref, reason: form.value.reason?.trim() || null } } : form;
}
