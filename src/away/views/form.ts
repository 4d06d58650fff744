import type { ModalView } from '@slack/types';
import { z } from 'zod';
import {
  context,
  input,
  mrkdwn,
  option,
  plain,
  section,
  staticSelect,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, isUserId } from '../../slack/text.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { LEAVE_TYPES, type LeavePlan, leaveTypeName } from '../domain/leave.ts';

export const LEAVE_MODAL = 'away.submit-leave';
/** Longest reason, in characters. */
export const MAX_REASON = 500;

export type LeaveForm = {
  /** The leave that is changed, null for a new one. */
  leaveId: string | null;
  /** Without dates where those that were typed were not understood. */
  plan: Omit<LeavePlan, 'firstOn' | 'lastOn'> & {
    firstOn: LocalDate | null;
    lastOn: LocalDate | null;
  };
  /** Sentences at the top: how the dates were read, what is not right yet. */
  notices: string[];
};

const Carried = z.object({ leaveId: z.string().nullable() });

/** The form to plan leave or to change it, filled in as far as it is known. */
export function buildLeaveModal({ leaveId, plan, notices }: LeaveForm): ModalView {
  const types = LEAVE_TYPES.map((type) => option(leaveTypeName(type), type));
  const carried: z.infer<typeof Carried> = { leaveId };
  return {
    type: 'modal',
    callback_id: LEAVE_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(leaveId ? 'Change leave' : 'Plan leave'),
    submit: plain(leaveId ? 'Save changes' : 'Save'),
    close: plain('Cancel'),
    blocks: [
      ...notices.map((notice) => section(mrkdwn(escapeText(notice)))),
      input({ blockId: 'type', label: 'Type', element: staticSelect(types, plan.type) }),
      input({
        blockId: 'firstOn',
        label: 'First day',
        element: { type: 'datepicker', ...(plan.firstOn && { initial_date: plan.firstOn }) },
      }),
      input({
        blockId: 'starts',
        label: 'From',
        element: staticSelect(
          [option('Start of that day', 'start'), option('Midday of that day', 'midday')],
          plan.startsAtMidday ? 'midday' : 'start',
        ),
      }),
      input({
        blockId: 'lastOn',
        label: 'Last day',
        element: { type: 'datepicker', ...(plan.lastOn && { initial_date: plan.lastOn }) },
      }),
      input({
        blockId: 'ends',
        label: 'Until',
        hint: 'Midday is the middle of your working hours on that day.',
        element: staticSelect(
          [option('End of that day', 'end'), option('Midday of that day', 'midday')],
          plan.endsAtMidday ? 'midday' : 'end',
        ),
      }),
      input({
        blockId: 'cover',
        label: 'Who stands in for you',
        optional: true,
        element: {
          type: 'users_select',
          placeholder: plain('Choose a person'),
          ...(plan.coverId && { initial_user: plan.coverId }),
        },
      }),
      input({
        blockId: 'reason',
        label: 'Reason',
        hint: 'Your partner sees the type and, if you write one, the reason.',
        optional: true,
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: MAX_REASON,
          ...(plan.reason && { initial_value: plan.reason }),
        },
      }),
      context(
        'The days are in your own time zone. You are not asked for anything while you are away.',
      ),
    ],
  };
}

const LeaveFields: z.ZodType<LeavePlan> = z
  .object({
    type: z.enum(LEAVE_TYPES, 'Choose a type.'),
    firstOn: z.iso.date('Choose the first day.'),
    starts: z.enum(['start', 'midday'], 'Choose one.'),
    lastOn: z.iso.date('Choose the last day.'),
    ends: z.enum(['end', 'midday'], 'Choose one.'),
    cover: z.string().refine(isUserId, 'Choose a person from the list.').nullish(),
    reason: z.string().max(MAX_REASON, `Write at most ${MAX_REASON} characters.`).nullish(),
  })
  .transform((form) => ({
    type: form.type,
    firstOn: form.firstOn,
    lastOn: form.lastOn,
    startsAtMidday: form.starts === 'midday',
    endsAtMidday: form.ends === 'midday',
    coverId: form.cover ?? null,
    reason: form.reason?.trim() || null,
  }));

export function parseLeaveModal(
  view: SubmittedView,
): Parsed<{ leaveId: string | null; plan: LeavePlan }> {
  const { leaveId } = parseCarried(view.private_metadata, Carried);
  const plan = parseForm(view, LeaveFields);
  return plan.ok ? { ok: true, value: { leaveId, plan: plan.value } } : plan;
}

/** The block of the form that a problem with the range belongs to. */
export function rangeField(field: 'firstOn' | 'lastOn' | 'endsAtMidday'): string {
  return field === 'endsAtMidday' ? 'ends' : field;
}
