import { stringify } from 'csv-stringify/sync';
import type { ExportFormat } from '../domain/export.ts';

type Row = Record<string, unknown>;

/** The files of one kind of record, by name. None when there are no rows. */
export function buildFiles(
  name: string,
  rows: readonly Row[],
  format: ExportFormat,
): { name: string; content: string; rows: number }[] {
  if (rows.length === 0) return [];
  return [
    ...(format === 'json'
      ? []
      : [{ name: `${name}.csv`, content: toCsv(rows), rows: rows.length }]),
    ...(format === 'csv'
      ? []
      : [
          {
            name: `${name}.json`,
            content: `${JSON.stringify(rows, null, 2)}\n`,
            rows: rows.length,
          },
        ]),
  ];
}

/**
 * A table that spreadsheets open as it is: a field within a field is a column of its own, and what would be a formula
 * there is text.
 */
export function toCsv(rows: readonly Row[]): string {
  const flat = rows.map(flatten);
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return stringify(
    flat.map((row) => columns.map((column) => row[column] ?? '')),
    {
      header: true,
      columns: columns.map((key) => ({ key, header: key })),
      escape_formulas: true,
      bom: true,
    },
  );
}

function flatten(row: Row): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]): [string, string][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, toCell(one)])
        : [[key, toCell(value)]],
    ),
  );
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
