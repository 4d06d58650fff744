import { BLOCKS, chars, many } from './samples.ts';
import { type SizeLimit, testLimits } from './size-limit.ts';

const pie = (segments: unknown[]) => [
  { ...BLOCKS.data_visualization, chart: { type: 'pie', segments } },
];
const bars = (series: unknown[], categories: string[], axis = {}) => [
  {
    ...BLOCKS.data_visualization,
    chart: { type: 'bar', series, axis_config: { categories, ...axis } },
  },
];
const table = (rows: number, columns: number) =>
  many(rows, () => many(columns, () => ({ type: 'raw_text', text: 'x' })));
const dataTable = (rows: unknown) => [{ ...BLOCKS.data_table, rows }];

const LIMITS: SizeLimit[] = [
  {
    what: 'the rows of a table',
    min: 1,
    max: 100,
    blocks: (n) => [{ type: 'table', rows: table(n, 2) }],
    pointer: '/blocks/0/rows',
  },
  {
    what: 'the cells of a row of a table',
    min: 1,
    max: 20,
    blocks: (n) => [{ type: 'table', rows: table(1, n) }],
    pointer: '/blocks/0/rows/0',
  },
  {
    what: 'the column settings of a table',
    min: 1,
    max: 20,
    blocks: (n) => [{ ...BLOCKS.table, column_settings: many(n, () => ({ align: 'right' })) }],
    pointer: '/blocks/0/column_settings',
  },
  {
    what: 'the characters of a table',
    max: 10_000,
    blocks: (n) => [
      {
        type: 'table',
        rows: [[{ type: 'raw_text', text: 'x' }], [{ type: 'raw_text', text: chars(n - 1) }]],
      },
    ],
    pointer: '/blocks/0/rows',
  },
  {
    what: 'the rows of a data table',
    min: 2,
    max: 101,
    blocks: (n) => dataTable(table(n, 2)),
    pointer: '/blocks/0/rows',
  },
  {
    what: 'the caption of a data table',
    min: 1,
    max: 150,
    blocks: (n) => [{ ...BLOCKS.data_table, caption: chars(n) }],
    pointer: '/blocks/0/caption',
  },
  {
    what: 'the page of a data table',
    min: 1,
    max: 100,
    blocks: (n) => [{ ...BLOCKS.data_table, page_size: n }],
    pointer: '/blocks/0/page_size',
  },
  {
    what: 'the row header column of a data table with 3 columns',
    min: 0,
    max: 2,
    blocks: (n) => [{ ...BLOCKS.data_table, rows: table(2, 3), row_header_column_index: n }],
    pointer: '/blocks/0/row_header_column_index',
  },
  {
    what: 'the segments of a pie chart',
    min: 1,
    max: 6,
    blocks: (n) => pie(many(n, (i) => ({ label: `${i}`, value: 1 }))),
    pointer: '/blocks/0/chart/segments',
  },
  {
    what: 'the label of a segment',
    min: 1,
    max: 20,
    blocks: (n) => pie([{ label: chars(n), value: 1 }]),
    pointer: '/blocks/0/chart/segments/0/label',
  },
  {
    what: 'the series of a chart',
    min: 1,
    max: 6,
    blocks: (n) =>
      bars(
        many(n, (i) => ({ name: `${i}`, data: [{ label: 'a', value: 0 }] })),
        ['a'],
      ),
    pointer: '/blocks/0/chart/series',
  },
  {
    what: 'the points of a series',
    min: 1,
    max: 20,
    blocks: (n) => {
      const data = many(n, (i) => ({ label: `${i}`, value: i }));
      return bars(
        [{ name: 'a', data }],
        many(Math.max(1, Math.min(n, 20)), (i) => `${i}`),
      );
    },
    pointer: '/blocks/0/chart/series/0/data',
  },
  {
    what: 'the categories of a chart',
    max: 20,
    blocks: (n) => {
      const data = many(Math.min(n, 20), (i) => ({ label: `${i}`, value: i }));
      return bars(
        [{ name: 'a', data }],
        many(n, (i) => `${i}`),
      );
    },
    pointer: '/blocks/0/chart/axis_config/categories',
  },
  {
    what: 'the name of a series',
    min: 1,
    max: 20,
    blocks: (n) => bars([{ name: chars(n), data: [{ label: 'a', value: -1 }] }], ['a']),
    pointer: '/blocks/0/chart/series/0/name',
  },
  {
    what: 'the label of an axis',
    min: 1,
    max: 50,
    blocks: (n) =>
      bars([{ name: 'a', data: [{ label: 'a', value: 1 }] }], ['a'], { x_label: chars(n) }),
    pointer: '/blocks/0/chart/axis_config/x_label',
  },
];

testLimits(LIMITS);
