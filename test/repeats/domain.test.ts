import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findRepeat, isSameKind, kindOf, type PastWork } from '../../src/repeats/domain.ts';

const of = (title: string, category: string | null = null) => ({ title, category });

describe('work is of one kind', () => {
  test.each([
    ['Book the flights to Boston', 'Book flight to Chicago'],
    ['Expense report March', 'Expense reports for April 2026'],
    ['Réserver l’hôtel à Lyon', 'Reserver l’hotel a Paris'],
    ['Send invoice #12', 'send INVOICE 13!'],
    ['Weekly report: sales', 'Sales report, week 7'],
  ])('%s, and %s', (a, b) => expect(isSameKind(of(a), of(b))).toBe(true));

  test.each([
    ['Order ink', 'Order paper'],
    ['Book the flights', 'Cancel the hotel'],
    ['Invoice 1', 'Invoice 2'],
    ['2026-03-01', '2026-03-01'],
    ['', ''],
  ])('but not: %s, and %s', (a, b) => expect(isSameKind(of(a), of(b))).toBe(false));

  test('only within one category', () => {
    expect(isSameKind(of('Book a flight', 'Travel'), of('Book a flight', 'Travel'))).toBe(true);
    expect(isSameKind(of('Book a flight', 'Travel'), of('Book a flight', null))).toBe(false);
  });

  const words = fc.array(fc.constantFrom('book', 'flight', 'hotel', 'report', 'sale', 'ink'), {
    minLength: 2,
    maxLength: 6,
  });

  test('whichever comes first, in whatever order, case and with whatever numbers', () => {
    fc.assert(
      fc.property(words, words, fc.nat(), (a, b, number) => {
        const [one, two] = [of(a.join(' ')), of(b.join(' '))];
        expect(isSameKind(one, two)).toBe(isSameKind(two, one));
        const turned = of(`${a.toReversed().join(' - ').toUpperCase()} ${number}`);
        expect(kindOf(turned.title)).toEqual(kindOf(one.title));
        expect(isSameKind(one, turned)).toBe(kindOf(one.title).size >= 2);
      }),
    );
  });

  test('any text that people can type is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (title) => {
        expect(kindOf(title)).toEqual(kindOf(` ${title}! `));
      }),
    );
  });
});

describe('the kind that is proposed', () => {
  const past = (...titles: string[]): PastWork[] =>
    titles.map((title, index) => ({
      ...of(title),
      id: `D${index}`,
      number: titles.length - index,
    }));

  test('came three times, and is named as the newest that all are like', () => {
    const work = past('Book flight Rome', 'Order ink', 'Book flight Oslo', 'Book flight Bonn');
    const found = findRepeat(work, []);
    expect(found?.example.title).toBe('Book flight Rome');
    expect(found?.all.map(({ number }) => number)).toEqual([4, 2, 1]);
    expect(findRepeat(work.slice(0, 3), [])).toBeNull();
  });

  test('is no duty yet and was never proposed', () => {
    const work = past('Book flight Rome', 'Book flight Oslo', 'Book flight Bonn');
    expect(findRepeat(work, [of('Book a flight', 'Travel')])).toBeNull();
    expect(findRepeat(work, [of('Sort the inbox')])).not.toBeNull();
  });

  test('always came often enough, whatever was handed over, and is not found twice', () => {
    const title = fc
      .array(fc.constantFrom('book', 'flight', 'rome', 'report', 'sale'), { maxLength: 4 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(title, { maxLength: 12 }), (titles) => {
        const found = findRepeat(past(...titles), []);
        if (!found) return;
        expect(found.all.length).toBeGreaterThanOrEqual(3);
        expect(found.all.every((one) => isSameKind(one, found.example))).toBe(true);
        const again = findRepeat(past(...titles), [found.example]);
        expect(again?.example.title).not.toBe(found.example.title);
      }),
    );
  });
});
