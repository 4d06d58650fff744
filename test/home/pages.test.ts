import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HomePlace, HomeSection } from '../../src/feature.ts';
import { pageOf } from '../../src/home/domain/pages.ts';
import { buildHome, type HomeModel } from '../../src/home/views/home.ts';
import { validateView } from '../../src/sandbox/limits/index.ts';
import { actions, button, mrkdwn, section } from '../../src/slack/blocks.ts';

const PLACES: HomePlace[] = ['waiting', 'next', 'pair', 'away', 'privacy'];

const Entry = fc.record({ blocks: fc.integer({ min: 1, max: 8 }), bytes: fc.nat(500) });

test('turning the pages shows every entry once, in order, and never more than there is room for', () => {
  fc.assert(
    fc.property(fc.array(Entry, { minLength: 1, maxLength: 60 }), (entries) => {
      const room = { blocks: 10, bytes: 1000 };
      const seen: unknown[] = [];
      let offset: number | null = 0;
      while (offset !== null) {
        const page: ReturnType<typeof pageOf<(typeof entries)[number]>> = pageOf(entries, {
          offset,
          room,
          sizeOf: (entry) => entry,
        });
        expect(page.shown.length).toBeGreaterThan(0);
        const blocks = page.shown.reduce((sum, one) => sum + one.blocks, 0);
        if (page.shown.length > 1) expect(blocks).toBeLessThanOrEqual(room.blocks);
        if (page.after !== null)
          expect(pageOf(entries, { offset: page.after, room, sizeOf: (one) => one }).before).toBe(
            page.offset,
          );
        seen.push(...page.shown);
        offset = page.after;
      }
      expect(seen).toEqual(entries);
    }),
  );
});

test('a page that is not there any more becomes the last one', () => {
  const page = pageOf(['a', 'b', 'c'], {
    offset: 40,
    room: { blocks: 2, bytes: 100 },
    sizeOf: () => ({ blocks: 1, bytes: 1 }),
  });
  expect([page.shown, page.offset, page.after]).toEqual([['c'], 2, null]);
});

const entryOf = (place: HomePlace, index: number, length: number): HomeSection => ({
  place,
  blocks: [
    section(mrkdwn(`${place} ${index} ${'ä'.repeat(length)}`)),
    actions('same-id', [button({ text: 'Do it', actionId: 'x.do', value: String(index) })]),
  ],
});

const model = (o: Partial<HomeModel>): HomeModel => ({
  zone: 'Asia/Manila',
  isNew: false,
  isPaired: true,
  sections: [],
  missing: [],
  offsets: {},
  offered: [],
  ...o,
});

describe('a Home tab with more than fits', () => {
  const sections = PLACES.flatMap((place) =>
    Array.from({ length: 200 }, (_, index) => entryOf(place, index, 2900)),
  );
  const groups = ['follow', 'talk', 'time', 'agreed', 'settings'] as const;
  const offered = groups.flatMap((group) =>
    Array.from({ length: 12 }, (_, rank) => ({
      text: `Button ${rank}`,
      actionId: `x.${group}.${rank}`,
      group,
      rank,
    })),
  );

  test('stays within what Slack takes, on every page', () => {
    const short = PLACES.flatMap((place) =>
      Array.from({ length: 200 }, (_, index) => entryOf(place, index, 1)),
    );
    const o = { offered, isNew: true, missing: ['charter'] };
    for (const offset of [0, 30, 199]) {
      const offsets = Object.fromEntries(PLACES.map((place) => [place, offset]));
      for (const shown of [sections, short]) {
        const view = buildHome(model({ ...o, sections: shown, offsets }));
        expect(validateView(view)).toEqual([]);
        expect(view.blocks.length).toBeLessThanOrEqual(100);
      }
    }
  });

  test('says how much there is and has buttons to turn the page', () => {
    const text = JSON.stringify(buildHome(model({ sections })));
    expect(text).toContain('Waiting for you (200)');
    expect(text).toMatch(/1 to \d+ of 200\./);
    expect(text).toContain('"text":"More"');
    expect(text).not.toContain('"text":"Back"');
    const later = JSON.stringify(buildHome(model({ sections, offsets: { waiting: 30 } })));
    expect(later).toContain('"text":"Back"');
  });
});

test('nothing that waits is said in words, and a part that failed is named', () => {
  const text = JSON.stringify(buildHome(model({ missing: ['reminders'] })));
  expect(text).toContain('Nothing waits for you.');
  expect(text).toContain('could not be loaded and is tried again in a minute: reminders.');
});

test('buttons stand under the heading of their group, what is pressed most first', () => {
  const of = (text: string, group: 'talk' | 'settings', rank: number) => ({
    text,
    actionId: text,
    group,
    rank,
  });
  const offered = [of('Help', 'settings', 5), of('Later', 'talk', 2), of('Often', 'talk', 1)];
  const { blocks } = buildHome(model({ offered }));
  const words = JSON.stringify(blocks).match(
    /\*(Talk|Settings|Time)\*|"text":"(Help|Later|Often)"/g,
  );
  expect(words).toEqual([
    '*Talk*',
    '"text":"Often"',
    '"text":"Later"',
    '*Settings*',
    '"text":"Help"',
  ]);
});
