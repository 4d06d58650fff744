import { describe, expect, test } from '@jest/globals';
import { validateBlocks, validateMessage } from '../../../src/sandbox/limits/index.ts';
import { BLOCKS, button, chars, plain } from './samples.ts';

const refused = (pointer: string) => [
  expect.objectContaining({ error: 'invalid_blocks', pointer }),
];
const divider = (block_id: string) => ({ type: 'divider', block_id });
const actions = (...ids: string[]) => ({ type: 'actions', elements: ids.map(button) });

describe('a block_id', () => {
  test('may not appear twice in a payload', () => {
    expect(validateBlocks([divider('a'), divider('b')], 'message')).toEqual([]);
    expect(validateBlocks([divider('a'), divider('b'), divider('a')], 'home')).toEqual(
      refused('/blocks/2/block_id'),
    );
  });

  test('may not appear again inside a container', () => {
    const container = { ...BLOCKS.container, child_blocks: [divider('a')] };
    expect(validateBlocks([divider('a'), container], 'message')).toEqual(
      refused('/blocks/1/child_blocks/0/block_id'),
    );
  });

  test('may not appear again in an attachment', () => {
    const args = { text: 'Hi', blocks: [divider('a')], attachments: [{ blocks: [divider('a')] }] };
    expect(validateMessage(args)).toEqual([
      expect.objectContaining({
        error: 'invalid_attachments',
        pointer: '/attachments/0/blocks/0/block_id',
      }),
    ]);
  });
});

describe('an action_id', () => {
  test('may not appear twice in one block', () => {
    expect(validateBlocks([actions('a', 'b', 'a')], 'message')).toEqual(
      refused('/blocks/0/elements/2/action_id'),
    );
  });

  test('may appear again in another block, as Slack allows', () => {
    expect(validateBlocks([actions('a'), actions('a')], 'modal')).toEqual([]);
  });

  test('may not appear twice among the actions of a card in a carousel', () => {
    const card = { ...BLOCKS.card, actions: [button('a'), button('a')] };
    expect(validateBlocks([{ type: 'carousel', elements: [card] }], 'message')).toEqual(
      refused('/blocks/0/elements/0/actions/1/action_id'),
    );
  });
});

test('only one element of a view may take the focus when it opens', () => {
  const focused = { ...BLOCKS.input, element: { type: 'datepicker', focus_on_load: true } };
  const other = { ...BLOCKS.input, element: { type: 'datepicker', focus_on_load: false } };
  expect(validateBlocks([focused, other], 'modal')).toEqual([]);
  expect(validateBlocks([focused, other, focused], 'modal')).toEqual(
    refused('/blocks/2/element/focus_on_load'),
  );
});

test('a message holds one table', () => {
  expect(validateBlocks([BLOCKS.table, BLOCKS.data_table], 'message')).toEqual([]);
  expect(validateBlocks([BLOCKS.table, BLOCKS.table], 'message')).toEqual(refused('/blocks/1'));
});

test('a message holds two charts', () => {
  const chart = BLOCKS.data_visualization;
  expect(validateBlocks([chart, chart], 'message')).toEqual([]);
  expect(validateBlocks([chart, chart, chart], 'message')).toEqual(refused('/blocks/2'));
});

test('markdown blocks share 12,000 characters', () => {
  const markdown = (size: number) => ({ type: 'markdown', text: chars(size) });
  expect(validateBlocks([markdown(7000), markdown(5000)], 'message')).toEqual([]);
  expect(validateBlocks([markdown(7000), markdown(5001)], 'message')).toEqual(
    refused('/blocks/1/text'),
  );
});

describe('a container', () => {
  test.each(['container', 'card', 'carousel', 'data_table', 'data_visualization'] as const)(
    'may not hold a %s',
    (type) => {
      const container = { ...BLOCKS.container, child_blocks: [BLOCKS[type]] };
      expect(validateBlocks([container], 'message')).toEqual(
        refused('/blocks/0/child_blocks/0/type'),
      );
    },
  );

  test('starts collapsed only when it can be collapsed', () => {
    const collapsed = { ...BLOCKS.container, default_collapsed: true };
    expect(validateBlocks([{ ...collapsed, is_collapsible: true }], 'message')).toEqual([]);
    expect(validateBlocks([collapsed], 'message')).toEqual(refused('/blocks/0/default_collapsed'));
  });
});

test('rows of a table have the same number of cells', () => {
  const cell = { type: 'raw_text', text: 'x' };
  const rows = [[cell, cell], [cell]];
  expect(validateBlocks([{ type: 'table', rows }], 'message')).toEqual(refused('/blocks/0/rows/1'));
  expect(validateBlocks([{ ...BLOCKS.data_table, rows }], 'message')).toEqual(
    refused('/blocks/0/rows/1'),
  );
});

test('the header of a data table is raw text', () => {
  const rows = [[{ type: 'raw_number', value: 1, text: '1' }], [{ type: 'raw_text', text: 'x' }]];
  expect(validateBlocks([{ ...BLOCKS.data_table, rows }], 'message')).toEqual(
    refused('/blocks/0/rows/0/0/type'),
  );
});

describe('a chart', () => {
  const bars = (series: unknown[], categories: string[]) => [
    {
      type: 'data_visualization',
      title: 'Hours',
      chart: { type: 'bar', series, axis_config: { categories } },
    },
  ];
  const point = (label: string) => ({ label, value: 2 });

  test('has one point for every category in every series', () => {
    const full = { name: 'Planned', data: [point('Mon'), point('Tue')] };
    const gap = { name: 'Done', data: [point('Mon')] };
    const twice = { name: 'Done', data: [point('Mon'), point('Mon')] };
    expect(validateBlocks(bars([full], ['Mon', 'Tue']), 'home')).toEqual([]);
    for (const series of [gap, twice]) {
      expect(validateBlocks(bars([full, series], ['Mon', 'Tue']), 'home')).toEqual(
        refused('/blocks/0/chart/series/1/data'),
      );
    }
  });

  test('names its series and categories apart', () => {
    const series = { name: 'Done', data: [point('Mon')] };
    expect(validateBlocks(bars([series, series], ['Mon']), 'home')).toEqual(
      refused('/blocks/0/chart/series/1/name'),
    );
    const twice = { name: 'Done', data: [point('Mon'), point('Mon')] };
    expect(validateBlocks(bars([twice], ['Mon', 'Mon']), 'home')).toEqual(
      refused('/blocks/0/chart/axis_config/categories/1'),
    );
  });

  test('names the segments of a pie apart', () => {
    const segment = { label: 'Done', value: 1 };
    const chart = { type: 'pie', segments: [segment, segment] };
    expect(validateBlocks([{ ...BLOCKS.data_visualization, chart }], 'home')).toEqual(
      refused('/blocks/0/chart/segments/1/label'),
    );
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('has no pie segment of %p', (value) => {
    const chart = { type: 'pie', segments: [{ label: 'Done', value }] };
    expect(validateBlocks([{ ...BLOCKS.data_visualization, chart }], 'home')).toEqual(
      refused('/blocks/0/chart/segments/0/value'),
    );
  });
});

test('a card that shows nothing is refused', () => {
  expect(validateBlocks([{ type: 'card', subtitle: BLOCKS.card.title }], 'message')).toEqual(
    refused('/blocks/0'),
  );
});

test('a file input may not dispatch actions', () => {
  const element = { type: 'file_input' };
  const input = { type: 'input', label: plain('File'), element, dispatch_action: true };
  expect(validateBlocks([input], 'modal')).toEqual(refused('/blocks/0/element/type'));
});
