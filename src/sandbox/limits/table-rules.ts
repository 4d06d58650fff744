import type {
  DataTableBlock,
  RawNumberElement,
  RawTextElement,
  RichTextBlock,
  TableBlock,
} from '@slack/types';
import { identifier } from './composition-rules.ts';
import { richText } from './rich-text-rules.ts';
import {
  byType,
  flag,
  listOf,
  number,
  oneOf,
  optional,
  type Rule,
  refuse,
  required,
  type Spot,
  shape,
  string,
  typeIs,
} from './rule.ts';
import { textLength } from './text-length.ts';

/**
 * Characters in all cells of one table. For data_table sources say 10,000 (a table) and 20,000;
 * the smaller is used for both kinds.
 */
const TABLE_TEXT_MAX = 10_000;

const COLUMNS_MAX = 20;

const rawText = shape<RawTextElement>({
  type: typeIs('raw_text'),
  text: required(string({ max: TABLE_TEXT_MAX })),
});

const rawNumber = shape<RawNumberElement>({
  type: typeIs('raw_number'),
  value: required(number()),
  text: required(string({ max: TABLE_TEXT_MAX })),
});

const cell = byType(
  new Map([
    ['raw_text', rawText],
    ['raw_number', rawNumber],
    ['rich_text', richText],
  ]),
);

type Rows = readonly (readonly (RawTextElement | RawNumberElement | RichTextBlock)[])[];

function checkRows(rows: Rows, spot: Spot): void {
  const columns = rows[0]?.length ?? 0;
  rows.forEach((row, index) => {
    if (row.length !== columns) {
      refuse(spot, { message: `must have ${columns} cells`, below: `/rows/${index}` });
    }
  });
  if (textLength(rows) > TABLE_TEXT_MAX) {
    refuse(spot, { message: `must be less than ${TABLE_TEXT_MAX + 1} characters`, below: '/rows' });
  }
}

type ColumnSettings = NonNullable<TableBlock['column_settings']>[number];

/** A table: 100 rows of 20 cells. Rows of unequal length are refused, as data_table asks. */
export const table: Rule = shape<TableBlock>(
  {
    type: typeIs('table'),
    block_id: optional(identifier),
    rows: required(listOf(listOf(cell, { max: COLUMNS_MAX }), { max: 100 })),
    column_settings: optional(
      listOf(
        shape<ColumnSettings>({
          align: optional(oneOf(['left', 'center', 'right'])),
          is_wrapped: optional(flag),
        }),
        { max: COLUMNS_MAX },
      ),
    ),
  },
  (block, spot) => checkRows(block.rows, spot),
);

/**
 * A data table: a header row of raw_text and at least one row below it. Slack's page allows 100
 * rows below the header, other sources 200.
 */
export const dataTable: Rule = shape<DataTableBlock>(
  {
    type: typeIs('data_table'),
    block_id: optional(identifier),
    // No source names a limit for the caption; other titles of tables and charts end at 150.
    caption: required(string({ max: 150 })),
    rows: required(listOf(listOf(cell, { max: COLUMNS_MAX }), { min: 2, max: 101 })),
    page_size: optional(number({ min: 1, max: 100, integer: true })),
    row_header_column_index: optional(number({ min: 0, integer: true })),
  },
  (block, spot) => {
    checkRows(block.rows, spot);
    const header = block.rows[0] ?? [];
    header.forEach((heading, index) => {
      if (heading.type !== 'raw_text') {
        refuse(spot, {
          message: `unsupported type: ${heading.type}`,
          below: `/rows/0/${index}/type`,
        });
      }
    });
    if ((block.row_header_column_index ?? 0) >= header.length) {
      refuse(spot, { message: 'must be a column of the table', below: '/row_header_column_index' });
    }
  },
);
