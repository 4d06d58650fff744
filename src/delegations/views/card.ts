import type { Button, KnownBlock } from '@slack/types';
import type { Pair } from '../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionChannel, mentionUser, shorten } from '../../slack/text.ts';
import { formatInBothZones, formatInZone } from '../../time/format.ts';
import { formatMinutes } from '../../time/minutes.ts';
import type { Delegation } from '../domain/delegation.ts';
import { type Change, isStep } from '../domain/history.ts';
import { RULES, STEPS, type Step, stepsFor } from '../domain/steps.ts';
import { refOf } from './values.ts';
import { deed, levelName, priorityName, stateName, stepButton } from './words.ts';

/** Followed by the step: each button has an id of its own. */
export const STEP = 'delegations.step';
export const UNDO = 'delegations.undo';
export const RESTORE = 'delegations.restore';
export const OPEN = 'delegations.open';

/** Characters of the definition of done on the card; *Open* shows it whole. */
const CARD_DONE = 600;

/** The one card of a delegation in the pair's channel. It names people and mentions nobody. */
export function buildCard(o: {
  pair: Pair;
  delegation: Delegation;
  last: Change;
  /** How free the EA is in its category; null when nothing is said about that. */
  zone: string | null;
}): OutgoingMessage {
  const { pair, delegation, last, zone } = o;
  const { number, title, definitionOfDone, deletedAt } = delegation;
  const state = deletedAt ? 'Deleted' : stateName(delegation.state, pair);
  return {
    text: `#${number} ${escapeText(title)}: ${escapeText(state)}`,
    blocks: [
      section(mrkdwn(`*Task #${number}* for ${escapeText(pair.ea.name)}: *${escapeText(state)}*`)),
      section(literal(title)),
      ...(definitionOfDone && !deletedAt
        ? [section(literal(`Done when: ${shorten(definitionOfDone, CARD_DONE)}`))]
        : []),
      ...(deletedAt
        ? []
        : [context(...describeTerms(delegation, pair), ...(zone ? [describeZone(zone)] : []))]),
      context(describeChange(last, pair)),
      actions('task', buildButtons(delegation, last)),
    ],
  };
}

export function describeZone(words: string): string {
  return `Zone: ${escapeText(words)}`;
}

/** Due, priority, freedom, category, estimate and links: lines of mrkdwn. */
export function describeTerms(delegation: Delegation, pair: Pair): string[] {
  const { dueAt, priority, level, category, estimateMinutes, sopUrl, source } = delegation;
  const facts = [
    `${priorityName(priority)} priority`,
    levelName(level),
    ...(category ? [escapeText(category)] : []),
    ...(estimateMinutes ? [formatMinutes(estimateMinutes)] : []),
  ];
  const links = [
    ...(sopUrl ? [showLink(sopUrl, 'Instructions')] : []),
    ...(source?.permalink ? [showLink(source.permalink, 'Message')] : []),
  ];
  return [dueAt ? `Due ${showDue(dueAt, pair)}` : 'No due date', [...facts, ...links].join(' · ')];
}

/** On both clocks. */
export function showDue(at: NonNullable<Delegation['dueAt']>, pair: Pair): string {
  return formatInBothZones(at, pair.ea.zone, pair.executive.zone);
}

function showLink(url: string, label: string): string {
  return `<${escapeText(url).replaceAll('|', '%7C')}|${label}>`;
}

/** 'Ana Reyes accepted it, Tue 3 Mar, 09:00 GMT+8 (Manila) / ...: because ...'. With `zone` on that clock alone. */
export function describeChange(change: Change, pair: Pair, zone: string | null = null): string {
  const person = [pair.executive, pair.ea].find((one) => one.userId === change.byId);
  const who = escapeText(person?.name ?? 'Somebody');
  const isNoted = change.step === 'create' && change.byId === pair.ea.userId;
  const did = isNoted ? 'wrote it down' : deed(change.step);
  const at = zone
    ? formatInZone(change.at, zone)
    : formatInBothZones(change.at, pair.ea.zone, pair.executive.zone);
  const why = change.why ? `: ${escapeText(shorten(change.why, 300))}` : '';
  return `${who} ${did}, ${at}${why}`;
}

/** Steps of the card; the rarer ones are behind *Open*. */
const ON_CARD: ReadonlySet<Step> = new Set([
  'accept',
  'ask',
  'answer',
  'start',
  'resume',
  'wait_executive',
  'deliver',
  'approve',
  'reopen',
]);

function buildButtons(delegation: Delegation, last: Change): Button[] {
  const value = refOf(delegation);
  const { number, state, deletedAt } = delegation;
  if (deletedAt) return [button({ text: 'Restore', actionId: RESTORE, value })];
  const steps = STEPS.filter(
    (step) => ON_CARD.has(step) && stepsFor(state, RULES[step].by).includes(step),
  ).slice(0, 4);
  return [
    ...steps.map((step, index) => buildStepButton(step, { value, number, isFirst: index === 0 })),
    ...(isStep(last.step) ? [button({ text: 'Undo', actionId: UNDO, value })] : []),
    button({ text: 'Open', actionId: OPEN, value, label: `Open task ${number}` }),
  ];
}

export function buildStepButton(
  step: Step,
  o: { value: string; number: number; isFirst: boolean },
): Button {
  return button({
    text: stepButton(step),
    actionId: `${STEP}.${step}`,
    value: o.value,
    label: `${stepButton(step)} (task ${o.number})`,
    ...(o.isFirst && step !== 'reopen' && step !== 'drop' && { style: 'primary' as const }),
  });
}

/** One line under the message that a delegation comes from. Others read it there, so it does not say what it is. */
export function buildSourceLine(o: { pair: Pair; delegation: Delegation }): OutgoingMessage {
  const { pair, delegation } = o;
  const { number } = delegation;
  const text = `Handed over as task #${number}, see ${mentionChannel(pair.channelId)}.`;
  const by = mentionUser(delegation.createdBy);
  return {
    text,
    blocks: [
      section(mrkdwn(`${text} _By ${by}_`), {
        accessory: button({
          text: 'Open',
          actionId: OPEN,
          value: refOf(delegation),
          label: `Open task ${number}`,
        }),
      }),
    ],
  };
}

/** Blocks of one line of a list: title, state, due, and a way in. */
export function buildEntry(o: {
  pair: Pair;
  delegation: Delegation;
  actionId: string;
  value: string;
  note: string | null;
}): KnownBlock[] {
  const { pair, delegation, actionId, value } = o;
  const { number, title, dueAt, state } = delegation;
  const facts = [
    `${priorityName(delegation.priority)} priority`,
    dueAt ? `due ${showDue(dueAt, pair)}` : 'no due date',
    escapeText(stateName(state, pair)),
    ...(o.note ? [o.note] : []),
  ];
  return [
    section(literal(shorten(`#${number} ${title}`, 200)), {
      accessory: button({ text: 'Open', actionId, value, label: `Open task ${number}` }),
    }),
    context(facts.join(' · ')),
  ];
}
