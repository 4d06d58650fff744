import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareDuties,
  type DraftDuty,
  dutiesOf,
  hasChanges,
  rebaseDuties,
} from '../../src/charter/domain/charter.ts';
import { type Duty, frequencyOf, sopCoverage, sortDuties } from '../../src/charter/domain/duty.ts';
import {
  type Category,
  DEFAULT_CATEGORIES,
  describeZoneChanges,
  findCategory,
  formatLimit,
  readLimit,
  ruleInForce,
} from '../../src/charter/domain/zones.ts';
import { formatMinutes, readMinutes } from '../../src/time/minutes.ts';

function duty(id: string, changes: Partial<Duty> = {}): Duty {
  return {
    id,
    title: `Duty ${id}`,
    owner: 'ea',
    priority: 'normal',
    timing: { kind: 'recurring', pattern: { kind: 'weekly', weekdays: ['mon'] }, time: '09:00' },
    onDayOff: 'skip',
    category: null,
    doneMeans: null,
    estimateMinutes: null,
    sopUrl: null,
    kpi: null,
    ...changes,
  };
}

describe('a duty', () => {
  test.each([
    ['daily', { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }],
    ['weekly', { kind: 'weekly', weekdays: ['mon', 'thu'] }],
    ['weekly', { kind: 'everyNthWeek', weeks: 2, weekdays: ['mon'], anchorOn: '2026-03-02' }],
    ['monthly', { kind: 'businessDayOfMonth', which: 'last' }],
    ['monthly', { kind: 'dayOfMonth', day: 15 }],
  ] as const)('%s by its days', (frequency, pattern) => {
    expect(frequencyOf({ pattern: pattern as Duty['timing']['pattern'] })).toBe(frequency);
  });

  test.each([
    ['45', 45],
    ['45 min', 45],
    ['1.5 h', 90],
    ['1,5h', 90],
    ['1h30', 90],
    ['1 h 30 min', 90],
    ['2 hours', 120],
    ['16 h', 960],
    ['17 h', null],
    ['0', null],
    ['', null],
    ['a while', null],
    ['-5', null],
  ])('an estimate of “%s” is %s minutes', (text, minutes) => {
    expect(readMinutes(text, 960)).toBe(minutes);
  });

  test('what is printed is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 960 }), (minutes) => {
        expect(readMinutes(formatMinutes(minutes), 960)).toBe(minutes);
      }),
    );
  });

  test('is listed daily first, then by priority and name', () => {
    const daily = duty('d', {
      timing: {
        ...duty('d').timing,
        pattern: { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      },
      priority: 'low',
    });
    const listed = sortDuties([duty('b'), duty('a'), duty('h', { priority: 'high' }), daily]);
    expect(listed.map(({ id }) => id)).toEqual(['d', 'h', 'a', 'b']);
  });

  test('without an SOP counts against the coverage, and the coverage has its n', () => {
    expect(sopCoverage([duty('a', { sopUrl: 'https://x.example/' }), duty('b')])).toEqual({
      with: 1,
      n: 2,
    });
  });
});

describe('two versions', () => {
  test('the order of fields is no change', () => {
    const { id, ...rest } = duty('a');
    expect(hasChanges(compareDuties([duty('a')], [{ ...rest, id }]))).toBe(false);
  });

  const ids = ['a', 'b', 'c', 'd'];
  const duties = fc
    .uniqueArray(fc.constantFrom(...ids))
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((id) => fc.integer({ min: 0, max: 2 }).map((n) => duty(id, { kpi: `${n}` }))),
      ),
    );
  const draftOf = (from: readonly Duty[]): DraftDuty[] =>
    from.map((one) => ({ ...one, isRemoved: false }));

  test('a draft made on the version in force is kept as it is', () => {
    fc.assert(
      fc.property(duties, duties, (base, drafted) => {
        const kept = new Set(drafted.map(({ id }) => id));
        const draft = [
          ...draftOf(drafted),
          ...base.filter(({ id }) => !kept.has(id)).map((one) => ({ ...one, isRemoved: true })),
        ];
        const rebased = rebaseDuties({ base, draft, current: base });
        expect(hasChanges(compareDuties(dutiesOf({ duties: rebased }), drafted))).toBe(false);
      }),
    );
  });

  test('a draft without changes becomes what is in force meanwhile', () => {
    fc.assert(
      fc.property(duties, duties, (base, current) => {
        const rebased = rebaseDuties({ base, draft: draftOf(base), current });
        expect(hasChanges(compareDuties(dutiesOf({ duties: rebased }), current))).toBe(false);
      }),
    );
  });
});

describe('zones', () => {
  const travel: Category = {
    id: 'travel',
    name: 'Travel',
    zone: 'do',
    limit: { amount: 500, currency: 'USD' },
    whenAway: { zone: 'maybe', limit: null },
  };

  test('switch by themselves while the executive is away, where there is a rule for it', () => {
    expect(ruleInForce(travel, { executiveIsAway: false })).toEqual({
      zone: 'do',
      limit: { amount: 500, currency: 'USD' },
      isForAbsence: false,
    });
    expect(ruleInForce(travel, { executiveIsAway: true })).toEqual({
      zone: 'maybe',
      limit: null,
      isForAbsence: true,
    });
    const same = { ...travel, whenAway: null };
    expect(ruleInForce(same, { executiveIsAway: true }).isForAbsence).toBe(false);
  });

  test('a category is found whatever its case and spaces', () => {
    expect(findCategory(DEFAULT_CATEGORIES, '  tRAvel ')?.name).toBe('Travel');
    expect(findCategory(DEFAULT_CATEGORIES, 'Gifts')).toBeUndefined();
    expect(findCategory(DEFAULT_CATEGORIES, null)).toBeUndefined();
  });

  test.each([
    ['200 USD', '200 USD'],
    ['EUR 1,500', '1,500 EUR'],
    ['$200', '200 $'],
    ['1 500 €', '1,500 €'],
    ['12 usd', '12 USD'],
  ])('a limit typed as “%s” reads %s', (typed, shown) => {
    const read = readLimit(typed);
    expect(read.ok && read.value && formatLimit(read.value)).toBe(shown);
  });

  test.each(['200', 'a lot', '12.50 USD', 'USD 5 EUR', '-5 USD'])('“%s” is no limit', (typed) => {
    expect(readLimit(typed).ok).toBe(false);
  });

  test('any limit is read back from what is shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.constantFrom('USD', '€', 'PHP', 'A$'),
        (amount, currency) => {
          expect(readLimit(formatLimit({ amount, currency }))).toEqual({
            ok: true,
            value: { amount, currency },
          });
        },
      ),
    );
  });

  test('changes are named one by one, and none are none', () => {
    expect(describeZoneChanges([travel], [travel])).toEqual([]);
    expect(
      describeZoneChanges([travel], [{ ...travel, zone: 'never', limit: null, whenAway: null }]),
    ).toEqual([
      'Travel: Do: the EA decides, spends at most 500 USD; while the executive is away: Maybe: the EA asks first → Travel: Never: stays with the executive',
    ]);
    expect(describeZoneChanges([travel], [])).toEqual(['Removed: Travel']);
  });
});
