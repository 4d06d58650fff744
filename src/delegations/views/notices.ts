import type { KnownBlock } from '@slack/types';
import type { Pair, Role } from '../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Change } from '../domain/history.ts';
import type { NoticeKind } from '../domain/notices.ts';
import { OPEN, showDue } from './card.ts';
import { OPEN_LIST } from './list.ts';
import { type ListPlace, refOf } from './values.ts';
import { levelName, priorityName } from './words.ts';

/** What a notice says, once it is known what happened last. */
export type LineKind = Exclude<NoticeKind, 'news'> | 'answered' | 'changed' | 'changed_terms';

/** One thing to be said about one delegation. */
export type NoticeLine = {
  kind: LineKind;
  delegation: Delegation;
  /** The change that it is about, when it was said why. */
  last: Change | undefined;
};

/** Lines of one message; the others are counted. */
const LINES = 10;

/** In this order, each under a heading of its own. */
const HEADINGS: readonly [LineKind, string][] = [
  ['question', 'asks before going on'],
  ['waiting', 'waits for you'],
  ['still_waiting', 'still waits for you'],
  ['delivered', 'delivered, please check'],
  ['unaccepted_executive', 'has not accepted yet'],
  ['answered', 'answered'],
  ['handed', 'handed over to you'],
  ['changed_terms', 'changed, please accept again'],
  ['changed', 'changed'],
  ['reopened', 'reopened'],
  ['unaccepted', 'waits for you to accept or ask'],
  ['due_hours', 'Due soon'],
  ['due_day', 'Due next'],
  ['dropped', 'will not be done any more'],
];

/** Several things for one person about one pair, in one direct message. */
export function buildNotices(o: {
  pair: Pair;
  to: Role;
  lines: readonly NoticeLine[];
}): OutgoingMessage {
  const { pair, to, lines } = o;
  const partner = mentionUser((to === 'ea' ? pair.executive : pair.ea).userId);
  const groups = HEADINGS.flatMap(([kind, words]) => {
    const of = lines.filter((line) => line.kind === kind);
    if (of.length === 0) return [];
    const heading = kind.startsWith('due_') ? words : `${partner} ${words}`;
    return [{ heading, lines: of }];
  });
  let left = LINES;
  const blocks = groups.flatMap(({ heading, lines: of }): KnownBlock[] => {
    const shown = of.slice(0, left);
    left -= shown.length;
    if (shown.length === 0) return [];
    return [section(mrkdwn(`*${heading}:*`)), ...shown.flatMap((line) => buildLine(line, pair))];
  });
  const hidden = lines.length - Math.min(lines.length, LINES);
  const filter = to === 'ea' ? 'mine' : 'waiting';
  return {
    text: sayAll(groups),
    blocks: [
      ...blocks,
      ...(hidden > 0 ? [buildRest(hidden, { pairId: pair.id, filter, offset: 0 })] : []),
    ],
  };
}

function sayAll(groups: readonly { heading: string; lines: readonly NoticeLine[] }[]): string {
  return groups
    .map(({ heading, lines }) => {
      const [first] = lines;
      const title = first ? titleOf(first.delegation) : '';
      const more = lines.length > 1 ? ` and ${lines.length - 1} more` : '';
      return `${heading}: ${title}${more}`;
    })
    .join('. ');
}

function titleOf({ number, title }: Delegation): string {
  return `#${number} ${escapeText(shorten(title, 100))}`;
}

function buildLine({ delegation, last, kind }: NoticeLine, pair: Pair): KnownBlock[] {
  const { dueAt, priority, level, number } = delegation;
  const facts = [
    dueAt ? `Due ${showDue(dueAt, pair)}` : 'No due date',
    ...(SAYS_TERMS.has(kind) ? [`${priorityName(priority)} priority`, levelName(level)] : []),
  ];
  const why = last?.why && SAYS_WHY.has(kind) ? [section(literal(`“${last.why}”`))] : [];
  return [
    section(literal(`#${number} ${delegation.title}`), {
      accessory: button({
        text: 'Open',
        actionId: OPEN,
        value: refOf(delegation),
        label: `Open task ${number}`,
      }),
    }),
    context(facts.join(' · ')),
    ...why,
  ];
}

const SAYS_TERMS: ReadonlySet<LineKind> = new Set(['handed', 'changed', 'changed_terms']);

const SAYS_WHY: ReadonlySet<LineKind> = new Set([
  'question',
  'waiting',
  'still_waiting',
  'reopened',
  'dropped',
  'answered',
]);

function buildRest(hidden: number, place: ListPlace): KnownBlock {
  return actions('rest', [
    button({ text: `And ${hidden} more…`, actionId: OPEN_LIST, value: JSON.stringify(place) }),
  ]);
}

/** All that is overdue with one person, in one direct message of a day. */
export function buildOverdue(
  groups: readonly {
    pair: Pair;
    delegations: readonly Delegation[];
    total: number;
    isMore: boolean;
  }[],
): OutgoingMessage {
  const total = groups.reduce((sum, one) => sum + one.total, 0);
  const isMore = groups.some((one) => one.isMore);
  const many = `${total.toLocaleString('en')}${isMore ? '+' : ''}`;
  const text = total === 1 ? '1 task is overdue.' : `${many} tasks are overdue.`;
  const advice = 'Deliver, say what you wait for, or agree on another date.';
  return {
    text: `${text} ${advice}`,
    blocks: [
      section(mrkdwn(`*${text}* ${advice}`)),
      ...groups.flatMap(({ pair, delegations, total: all }): KnownBlock[] => {
        const hidden = all - delegations.length;
        const place = { pairId: pair.id, filter: 'overdue' as const, offset: 0 };
        return [
          ...(groups.length > 1
            ? [section(mrkdwn(`*With ${mentionUser(pair.executive.userId)}*`))]
            : []),
          ...delegations.flatMap((delegation) =>
            buildLine({ kind: 'overdue', delegation, last: undefined }, pair),
          ),
          ...(hidden > 0 ? [buildRest(hidden, place)] : []),
        ].map((block) =>
          block.type === 'actions' ? { ...block, block_id: `rest.${pair.id}` } : block,
        );
      }),
    ],
  };
}
