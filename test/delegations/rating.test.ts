import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { placeRating, type RatingContent, SCORES } from '../../src/delegations/domain/rating.ts';
import { describeAverage } from '../../src/delegations/views/rating.ts';

const AT = DateTime.fromISO('2026-03-02T09:00:00Z');
const content = fc.record<RatingContent>({
  score: fc.constantFrom(...SCORES, null),
  aPlus: fc.constantFrom(null, 'Shorter', 'With receipts'),
});

describe('what the executive says about a delivery', () => {
  test('changes what the EA has not seen, and is put beside what she has seen', () => {
    const said = { position: 2, score: 3, aPlus: null } as const;
    const next = { score: 4, aPlus: null } as const;
    expect(placeRating(undefined, next)).toEqual({ position: 1, replaces: false });
    expect(placeRating({ ...said, seenAt: null }, next)).toEqual({ position: 2, replaces: true });
    expect(placeRating({ ...said, seenAt: AT }, next)).toEqual({ position: 3, replaces: false });
    expect(placeRating({ ...said, seenAt: null }, { score: 3, aPlus: null })).toBeNull();
    expect(placeRating({ ...said, seenAt: null }, { score: null, aPlus: null })).toBeNull();
  });

  test('never touches what the EA has seen, whatever is said and looked at in between', () => {
    const deed = fc.oneof(content, fc.constant('looks' as const));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
        let rows: (RatingContent & { position: number; seenAt: DateTime | null })[] = [];
        const seen = new Map<number, RatingContent>();
        for (const one of deeds) {
          if (one === 'looks') {
            rows = rows.map((row) => (row.score === null ? row : { ...row, seenAt: AT }));
            for (const row of rows) if (row.seenAt) seen.set(row.position, row);
            continue;
          }
          const place = placeRating(rows.at(-1), one);
          if (!place) continue;
          const kept = rows.filter(({ position }) => position !== place.position);
          expect(kept.length < rows.length).toBe(place.replaces);
          rows = [...kept, { ...one, position: place.position, seenAt: null }];
        }
        expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
        for (const [position, row] of seen) expect(rows[position - 1]).toMatchObject(row);
      }),
    );
  });
});

test('an average says from how many tasks it is, and with too few there is none', () => {
  expect(describeAverage({ mean: 4.25, n: 8 })).toContain('4.3 of 5 on average, from 8 tasks');
  expect(describeAverage({ mean: 5, n: 4 })).toContain('4 in the last 90 days, and it takes 5');
  expect(describeAverage({ mean: null, n: 0 })).not.toContain('NaN');
});
