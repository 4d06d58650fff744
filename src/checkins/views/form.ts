import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Role } from '../../pairs/index.ts';
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
import { escapeText } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import { type Answers, MAX_ANSWER, type Question, questionsFor, SCALE } from '../domain/checkin.ts';

export const CHECKIN_MODAL = 'checkins.submit';

export type CheckinForm = {
  pairId: string;
  role: Role;
  partnerName: string;
  dueOn: string;
  /** What is filled in already. */
  answers: Answers;
  /** Version that the answers come from, 0 when there is no entry yet. */
  baseVersion: number;
  /** A sentence at the top, such as that the entry has changed meanwhile. */
  notice?: string;
};

const Carried = z.object({
  pairId: z.string(),
  role: z.enum(['executive', 'ea']),
  partnerName: z.string(),
  dueOn: z.iso.date(),
  baseVersion: z.number().int().min(0),
});

export type CheckinCarried = z.infer<typeof Carried>;

export function buildCheckinModal(form: CheckinForm): ModalView {
  const { pairId, role, partnerName, dueOn, baseVersion } = form;
  const carried: CheckinCarried = {
    pairId,
    role,
    partnerName: partnerName.slice(0, 200),
    dueOn,
    baseVersion,
  };
  const edits = baseVersion > 0 ? ' You are editing what you already sent.' : '';
  return {
    type: 'modal',
    callback_id: CHECKIN_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain('Check-in'),
    submit: plain(baseVersion > 0 ? 'Save changes' : 'Submit'),
    close: plain('Cancel'),
    blocks: [
      ...(form.notice ? [section(mrkdwn(`*${escapeText(form.notice)}*`))] : []),
      context(`${formatLocalDate(dueOn)}, for you and ${escapeText(partnerName)}.${edits}`),
      ...questionsFor(role).map((question) => buildQuestion(question, form.answers[question.id])),
    ],
  };
}

function buildQuestion(question: Question, answer: string | undefined): KnownBlock {
  const common = {
    blockId: question.id,
    label: question.label,
    optional: !question.required,
    ...(question.hint && { hint: question.hint }),
  };
  if (question.kind === 'scale') {
    const options = SCALE.map((one) => option(one.label, one.value));
    return input({
      ...common,
      element: { ...staticSelect(options, answer), placeholder: plain('Choose 1 to 5') },
    });
  }
  return input({
    ...common,
    element: {
      type: 'plain_text_input',
      multiline: true,
      max_length: MAX_ANSWER,
      ...(answer && { initial_value: answer }),
    },
  });
}

/** Answers by question id; empty ones are left out. */
export function parseCheckinModal(
  view: SubmittedView,
): Parsed<{ carried: CheckinCarried; answers: Answers }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const shape = Object.fromEntries(
    questionsFor(carried.role).map((question) => [question.id, answerSchema(question)]),
  );
  const answers = parseForm(view, z.object(shape));
  if (!answers.ok) return answers;
  const given = Object.entries(answers.value).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return { ok: true, value: { carried, answers: Object.fromEntries(given) } };
}

function answerSchema(question: Question): z.ZodType<string | null> {
  if (question.kind === 'scale')
    return z
      .enum(['1', '2', '3', '4', '5'], 'Choose 1 to 5.')
      .nullish()
      .transform((one) => one ?? null);
  const answer = z
    .string()
    .nullish()
    .transform((typed) => typed?.trim() || null)
    .refine(
      (typed) => !typed || typed.length <= MAX_ANSWER,
      `Write at most ${MAX_ANSWER.toLocaleString('en')} characters.`,
    );
  return question.required
    ? answer.refine((typed) => typed !== null, 'Please write a few words here.')
    : answer;
}
