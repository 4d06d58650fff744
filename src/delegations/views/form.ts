import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  context,
  input,
  mrkdwn,
  option,
  plain,
  radioButtons,
  section,
  staticSelect,
} from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatMinutes } from '../../time/minutes.ts';
import { zoneCity } from '../../time/zones.ts';
import { MAX_DONE, MAX_LINK, MAX_TITLE } from '../domain/delegation.ts';
import type { AwayChoice, DelegationCarried, DelegationFields } from './fields.ts';
import { LEVEL_OPTIONS, PRIORITY_OPTIONS } from './words.ts';

export const DELEGATION_MODAL = 'delegations.save';

export type DelegationForm = DelegationFields & {
  carried: DelegationCarried;
  /** Pairs to choose from; no choice is shown for one. */
  pairs: { id: string; label: string }[];
  /** Of the reader, and of the other one when it differs: null when both live by one clock. */
  clocks: { mine: string; theirs: string; theirName: string } | null;
  categories: readonly string[];
  /** A sentence at the top. */
  notice: string | null;
  /** How the due time was understood, lines of mrkdwn. */
  preview: string[];
  awayOptions: { value: AwayChoice; label: string }[];
};

export function buildDelegationModal(form: DelegationForm): ModalView {
  const isNew = form.carried.delegationId === null;
  return {
    type: 'modal',
    callback_id: DELEGATION_MODAL,
    private_metadata: JSON.stringify(form.carried),
    title: plain(isNew ? 'Hand over work' : 'Change a task'),
    submit: plain(isNew ? 'Hand over' : 'Save changes'),
    close: plain('Cancel'),
    blocks: [
      ...(form.notice ? [section(mrkdwn(`*${escapeText(form.notice)}*`))] : []),
      ...form.preview.map((line) => section(mrkdwn(line))),
      ...buildAway(form),
      ...buildPairs(form),
      ...buildWhat(form),
      ...buildDue(form),
      ...buildHow(form),
    ],
  };
}

function buildAway({ awayOptions, away }: DelegationForm): KnownBlock[] {
  if (awayOptions.length === 0) return [];
  const options = awayOptions.map(({ value, label }) => option(label, value));
  return [
    input({
      blockId: 'away',
      label: 'When is it due then?',
      element: radioButtons(options, away ?? undefined),
    }),
  ];
}

function buildPairs({ pairs, pairId }: DelegationForm): KnownBlock[] {
  if (pairs.length < 2) return [];
  const options = pairs.map(({ id, label }) => option(label, id));
  return [
    input({
      blockId: 'pairId',
      label: 'For whom?',
      element: staticSelect(options, pairId ?? undefined),
    }),
  ];
}

function buildWhat(form: DelegationForm): KnownBlock[] {
  return [
    input({
      blockId: 'title',
      label: 'What is to be done?',
      element: {
        type: 'plain_text_input',
        max_length: MAX_TITLE,
        ...(form.title && { initial_value: shorten(form.title, MAX_TITLE) }),
      },
    }),
    ...(form.carried.source
      ? [context('A link to the message comes with it. What the message says is not kept.')]
      : []),
    input({
      blockId: 'definitionOfDone',
      label: 'When is it done?',
      hint: 'What you would check: "Flights booked, receipt in the folder, calendar updated".',
      optional: true,
      element: {
        type: 'plain_text_input',
        multiline: true,
        max_length: MAX_DONE,
        ...(form.definitionOfDone && {
          initial_value: shorten(form.definitionOfDone, MAX_DONE),
        }),
      },
    }),
  ];
}

function buildDue({ dueOn, dueTime, clock, clocks }: DelegationForm): KnownBlock[] {
  return [
    input({
      blockId: 'dueOn',
      label: 'Due on',
      optional: true,
      element: { type: 'datepicker', ...(dueOn && { initial_date: dueOn }) },
    }),
    input({
      blockId: 'dueTime',
      label: 'Due at',
      hint: 'Empty: when the EA’s work ends on that day.',
      optional: true,
      element: { type: 'timepicker', ...(dueTime && { initial_time: dueTime }) },
    }),
    ...(clocks
      ? [
          input({
            blockId: 'clock',
            label: 'On whose clock?',
            element: staticSelect(clockOptions(clocks), clock),
          }),
        ]
      : []),
  ];
}

function clockOptions(clocks: NonNullable<DelegationForm['clocks']>): PlainTextOption[] {
  const { mine, theirs, theirName } = clocks;
  return [
    option(`My clock (${zoneCity(mine)})`, 'mine'),
    option(`${shorten(theirName, 40)}’s clock (${zoneCity(theirs)})`, 'theirs'),
  ];
}

function buildHow(form: DelegationForm): KnownBlock[] {
  const known = form.category && !form.categories.includes(form.category) ? [form.category] : [];
  const categories = [...form.categories, ...known].map((one) => option(one, one));
  return [
    input({
      blockId: 'priority',
      label: 'Priority',
      element: staticSelect(PRIORITY_OPTIONS, String(form.priority)),
    }),
    input({
      blockId: 'level',
      label: 'How free is the EA?',
      element: staticSelect(LEVEL_OPTIONS, form.level),
    }),
    ...(categories.length > 0
      ? [
          input({
            blockId: 'category',
            label: 'Category',
            optional: true,
            element: staticSelect(categories.slice(0, 100), form.category ?? undefined),
          }),
        ]
      : []),
    input({
      blockId: 'estimate',
      label: 'Estimate',
      hint: 'Such as 45 min, 1h 30m or 2 h.',
      optional: true,
      element: {
        type: 'plain_text_input',
        max_length: 20,
        ...(form.estimateMinutes && { initial_value: formatMinutes(form.estimateMinutes) }),
      },
    }),
    input({
      blockId: 'sopUrl',
      label: 'Link to instructions',
      optional: true,
      element: {
        type: 'plain_text_input',
        max_length: MAX_LINK,
        ...(form.sopUrl && { initial_value: form.sopUrl }),
      },
    }),
  ];
}
