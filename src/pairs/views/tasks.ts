import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { header, input } from '../../slack/blocks.ts';
import { formatLeadTimes, readLeadTimes } from '../../time/lead-times.ts';
import { formatMinutes, readMinutes } from '../../time/minutes.ts';
import { type TaskTerms, USUAL_TASK_TERMS } from '../domain.ts';

const LEAST_ACCEPT_MINUTES = 15;
/** 40 hours. */
const MOST_ACCEPT_MINUTES = 2400;

/** What is agreed about tasks, in the form of the hours. */
export function taskFields(tasks: TaskTerms): KnownBlock[] {
  return [
    header('Tasks'),
    input({
      blockId: 'tasks.accept',
      label: 'The EA accepts a task, or asks, within',
      hint: 'Working time of the EA, such as 4 h or 90 min. After twice that, the executive hears of it.',
      element: {
        type: 'plain_text_input',
        max_length: 20,
        initial_value: formatMinutes(tasks.acceptMinutes),
      },
    }),
    input({
      blockId: 'tasks.due',
      label: 'Reminders before a task is due',
      hint: 'Such as 1 day, 2 h: at the start of the working day before, and with two hours of working time left. Leave empty for none.',
      optional: true,
      element: {
        type: 'plain_text_input',
        max_length: 60,
        ...(tasks.dueBefore.length > 0 && { initial_value: formatLeadTimes(tasks.dueBefore) }),
      },
    }),
  ];
}

const ACCEPT_ADVICE = `Write working time such as 4 h or 90 min, from ${formatMinutes(LEAST_ACCEPT_MINUTES)} to ${formatMinutes(MOST_ACCEPT_MINUTES)}.`;

/** The fields without their prefix; a form that is older than they are means what is usual. */
export const TaskFields = z
  .object({
    accept: z
      .string(ACCEPT_ADVICE)
      .default(formatMinutes(USUAL_TASK_TERMS.acceptMinutes))
      .transform((text, context) => {
        const minutes = readMinutes(text, MOST_ACCEPT_MINUTES);
        if (minutes !== null && minutes >= LEAST_ACCEPT_MINUTES) return minutes;
        context.addIssue({ code: 'custom', message: ACCEPT_ADVICE });
        return z.NEVER;
      }),
    due: z
      .string()
      .nullable()
      .default(formatLeadTimes(USUAL_TASK_TERMS.dueBefore))
      .transform((text, context) => {
        const read = readLeadTimes(text ?? '');
        if (read.ok) return read.value;
        context.addIssue({ code: 'custom', message: read.message });
        return z.NEVER;
      }),
  })
  .transform(({ accept, due }) => ({ acceptMinutes: accept, dueBefore: due }));

const Minutes = z.number().int().min(1).max(MOST_ACCEPT_MINUTES);

/** As a form carries it. */
export const CarriedTasks: z.ZodType<TaskTerms> = z.object({
  acceptMinutes: Minutes,
  dueBefore: z
    .array(
      z.union([
        z.object({ days: z.number().int().min(1).max(10) }),
        z.object({ minutes: Minutes }),
      ]),
    )
    .max(3),
});

/** 'accepted or asked about within 4 h of working time; reminders 1 day, 2 h before they are due' */
export function describeTasks({ acceptMinutes, dueBefore }: TaskTerms): string {
  const accept = `accepted or asked about within ${formatMinutes(acceptMinutes)} of working time`;
  const due =
    dueBefore.length === 0
      ? 'no reminders before they are due'
      : `reminders ${formatLeadTimes(dueBefore)} before they are due`;
  return `${accept}; ${due}`;
}
