import { describe, expect, test } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { decodeTable } from '../../src/delegations/domain/import/decode.ts';
import {
  type LineContext,
  type RawLine,
  readLine,
} from '../../src/delegations/domain/import/lines.ts';
import { planLines } from '../../src/delegations/flows/import/plan.ts';
import { readTable } from '../../src/delegations/views/import/table.ts';
import { toCsv } from '../../src/privacy/views/files.ts';

const context: LineContext = {
  calendar: {
    zone: 'Asia/Manila',
    weekly: {
      mon: [['09:00', '17:00']],
      tue: [['09:00', '17:00']],
      wed: [],
      thu: [],
      fri: [],
      sat: [],
      sun: [],
    },
  },
  zone: 'America/New_York',
  categories: ['Travel', 'Money'],
  now: DateTime.fromISO('2026-11-23T00:00:00Z'),
};

function decoded(bytes: Uint8Array | string): string {
  const read = decodeTable(Buffer.from(bytes));
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

function plan(lines: readonly RawLine[], pairId = 'P1') {
  return planLines(lines, { ...context, pairId, onProgress: async () => {} });
}

describe('a file', () => {
  test.each([
    ['UTF-8', Buffer.from('title\nCafé 部屋')],
    ['UTF-8 with a mark', Buffer.from('\ufefftitle\nCafé 部屋')],
    ['UTF-16', Buffer.from('\ufefftitle\nCafé 部屋', 'utf16le')],
    ['UTF-16 the other way round', Buffer.from('\ufefftitle\nCafé 部屋', 'utf16le').swap16()],
  ])('is read as %s', (_, bytes) => {
    expect(decoded(bytes)).toBe('title\nCafé 部屋');
  });

  test('is read as Windows-1252 when it is nothing else', () => {
    expect(decoded(Buffer.from('title\nCaf\xe9 \x80 5', 'latin1'))).toBe('title\nCafé € 5');
    expect(decoded(Buffer.from('title\nabc', 'utf16le'))).toBe('title\nabc');
  });

  test.each([
    ['', 'This file is empty.'],
    ['\ufeff \r\n', 'This file is empty.'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'This is a workbook and not a CSV file.'],
    [Buffer.from([0, 1, 2, 0, 0, 0, 9, 0]), 'This is not a text file.'],
  ])('that is no text is refused with what to do: %#', (bytes, sentence) => {
    const read = decodeTable(Buffer.from(bytes));
    expect(read.ok ? '' : read.message).toContain(sentence);
  });
});

describe('a table', () => {
  test.each([
    ['Book the flights,tomorrow\nCall Bob,', 'one of them has to be “title”'],
    ['title,due\n', 'there is no line with a task'],
    ['title,task\na,b', 'These columns mean the same: “title”, “task”.'],
    ['title\n"open', 'a quotation mark opens that is never closed'],
    [`title\n${'x\n'.repeat(20_001)}`, 'This file has 20,001 lines.'],
  ])('without what it needs is refused: %#', (text, sentence) => {
    const { problems } = readTable(text);
    expect(problems).toEqual([{ line: null, message: expect.stringContaining(sentence) }]);
  });

  test.each([
    ['comma', 'Title,Due date,mood\na,b,c'],
    ['semicolon', 'Title;Due date;mood\r\na;b;c\r\n'],
    ['tab', 'Title\tDue date\tmood\ra\tb\tc'],
    ['announced separator', 'sep=;\nTitle;Due date;mood\na;b;c'],
  ])('is cut at each %s', (kind, text) => {
    const { lines, unknown, problems } = readTable(text);
    const line = kind === 'announced separator' ? 3 : 2;
    expect(lines).toEqual([{ line, fields: { title: 'a', due: 'b' } }]);
    expect(unknown).toEqual(['mood']);
    expect(problems).toEqual([]);
  });

  test('counts lines as an editor does, also behind quotation marks and empty lines', () => {
    const { lines } = readTable('title,notes\n"a\nb","c\r\nd"\n\n5" disk,x\n,\nlast,');
    expect(lines.map(({ line }) => line)).toEqual([2, 6, 8]);
    expect(lines[1]?.fields.title).toBe('5" disk');
  });

  test('gives back whatever a spreadsheet can write', () => {
    const field = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replaceAll('\0', ''));
    const rows = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t'), (written, delimiter) => {
        const kept = written.filter((row) => row.some((one) => one.trim() !== ''));
        fc.pre(kept.length > 0);
        const text = stringify([['title', 'notes'], ...written], { delimiter, quoted: true });
        const { lines, problems } = readTable(decoded(text));
        expect(problems).toEqual([]);
        expect(lines.map(({ fields }) => [fields.title, fields.definitionOfDone])).toEqual(kept);
      }),
      { numRuns: 100 },
    );
  });

  test('that Tandem exported can be imported, formulas as text', () => {
    const row = { id: 'x-1', title: '=1+1', definitionOfDone: '-ok', priority: 2, state: 'new' };
    const { lines, unknown } = readTable(decoded(toCsv([row])));
    const [raw] = lines;
    const read = readLine(raw ?? { line: 0, fields: {} }, context);
    expect(read).toMatchObject({
      ok: true,
      value: { title: '=1+1', definitionOfDone: '-ok', priority: 2 },
    });
    expect(unknown).toEqual(['state']);
  });
});

describe('a line', () => {
  const due = (text: string, time = '') => {
    const read = readLine({ line: 2, fields: { title: 'a', due: text, dueTime: time } }, context);
    return read.ok ? read.value.dueAt : read.messages.join(' ');
  };

  test.each([
    ['2026-12-01 17:00', '', '2026-12-01T22:00:00.000Z'],
    ['1.12.2026', '9:30', '2026-12-01T14:30:00.000Z'],
    ['2026-12-01', '', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T10:00:00Z', '', '2026-12-01T10:00:00.000Z'],
    ['2026-12-01T10:00:00.000+08:00', '', '2026-12-01T02:00:00.000Z'],
  ])('is due at %s %s on the clock of whoever imports it', (text, time, at) => {
    expect(due(text, time)).toBe(at);
  });

  test.each([
    ['12/01/2026', '', 'is not a date that I can read'],
    ['2026-02-30', '', 'is not a date that I can read'],
    ['2026-11-01', '', 'has passed already'],
    ['2020-01-01T00:00:00Z', '', 'has passed already'],
    ['2031-01-01', '', 'more than two years ahead'],
    ['2026-12-01', '25:00', 'is not a time'],
    ['', '09:00', 'no date for it'],
  ])('with a date like %s %s is refused', (text, time, sentence) => {
    expect(due(text, time)).toContain(sentence);
  });

  test('says everything that is wrong with it', () => {
    const fields = {
      title: 'x'.repeat(151),
      priority: '7',
      level: 'maybe',
      category: 'Nope',
      estimate: 'ages',
      sopUrl: 'javascript:1',
    };
    const read = readLine({ line: 2, fields }, context);
    expect(read.ok ? [] : read.messages).toEqual([
      'The title is longer than 150 characters (151).',
      'There is no priority “7”. Write urgent, high, normal or low, or 1 to 4.',
      'There is no level “maybe”. Write do, propose or ask.',
      'There is no category “Nope”. Write one of Travel, Money.',
      '“ages” is not a length of time up to 200 hours. Write it like 45 min or 1h 30m.',
      '“javascript:1” is not a web link, which starts with https://.',
    ]);
  });

  test('never breaks on what people write', () => {
    const field = fc.string({ unit: 'binary', maxLength: 40 });
    const record = fc.record({
      title: field,
      due: field,
      dueTime: field,
      sopUrl: field,
      estimate: field,
    });
    fc.assert(
      fc.property(record, (fields) => {
        const read = readLine({ line: 2, fields }, context);
        if (read.ok) expect(read.value.title).toMatch(/^\S[^\0]*$/su);
        else expect(read.messages.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the id of a line', () => {
  const raw = (line: number, fields: RawLine['fields']): RawLine => ({ line, fields });

  test('is the same for the same line of a pair, wherever it stands', async () => {
    const first = await plan([raw(2, { title: 'a' }), raw(3, { title: 'b', due: '' })]);
    const second = await plan([raw(2, { title: 'b' }), raw(3, { title: 'a' })]);
    const other = await plan([raw(2, { title: 'a' })], 'P2');
    const ids = (of: typeof first) => of.lines.map(({ id }) => id);
    expect(ids(second)).toEqual(ids(first).toReversed());
    expect(ids(first)).not.toContain(ids(other)[0]);
  });

  test('tells two equal lines apart, and follows the id column where there is one', async () => {
    const twice = await plan([raw(2, { title: 'a' }), raw(3, { title: 'a' })]);
    expect(new Set(twice.lines.map(({ id }) => id)).size).toBe(2);
    const named = await plan([raw(2, { title: 'a', externalId: '1' })]);
    const renamed = await plan([raw(2, { title: 'b', externalId: '1' })]);
    expect(named.lines[0]?.id).toBe(renamed.lines[0]?.id);
    const clash = await plan([
      raw(2, { title: 'a', externalId: '1' }),
      raw(3, { title: 'b', externalId: '1' }),
    ]);
    expect(clash.problems).toMatchObject([
      { line: 3, message: 'The id “1” stands in line 2 already.' },
    ]);
  });
});
