import type { ModalView } from '@slack/types';
import type { DateTime } from 'luxon';
import { z } from 'zod';
import { context, input, literal, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { type Decision, decisionMark, MAX_MORE } from '../domain/decision.ts';
import { type DecisionRef, DecisionValue } from './item.ts';

export const MORE_MODAL = 'decisions.submit-more';
export const ADDED_MODAL = 'decisions.submit-added';

/** What the executive still needs to know, or what the EA adds to that. */
export function buildMoreModal(o: { decision: Decision; purpose: 'more' | 'added' }): ModalView {
  const { decision, purpose } = o;
  const carried: DecisionRef = { decisionId: decision.id, revision: decision.revision };
  const isMore = purpose === 'more';
  return {
    type: 'modal',
    callback_id: isMore ? MORE_MODAL : ADDED_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(isMore ? 'Need more' : 'Add what is missing'),
    submit: plain(isMore ? 'Send' : 'Ask again'),
    close: plain('Cancel'),
    blocks: [
      section(literal(`${decisionMark(decision)}  ${decision.question}`)),
      ...(decision.missing && !isMore
        ? [context(`Asked for: ${escapeText(shorten(decision.missing, 1000))}`)]
        : []),
      input({
        blockId: 'text',
        label: isMore ? 'What is missing?' : 'What you found out',
        element: { type: 'plain_text_input', multiline: true, max_length: MAX_MORE },
      }),
    ],
  };
}

const MoreFields = z.object({
  text: z
    .string('Write a few words.')
    .transform((typed) => typed.trim())
    .refine((typed) => typed.length > 0, 'Write a few words.')
    .refine((typed) => typed.length <= MAX_MORE, `Write at most ${MAX_MORE} characters.`),
});

export function parseMoreModal(view: SubmittedView): Parsed<{ ref: DecisionRef; text: string }> {
  const ref = parseCarried(view.private_metadata, DecisionValue);
  const fields = parseForm(view, MoreFields);
  return fields.ok ? { ok: true, value: { ref, text: fields.value.text } } : fields;
}

/** After a question was asked: when it is seen and until when an answer is awaited, on both clocks. */
export function buildAsked(o: {
  decision: Decision;
  executiveName: string;
  zones: [mine: string, theirs: string];
  seenAt: DateTime | null;
  isSeen: boolean;
}): ModalView {
  const { decision, executiveName, zones, seenAt } = o;
  const name = shorten(executiveName, 100);
  const both = (at: DateTime) => escapeText(formatInBothZones(at, ...zones));
  const seen = o.isSeen
    ? `${name} has it now.`
    : seenAt
      ? `${name} sees it ${both(seenAt)}.`
      : `${name} sees it when work starts again.`;
  return {
    type: 'modal',
    title: plain('Asked'),
    close: plain('Close'),
    blocks: [
      section(literal(`${decisionMark(decision)}  ${shorten(decision.question, 600)}`)),
      section(mrkdwn(`${escapeText(seen)} The answer is needed by ${both(decision.deadlineAt)}.`)),
      context('`/ea-decide list` shows what is open and what was answered.'),
    ],
  };
}

/** What `/ea-decide help` says. */
export const USAGE = {
  command: '/ea-decide',
  lines: [
    '`/ea-decide Should I book the earlier flight?` asks your executive: yes, no or options, with a deadline',
    '`/ea-decide list` shows what waits for an answer, what was answered, and how long that took',
    '`/ea-decide D7` opens one of them',
  ],
  note: 'Lines under "Decisions needed from the executive" in your check-in are asked in the same way.',
};
