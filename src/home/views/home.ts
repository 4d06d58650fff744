import type { HomeView, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { ButtonGroup, HelpLine, HomePlace, HomeSection } from '../../feature.ts';
import { actions, button, context, divider, header, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText } from '../../slack/text.ts';
import { zoneCity } from '../../time/zones.ts';
import { type PageOf, pageOf, type Room } from '../domain/pages.ts';

/** Followed by the direction: two buttons of one block need two ids. */
export const TURN = 'home.turn';
export const DIRECTIONS = ['back', 'more'] as const;

const PLACES = ['waiting', 'next', 'pair', 'away', 'privacy'] as const satisfies HomePlace[];

/** What the buttons that turn a page carry. */
export const TurnValue = z.object({ place: z.enum(PLACES), offset: z.number().int().min(0) });

/** All places together stay below 100 blocks and 250 kB, with what stands between them. */
const ROOMS: Record<HomePlace, Room> = {
  waiting: { blocks: 24, bytes: 80_000 },
  next: { blocks: 10, bytes: 30_000 },
  pair: { blocks: 16, bytes: 50_000 },
  away: { blocks: 8, bytes: 30_000 },
  privacy: { blocks: 6, bytes: 20_000 },
};

const TITLES: Record<HomePlace, string> = {
  waiting: 'Waiting for you',
  next: 'Next',
  pair: 'You two',
  away: 'Away',
  privacy: 'Privacy',
};

const GROUPS: readonly [ButtonGroup, string][] = [
  ['follow', 'Hand over and follow'],
  ['talk', 'Talk'],
  ['time', 'Time'],
  ['agreed', 'Who does what'],
  ['settings', 'Settings'],
];

/** Buttons of one group. */
const MOST_BUTTONS = 8;

type Offer = NonNullable<HelpLine['button']>;

export type HomeModel = {
  /** The person's zone: all times are in it. */
  zone: string;
  /** First visit, or nobody to work with yet: a line says what this is. */
  isNew: boolean;
  /** Is one of the two in some pair. */
  isPaired: boolean;
  sections: readonly HomeSection[];
  /** Names of features that could not say what they have. */
  missing: readonly string[];
  /** Where the page of each place begins. */
  offsets: Readonly<Record<string, number>>;
  /** What the person may do. */
  offered: readonly Offer[];
};

/** One person's Home tab: what waits for them first, then the rest, and a button for each command. */
export function buildHome(model: HomeModel): HomeView {
  const blocks = [
    ...(model.isNew ? [section(mrkdwn(INTRODUCTION))] : []),
    ...PLACES.flatMap((place) => buildPlace(place, model)),
    ...buildCommands(model),
    context(
      `Times are in ${escapeText(zoneCity(model.zone))} time. This page changes by itself when something happens.`,
    ),
    ...(model.missing.length > 0 ? [context(describeMissing(model.missing))] : []),
  ];
  const shown = blocks[0]?.type === 'divider' ? blocks.slice(1) : blocks;
  return { type: 'home', blocks: shown.map(withOwnId) };
}

const INTRODUCTION =
  '*Tandem helps an executive and their remote assistant work well together*: short check-ins, reminders and days off, each on your own working hours. It keeps what you write in its forms, and never reads your channels.';

function describeMissing(names: readonly string[]): string {
  return `This part could not be loaded and is tried again in a minute: ${names.join(', ')}.`;
}

/** Sections of several features may use one id; a view may not. */
function withOwnId(block: KnownBlock, index: number): KnownBlock {
  return { ...block, block_id: `home.${index}` };
}

function buildPlace(place: HomePlace, model: HomeModel): KnownBlock[] {
  const sections = model.sections.filter((one) => one.place === place && one.blocks.length > 0);
  if (sections.length === 0)
    return place === 'waiting' && model.isPaired
      ? [header(TITLES.waiting), section(mrkdwn('Nothing waits for you.'))]
      : [];
  const page = pageOf(sections, {
    offset: model.offsets[place] ?? 0,
    room: ROOMS[place],
    sizeOf: ({ blocks }) => ({ blocks: blocks.length, bytes: sizeOf(blocks) }),
  });
  const title = titleOf(place, { count: sections.length, isPaired: model.isPaired });
  return [
    ...(place === 'waiting' ? [] : [divider()]),
    header(title),
    ...page.shown.flatMap(({ blocks }) => blocks).slice(0, ROOMS[place].blocks),
    ...buildPaging(place, page),
  ];
}

function titleOf(place: HomePlace, o: { count: number; isPaired: boolean }): string {
  if (place === 'pair' && !o.isPaired) return 'Where you look on';
  if (place !== 'waiting') return TITLES[place];
  return o.isPaired ? `${TITLES.waiting} (${o.count})` : 'Start here';
}

function sizeOf(blocks: readonly KnownBlock[]): number {
  return Buffer.byteLength(JSON.stringify(blocks));
}

function buildPaging(place: HomePlace, page: PageOf<HomeSection>): KnownBlock[] {
  const { offset, shown, total, before, after } = page;
  if (before === null && after === null) return [];
  const turn = (to: number | null, o: { text: string; direction: (typeof DIRECTIONS)[number] }) =>
    to === null
      ? []
      : [
          button({
            text: o.text,
            actionId: `${TURN}.${o.direction}`,
            value: JSON.stringify({ place, offset: to }),
            label: `${o.text}: ${TITLES[place]}`,
          }),
        ];
  return [
    context(`${offset + 1} to ${offset + shown.length} of ${total}.`),
    actions('paging', [
      ...turn(before, { text: 'Back', direction: 'back' }),
      ...turn(after, { text: 'More', direction: 'more' }),
    ]),
  ];
}

/** Group by group, in the same order for everybody. */
function buildCommands({ offered }: HomeModel): KnownBlock[] {
  const groups = GROUPS.flatMap(([group, title]): KnownBlock[] => {
    const buttons = offered
      .filter((one) => one.group === group)
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, MOST_BUTTONS)
      .map(({ text, actionId, value = '{}' }) => button({ text, actionId, value }));
    return buttons.length > 0 ? [section(mrkdwn(`*${title}*`)), actions(group, buttons)] : [];
  });
  return groups.length > 0 ? [divider(), header('Everything you can do'), ...groups] : [];
}
