import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Delegation } from '../../delegations/index.ts';
import type { Pair } from '../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { formatMinutes } from '../../time/minutes.ts';
import { percentOf } from '../domain/forecast.ts';
import type { HoursUse } from '../domain/hours.ts';
import type { LoadAnswer, LoadQuestion, QuestionItem } from '../domain/question.ts';
import { describeHours, OPEN_WORKLOAD } from './page.ts';

/** Followed by the answer: each button has an id of its own. */
export const ANSWER = 'workload.answer';

export const AnswerValue = z.object({
  pairId: z.string(),
  weekOn: z.string(),
  delegationId: z.string(),
});

function openButton(pairId: string) {
  return button({
    text: 'See the workload',
    actionId: OPEN_WORKLOAD,
    value: JSON.stringify({ pairId }),
  });
}

/** Tells one of the two how much of the month's hours is used. */
export function buildHoursNotice(o: {
  pairId: string;
  percent: number;
  use: HoursUse;
}): OutgoingMessage {
  const text =
    o.percent >= 100
      ? 'The hours of this month are used up.'
      : `${o.percent} % of the hours of this month are used.`;
  return {
    text,
    blocks: [
      section(mrkdwn(`${text} ${describeHours(o.use)}`)),
      actions('hours', [openButton(o.pairId)]),
    ],
  };
}

/** Asks the executive what gives way. */
export function buildQuestion(o: {
  pair: Pair;
  question: LoadQuestion;
  items: (QuestionItem & { delegation: Delegation })[];
}): OutgoingMessage {
  const { pair, question, items } = o;
  const { dueMinutes, availableMinutes, n, withoutEstimate } = question.content;
  const name = escapeText(pair.ea.name);
  const percent = availableMinutes > 0 ? ` (${percentOf(dueMinutes / availableMinutes)} %)` : '';
  const text = `More is due in the next seven days than fits: ${formatMinutes(dueMinutes)} of work, ${formatMinutes(availableMinutes)} of working time of ${name}${percent}.`;
  return {
    text,
    blocks: [
      section(mrkdwn(`${text} What gives way? The lowest priority comes first.`)),
      ...items.flatMap((item, index) => buildItem(item, { pair, question, index })),
      context(
        `From ${n} pieces of work; ${withoutEstimate} of them have no estimate and weigh nothing. You are asked at most once a week.`,
      ),
      actions('workload', [openButton(pair.id)]),
    ],
  };
}

const ANSWERED: Record<LoadAnswer, string> = {
  moved: 'Moved a week on',
  dropped: 'Won’t be done',
  kept: 'Stays as it is',
};

function buildItem(
  item: QuestionItem & { delegation: Delegation },
  o: { pair: Pair; question: LoadQuestion; index: number },
): KnownBlock[] {
  const { pair, question } = o;
  const { delegation, answer } = item;
  const { number, title, dueAt, estimateMinutes } = delegation;
  const facts = [
    ...(estimateMinutes ? [`about ${formatMinutes(estimateMinutes)}`] : []),
    ...(dueAt
      ? [`due ${escapeText(formatInBothZones(dueAt, pair.executive.zone, pair.ea.zone))}`]
      : []),
    ...(answer ? [`*${ANSWERED[answer]}*`] : []),
  ];
  const { pairId, weekOn } = question;
  const value = JSON.stringify({ pairId, weekOn, delegationId: delegation.id });
  const answerButton = (text: string, to: LoadAnswer) => ({
    text,
    actionId: `${ANSWER}.${to}`,
    value,
    label: `${text}: task ${number}`,
  });
  return [
    section(literal(shorten(`#${number} ${title}`, 200))),
    ...(facts.length > 0 ? [context(facts.join(' · '))] : []),
    ...(answer
      ? []
      : [
          actions(`item.${o.index}`, [
            button(answerButton('Move a week', 'moved')),
            button({
              ...answerButton('Won’t do', 'dropped'),
              confirm: {
                title: 'Will it not be done?',
                text: 'The task is closed, and the EA is told. You can undo it on its card for a day.',
                confirm: 'Won’t do',
                deny: 'Back',
              },
            }),
            button(answerButton('Keep', 'kept')),
          ]),
        ]),
  ];
}
