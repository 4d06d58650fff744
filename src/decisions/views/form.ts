import type { ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  context,
  input,
  option,
  plain,
  radioButtons,
  staticSelect,
} from '../../slack/blocks.ts';
import { type Parsed, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { zoneCity } from '../../time/zones.ts';
import {
  type DecisionContent,
  MAX_OPTION,
  MAX_OPTIONS,
  MAX_QUESTION,
  MIN_OPTIONS,
} from '../domain/decision.ts';

export const ASK_MODAL = 'decisions.submit';
export const OPEN_FORM = 'decisions.open-form';

export type AskForm = {
  /** Where the question can be asked, the likeliest first. */
  pairs: { pairId: string; name: string }[];
  question: string;
  /** On the executive's clock. */
  deadlineOn: string;
  deadlineTime: string;
  executiveZone: string;
  eaZone: string;
};

export type AskFields = {
  pairId: string;
  content: Omit<DecisionContent, 'deadlineAt'>;
  deadlineOn: string;
  deadlineTime: string;
  /** Whose clock the deadline is on. */
  clock: 'mine' | 'theirs';
};

const DEFAULTS = [
  option('Nothing: remind, then tell me', 'none'),
  option('Yes', 'yes'),
  option('No', 'no'),
  ...['1', '2', '3', '4', '5'].map((one) => option(`Option ${one}`, one)),
];

/** The form with which the EA asks for a decision. */
export function buildAskModal(form: AskForm): ModalView {
  const pairs = form.pairs.slice(0, 100).map(({ name, pairId }) => option(name, pairId));
  const [first] = form.pairs;
  const theirCity = zoneCity(form.executiveZone);
  return {
    type: 'modal',
    callback_id: ASK_MODAL,
    title: plain('Ask for a decision'),
    submit: plain('Ask'),
    close: plain('Cancel'),
    blocks: [
      context(
        `Answered with one tap. It is asked in ${escapeText(first?.name ?? 'the executive')}’s working hours.`,
      ),
      input({
        blockId: 'pair',
        label: 'Who decides',
        element: staticSelect(pairs, first?.pairId),
      }),
      input({
        blockId: 'question',
        label: 'Question',
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: MAX_QUESTION,
          ...(form.question && { initial_value: shorten(form.question, MAX_QUESTION) }),
        },
      }),
      input({
        blockId: 'options',
        label: 'Options',
        hint: `One per line, ${MIN_OPTIONS} to ${MAX_OPTIONS}. Leave it empty for yes or no.`,
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: 400 },
      }),
      input({
        blockId: 'deadlineOn',
        label: 'Answer needed by: day',
        element: { type: 'datepicker', initial_date: form.deadlineOn },
      }),
      input({
        blockId: 'deadlineTime',
        label: 'Answer needed by: time',
        element: { type: 'timepicker', initial_time: form.deadlineTime },
      }),
      input({
        blockId: 'clock',
        label: 'On whose clock?',
        element: radioButtons(
          [
            option(`Theirs (${theirCity})`, 'theirs'),
            option(`Mine (${zoneCity(form.eaZone)})`, 'mine'),
          ],
          'theirs',
        ),
      }),
      input({
        blockId: 'default',
        label: 'If nobody answers by then',
        element: staticSelect(DEFAULTS, 'none'),
      }),
      input({
        blockId: 'flags',
        label: 'More',
        optional: true,
        element: checkboxes(
          [
            option('Urgent: ask and answer outside working hours too', 'urgent'),
            option('Needs a talk: keep it for when we both work', 'talk'),
          ],
          [],
        ),
      }),
      input({
        blockId: 'delegation',
        label: 'Number of the task that it is about',
        optional: true,
        element: { type: 'plain_text_input', max_length: 7 },
      }),
    ],
  };
}

const Text = (message: string) =>
  z
    .string(message)
    .transform((typed) => typed.trim())
    .refine((typed) => /[\p{L}\p{N}]/u.test(typed), message);

const Options = z
  .string()
  .nullish()
  .transform((typed) =>
    (typed ?? '')
      .split('\n')
      .map((line) => line.trim().replace(/^(?:[-*•–]|\d[.)])\s+/, ''))
      .filter((line) => line !== ''),
  )
  .refine((list) => list.length !== 1, `Write at least ${MIN_OPTIONS} options, or none.`)
  .refine((list) => list.length <= MAX_OPTIONS, `Write at most ${MAX_OPTIONS} options.`)
  .refine(
    (list) => list.every((one) => one.length <= MAX_OPTION),
    `Write at most ${MAX_OPTION} characters for each option.`,
  )
  .refine(
    (list) => new Set(list.map((one) => one.toLowerCase())).size === list.length,
    'Two options are the same. Change one of them.',
  );

const Fields = z
  .object({
    pair: z.string('Choose who decides.'),
    question: Text('Write what you need to know.').refine(
      (typed) => typed.length <= MAX_QUESTION,
      `Write at most ${MAX_QUESTION} characters.`,
    ),
    options: Options,
    deadlineOn: z.iso.date('Choose a day.'),
    deadlineTime: z.string('Choose a time.').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Choose a time.'),
    clock: z.enum(['mine', 'theirs'], 'Choose one.'),
    default: z.enum(['none', 'yes', 'no', '1', '2', '3', '4', '5'], 'Choose one.'),
    flags: z.array(z.string()).nullish(),
    delegation: z
      .string()
      .trim()
      .regex(/^#?\d{1,6}$/, 'Write its number only, such as 12, or leave it empty.')
      .transform((typed) => Number(typed.replace('#', '')))
      .nullish(),
  })
  .superRefine((form, check) => {
    const message = defaultProblem(form.default, form.options.length);
    if (message) check.addIssue({ code: 'custom', path: ['default'], message });
  })
  .transform(
    (form): AskFields => ({
      pairId: form.pair,
      deadlineOn: form.deadlineOn,
      deadlineTime: form.deadlineTime,
      clock: form.clock,
      content: {
        question: form.question,
        options: form.options,
        defaultChoice: form.default === 'none' ? null : form.default,
        urgent: form.flags?.includes('urgent') ?? false,
        needsTalk: form.flags?.includes('talk') ?? false,
        delegationNumber: form.delegation ?? null,
      },
    }),
  );

function defaultProblem(choice: string, options: number): string | null {
  if (choice === 'none') return null;
  const isYesNo = choice === 'yes' || choice === 'no';
  if (options === 0)
    return isYesNo ? null : 'There are no options, so choose Yes, No or nothing here.';
  if (isYesNo) return 'This question has options, so choose one of their numbers or nothing here.';
  return Number(choice) <= options ? null : `There are only ${options} options.`;
}

/** Errors come back by the block of the field. */
export function parseAskModal(view: SubmittedView): Parsed<AskFields> {
  return parseForm(view, Fields);
}
