import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { context, input, option, plain, staticSelect } from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { readMinutes } from '../../time/minutes.ts';
import { MAX_ENTRY_MINUTES } from '../domain/hours.ts';

export const LOG_MODAL = 'workload.save-time';

export type LogForm = {
  pairId: string;
  /** Its own: what is sent twice is written once, and what is opened again is another one. */
  formId: string;
  options: { id: string; number: number; title: string }[];
  /** The number that is chosen already. */
  chosen?: number;
  today: string;
};

const Carried = z.object({ pairId: z.string(), formId: z.string().max(50) });
export type LogCarried = z.infer<typeof Carried>;

export type LogFields = { number: number; minutes: number; workedOn: string };

export function buildLogModal(form: LogForm): ModalView {
  const { pairId, formId } = form;
  const carried: LogCarried = { pairId, formId };
  return {
    type: 'modal',
    callback_id: LOG_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain('Log time'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      context('Write down what you want counted. Nothing is measured by itself.'),
      input({
        blockId: 'task',
        label: 'Task',
        element: staticSelect(
          form.options.map(({ number, title }) => option(`#${number} ${title}`, String(number))),
          form.chosen === undefined ? undefined : String(form.chosen),
        ),
      }),
      input({
        blockId: 'time',
        label: 'How long?',
        hint: 'Such as 45 min or 1.5 h.',
        element: { type: 'plain_text_input', max_length: 20 },
      }),
      input({
        blockId: 'on',
        label: 'On which day?',
        element: { type: 'datepicker', initial_date: form.today },
      }),
    ],
  };
}

const Fields = z
  .object({
    task: z.string('Choose a task.').regex(/^\d{1,9}$/, 'Choose a task.'),
    time: z
      .string('Write how long, such as 45 min.')
      .refine(
        (typed) => readMinutes(typed, MAX_ENTRY_MINUTES) !== null,
        'Write it such as 45 min or 1.5 h, up to 16 h.',
      ),
    on: z.iso.date('Choose a day.'),
  })
  .transform(
    ({ task, time, on }): LogFields => ({
      number: Number(task),
      minutes: readMinutes(time, MAX_ENTRY_MINUTES) ?? 0,
      workedOn: on,
    }),
  );

export function parseLogModal(
  view: SubmittedView,
): Parsed<{ carried: LogCarried; fields: LogFields }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, Fields);
  return form.ok ? { ok: true, value: { carried, fields: form.value } } : form;
}
