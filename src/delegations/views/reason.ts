import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { context, input, literal, plain, section } from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { type Delegation, MAX_WHY } from '../domain/delegation.ts';
import { STEPS, type Step } from '../domain/steps.ts';
import { ListPlace } from './values.ts';

export const REASON_MODAL = 'delegations.reason';

const Carried = z.object({
  id: z.string(),
  version: z.number().int().min(1),
  step: z.enum(STEPS),
  /** The view that shows the delegation, when the question was asked from one. */
  detailViewId: z.string().nullable(),
  back: ListPlace.nullish(),
});

export type ReasonCarried = z.infer<typeof Carried>;

type Words = { title: string; label: string; hint?: string; submit: string };

const WORDS: Partial<Record<Step, Words>> = {
  ask: { title: 'Ask a question', label: 'What do you need to know?', submit: 'Ask' },
  answer: { title: 'Answer', label: 'Your answer', submit: 'Answer' },
  wait_executive: {
    title: 'Wait for the executive',
    label: 'What do you need from them?',
    hint: 'The time counts in their working hours until you carry on.',
    submit: 'Wait',
  },
  wait_third: {
    title: 'Wait for somebody else',
    label: 'For whom or what do you wait?',
    submit: 'Wait',
  },
  reopen: {
    title: 'Reopen',
    label: 'What is missing?',
    hint: 'What it has to be like, so that it is done.',
    submit: 'Reopen',
  },
  drop: {
    title: 'Will not be done',
    label: 'Why?',
    hint: 'You can reopen it later.',
    submit: 'Close the task',
  },
};

export function buildReasonModal(delegation: Delegation, carried: ReasonCarried): ModalView {
  const words = WORDS[carried.step] ?? { title: 'Task', label: 'Why?', submit: 'Save' };
  return {
    type: 'modal',
    callback_id: REASON_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(words.title),
    submit: plain(words.submit),
    close: plain('Cancel'),
    blocks: [
      section(literal(`#${delegation.number} ${delegation.title}`)),
      ...(carried.step === 'drop' ? [context('This closes the task for both of you.')] : []),
      input({
        blockId: 'why',
        label: words.label,
        ...(words.hint && { hint: words.hint }),
        element: { type: 'plain_text_input', multiline: true, max_length: MAX_WHY },
      }),
    ],
  };
}

const Fields = z.object({
  why: z
    .string('Please write a few words here.')
    .transform((text) => text.trim())
    .refine((text) => text !== '', 'Please write a few words here.')
    .refine((text) => text.length <= MAX_WHY, `Write at most ${MAX_WHY} characters.`),
});

export function parseReasonModal(
  view: SubmittedView,
): Parsed<{ carried: ReasonCarried; why: string }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const fields = parseForm(view, Fields);
  return fields.ok ? { ok: true, value: { carried, why: fields.value.why } } : fields;
}
