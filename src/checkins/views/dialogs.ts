import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Pair, Role } from '../../pairs/index.ts';
import {
  actions,
  button,
  context,
  divider,
  input,
  literal,
  mrkdwn,
  option,
  plain,
  section,
  staticSelect,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import { type Answers, type Checkin, questionsFor, SCALE } from '../domain/checkin.ts';

export const CHOOSE_MODAL = 'checkins.choose-pair';
export const PAGE = 'checkins.page';
/** Followed by what is opened: several of these buttons stand in one block. */
export const OPEN = 'checkins.open';

export const PURPOSES = ['checkin', 'history', 'settings'] as const;

const ChooseFor = z.object({ purpose: z.enum(PURPOSES) });

export type ChooseFor = z.infer<typeof ChooseFor>['purpose'];

/** What a button carries that opens one of them: the pair, where it is known. */
export const OpenValue = z.object({ pairId: z.string().optional() });

/** Asks somebody who is in several pairs which one is meant. */
export function buildPairChoice(o: {
  pairs: readonly Pair[];
  userId: string;
  purpose: ChooseFor;
}): ModalView {
  const options = o.pairs.slice(0, 100).map((pair) => {
    const partner = pair.executive.userId === o.userId ? pair.ea : pair.executive;
    return option(partner.name, pair.id);
  });
  return {
    type: 'modal',
    callback_id: CHOOSE_MODAL,
    private_metadata: JSON.stringify({ purpose: o.purpose }),
    title: plain('Check-in'),
    submit: plain('Next'),
    close: plain('Cancel'),
    blocks: [
      input({
        blockId: 'pair',
        label: 'With whom?',
        hint: 'In the channel of a pair, the command knows by itself.',
        element: staticSelect(options),
      }),
    ],
  };
}

export function parsePairChoice(
  view: SubmittedView,
): Parsed<{ pairId: string; purpose: ChooseFor }> {
  const { purpose } = parseCarried(view.private_metadata, ChooseFor);
  const form = parseForm(view, z.object({ pair: z.string('Choose a person.') }));
  return form.ok ? { ok: true, value: { pairId: form.value.pair, purpose } } : form;
}

/** One whole entry, to read. */
export function buildEntryModal(o: {
  checkin: Checkin;
  role: Role;
  authorName: string;
}): ModalView {
  return {
    type: 'modal',
    title: plain('Check-in'),
    close: plain('Close'),
    blocks: [
      section(mrkdwn(`*${escapeText(o.authorName)}*, ${formatLocalDate(o.checkin.dueOn)}`)),
      ...describeAnswers(o.role, o.checkin.answers, 3000),
    ],
  };
}

function describeAnswers(role: Role, answers: Answers, limit: number): KnownBlock[] {
  return questionsFor(role).flatMap((question): KnownBlock[] => {
    const answer = answers[question.id];
    if (!answer) return [];
    const shown =
      question.kind === 'scale'
        ? (SCALE.find((one) => one.value === answer)?.label ?? answer)
        : answer;
    return [
      section(mrkdwn(`*${escapeText(question.label)}*`)),
      section(literal(shorten(shown, limit))),
    ];
  });
}

export const PAGE_SIZE = 5;

/** Where a page of the history starts. */
export const PageValue = z.object({ pairId: z.string(), offset: z.number().int().min(0) });

export type HistoryPage = {
  pair: Pair;
  offset: number;
  total: number;
  entries: { checkin: Checkin; role: Role; authorName: string }[];
};

export function buildHistoryModal(page: HistoryPage): ModalView {
  const { pair, offset, total, entries } = page;
  const names = `${escapeText(pair.executive.name)} and ${escapeText(pair.ea.name)}`;
  const last = offset + entries.length;
  const range =
    total === 0
      ? 'No check-ins yet. `/ea-checkin` starts the first one.'
      : `${offset + 1} to ${last} of ${total}, newest first.`;
  return {
    type: 'modal',
    title: plain('Check-in history'),
    close: plain('Close'),
    blocks: [
      section(mrkdwn(`*Check-ins of ${names}*`)),
      context(range),
      ...entries.flatMap((entry) => [divider(), ...describeEntry(entry)]),
      ...buildPaging(page),
    ],
  };
}

function describeEntry(entry: HistoryPage['entries'][number]): KnownBlock[] {
  const { checkin, role, authorName } = entry;
  const edited = checkin.editedAt ? ' _(edited)_' : '';
  return [
    section(mrkdwn(`*${escapeText(authorName)}*, ${formatLocalDate(checkin.dueOn)}${edited}`)),
    ...describeAnswers(role, checkin.answers, 3000),
  ];
}

function buildPaging({ pair, offset, total, entries }: HistoryPage): KnownBlock[] {
  const at = (start: number) => JSON.stringify({ pairId: pair.id, offset: start });
  const newer =
    offset > 0
      ? [
          button({
            text: 'Newer',
            actionId: `${PAGE}.newer`,
            value: at(Math.max(0, offset - PAGE_SIZE)),
          }),
        ]
      : [];
  const older =
    offset + entries.length < total
      ? [button({ text: 'Older', actionId: `${PAGE}.older`, value: at(offset + PAGE_SIZE) })]
      : [];
  const buttons = [...newer, ...older];
  return buttons.length > 0 ? [actions('paging', buttons)] : [];
}
