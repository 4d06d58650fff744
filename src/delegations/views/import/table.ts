import { CsvError, parse } from 'csv-parse/sync';
import { type Column, readColumns } from '../../domain/import/columns.ts';
import { MAX_LINES, type Problem } from '../../domain/import/import.ts';
import type { RawLine } from '../../domain/import/lines.ts';

export type Table = { lines: RawLine[]; unknown: string[]; problems: Problem[] };

type Parsed = { info: { lines: number }; record: string[] };

/** The lines of a table with comma, semicolon or tab, by the column that each field stands in. */
export function readTable(written: string): Table {
  const text = written.replaceAll(/\r\n?/g, '\n');
  const nothing = (message: string): Table => ({
    lines: [],
    unknown: [],
    problems: [{ line: null, message }],
  });
  const separator = /^"?sep=(.)"?\n/i.exec(text);
  const body = separator ? text.slice(separator[0].length) : text;
  let records: Parsed[];
  try {
    records = parse(body, {
      delimiter: separator?.[1] ?? findDelimiter(body),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return nothing(
      'Somewhere a quotation mark opens that is never closed, so the lines after it cannot be told apart. Close it, or write it twice if it belongs to the text.',
    );
  }
  const [header, ...rest] = records;
  const filled = rest.filter(({ record }) => record.some((field) => field.trim() !== ''));
  const columns = readColumns(header?.record ?? []);
  if (!columns.ok) return nothing(columns.message);
  if (filled.length === 0)
    return nothing('This file names columns, but there is no line with a task below them.');
  if (filled.length > MAX_LINES)
    return nothing(
      `This file has ${filled.length.toLocaleString('en')} lines. Up to ${MAX_LINES.toLocaleString('en')} can be imported at once: cut it into several files.`,
    );
  const { places, unknown } = columns.value;
  const offset = separator ? 1 : 0;
  const lines: RawLine[] = [];
  const problems: Problem[] = [];
  for (const { info, record } of filled) {
    const line = offset + info.lines - countBreaks(record);
    const isLonger = record.slice(places.length).some((field) => field.trim() !== '');
    if (isLonger)
      problems.push({
        line,
        message: `There are ${record.length} values for ${places.length} columns. Put a text with a separator in it into quotation marks.`,
      });
    else lines.push({ line, fields: fieldsOf(record, places) });
  }
  return { lines, unknown, problems };
}

function fieldsOf(
  record: readonly string[],
  places: readonly (Column | null)[],
): Partial<Record<Column, string>> {
  return Object.fromEntries(
    places.flatMap((place, index) => (place ? [[place, record[index] ?? '']] : [])),
  );
}

function countBreaks(record: readonly string[]): number {
  return record.reduce((sum, field) => sum + (field.split('\n').length - 1), 0);
}

/** The one of comma, semicolon and tab that is most often in the first line, outside of quotation marks. */
function findDelimiter(text: string): string {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split('\n', 1);
  const count = (one: string) => first.split(one).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
