import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, literal, section } from '../../slack/blocks.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInBothZones, formatInZone } from '../../time/format.ts';
import { choicesOf, choiceText, type Decision, decisionMark } from '../domain/decision.ts';

/** Followed by the choice: buttons of one block need ids of their own. */
export const ANSWER = 'decisions.answer';
export const ASK_MORE = 'decisions.ask-more';
export const TAKE_BACK = 'decisions.take-back';
export const ADD_MORE = 'decisions.add-more';
export const ACT = 'decisions.act';
export const WITHDRAW = 'decisions.withdraw';

/** All choices that a button can have. */
export const CHOICES = ['yes', 'no', '1', '2', '3', '4', '5'] as const;

/** What a button about a decision carries; `revision` is the wording that its reader saw. */
export const DecisionValue = z.object({
  decisionId: z.string(),
  revision: z.number().int(),
  choice: z.enum(CHOICES).optional(),
  /** The page of the list that the button stands in. */
  offset: z.number().int().min(0).optional(),
});

export type DecisionRef = z.infer<typeof DecisionValue>;

/** Who the two are, as far as a message names them. */
export type Names = {
  executiveId: string;
  eaId: string;
  executiveZone: string;
  eaZone: string;
};

/** Who reads it: a decision in the channel is read by both, and only the executive's press counts. */
export type Reader = 'executive' | 'ea' | 'both';

type Item = {
  decision: Decision;
  names: Names;
  reader: Reader;
  isRetired?: boolean;
  offset?: number;
};

/** One decision in a message or list: the question, what is known about it, and what its reader can do. */
export function buildItem(item: Item): KnownBlock[] {
  const { decision } = item;
  const buttons = item.isRetired ? [] : buttonsOf(item);
  return [
    section(literal(describeQuestion(decision))),
    context(describeTerms(item)),
    ...(item.isRetired
      ? [context('I asked again below.')]
      : stateLines(item).map((line) => context(line))),
    ...(buttons.length > 0 ? [actions(`decision.${decision.id}`, buttons)] : []),
  ];
}

function describeQuestion({ number, question, options, added }: Decision): string {
  return [
    `${decisionMark({ number })}  ${question}`,
    ...options.map((one, index) => `    ${index + 1}. ${one}`),
    ...(added ? [`Added: ${shorten(added, 1000)}`] : []),
  ].join('\n');
}

function describeTerms({ decision, names, reader }: Item): string {
  const { deadlineAt, defaultChoice, urgent, needsTalk, delegationNumber, state } = decision;
  const isUndecided = state === 'open' || state === 'needs_more';
  const zones = [names.executiveZone, names.eaZone];
  const [mine, theirs] = reader === 'ea' ? zones.toReversed() : zones;
  const by = formatInBothZones(deadlineAt, mine ?? 'UTC', theirs ?? 'UTC');
  return [
    ...(urgent ? ['*Urgent.*'] : []),
    `Answer by ${escapeText(by)}.`,
    ...(defaultChoice === null || !isUndecided
      ? []
      : [`Without one: ${escapeText(choiceText(decision, defaultChoice))}.`]),
    ...(needsTalk ? ['Needs a talk.'] : []),
    ...(delegationNumber === null ? [] : [`About task #${delegationNumber}.`]),
  ].join(' ');
}

/** What became of it, in the words of its reader; nothing while the executive is simply asked. */
function stateLines(item: Item): string[] {
  const { decision, names, reader } = item;
  const { state, choice, missing, answeredAt } = decision;
  const executive = reader === 'executive' ? 'You' : mentionUser(names.executiveId);
  const ea = reader === 'ea' ? 'You' : mentionUser(names.eaId);
  const said = choice === null ? '' : escapeText(choiceText(decision, choice));
  const zone = reader === 'ea' ? names.eaZone : names.executiveZone;
  const when = answeredAt ? formatInZone(answeredAt, zone) : '';
  switch (state) {
    case 'open':
      return [];
    case 'needs_more':
      return [`${executive} asked for more: ${escapeText(shorten(missing ?? '', 1000))}`];
    case 'answered':
      return [`*${said}*. ${executive} answered ${when}.`];
    case 'defaulted':
      return [`*${said}*. There was no answer by the deadline, so this holds.`];
    case 'expired':
      return ['The deadline has passed without an answer. An answer still helps.'];
    case 'acted':
      return [`*${said}*. ${ea} acted on it.`];
    case 'withdrawn':
      return [`${ea} withdrew this question.`];
  }
}

function buttonsOf(item: Item): Button[] {
  return item.reader === 'ea' ? buttonsOfEa(item) : buttonsOfExecutive(item);
}

function valueOf({ decision, offset }: Item, choice?: (typeof CHOICES)[number]): string {
  const ref: DecisionRef = {
    decisionId: decision.id,
    revision: decision.revision,
    ...(choice && { choice }),
    ...(offset !== undefined && { offset }),
  };
  return JSON.stringify(ref);
}

function buttonsOfExecutive(item: Item): Button[] {
  const { decision } = item;
  const { state } = decision;
  const mark = decisionMark(decision);
  if (state === 'acted' || state === 'withdrawn') return [];
  if (state === 'answered')
    return [
      button({
        text: 'Change answer',
        actionId: TAKE_BACK,
        value: valueOf(item),
        label: `Change the answer to ${mark}`,
      }),
    ];
  const choices = CHOICES.filter((one) => choicesOf(decision).includes(one));
  return [
    ...choices
      .filter((one) => one !== decision.choice)
      .map((one) =>
        button({
          text: choiceText(decision, one),
          actionId: `${ANSWER}.${one}`,
          value: valueOf(item, one),
          label: shorten(`${mark}: ${choiceText(decision, one)}`, 75),
        }),
      ),
    button({
      text: 'Need more',
      actionId: ASK_MORE,
      value: valueOf(item),
      label: `Need more to answer ${mark}`,
    }),
  ];
}

function buttonsOfEa(item: Item): Button[] {
  const { state } = item.decision;
  const mark = decisionMark(item.decision);
  const value = valueOf(item);
  const withdraw = button({
    text: 'Withdraw',
    actionId: WITHDRAW,
    value,
    label: `Withdraw question ${mark}`,
    confirm: {
      title: 'Withdraw this question?',
      text: 'It is not asked any more. You can ask it again at any time.',
      confirm: 'Withdraw',
      deny: 'Keep it',
    },
  });
  switch (state) {
    case 'open':
    case 'expired':
      return [withdraw];
    case 'needs_more':
      return [
        button({
          text: 'Add what is missing',
          actionId: ADD_MORE,
          value,
          style: 'primary',
          label: `Add what is missing to question ${mark}`,
        }),
        withdraw,
      ];
    case 'answered':
    case 'defaulted':
      return [
        button({
          text: 'Acted on it',
          actionId: ACT,
          value,
          style: 'primary',
          label: `Mark ${mark} as acted on`,
        }),
      ];
    case 'acted':
    case 'withdrawn':
      return [];
  }
}
