import { describe, expect, test } from '@jest/globals';
import type { HomeView, ModalView } from '@slack/types';
import { validateView } from '../../../src/sandbox/limits/index.ts';
import { BLOCKS, button, chars, many, mrkdwn, plain } from './samples.ts';

const modal: ModalView = { type: 'modal', title: plain('Check-in'), blocks: [BLOCKS.section] };
const home: HomeView = { type: 'home', blocks: [BLOCKS.section] };

const refusals = (view: unknown) =>
  validateView(view).map(({ error, pointer }) => [error, pointer]);

const refused = (pointer: string) => [['invalid_arguments', pointer]];

test('the smallest modal and the smallest Home pass', () => {
  expect([...refusals(modal), ...refusals(home)]).toEqual([]);
});

test.each(['title', 'submit', 'close'] as const)(
  'the %s of a modal has 1 to 24 characters of plain text',
  (key) => {
    expect(refusals({ ...modal, [key]: plain(chars(24)) })).toEqual([]);
    expect(refusals({ ...modal, [key]: plain(chars(25)) })).toEqual(refused(`/view/${key}/text`));
    expect(refusals({ ...modal, [key]: plain('') })).toEqual(refused(`/view/${key}/text`));
    expect(refusals({ ...modal, [key]: mrkdwn('x') })).toEqual(refused(`/view/${key}/type`));
    expect(refusals({ ...modal, [key]: null })).toEqual(refused(`/view/${key}`));
  },
);

test.each([
  ['private_metadata', 3000],
  ['callback_id', 255],
  ['external_id', 255],
])('%s has %i characters at most', (key, max) => {
  for (const view of [modal, home]) {
    expect(refusals({ ...view, [key]: chars(max) })).toEqual([]);
    expect(refusals({ ...view, [key]: chars(max + 1) })).toEqual(refused(`/view/${key}`));
  }
});

test('private_metadata may be empty', () => {
  expect(refusals({ ...modal, private_metadata: '' })).toEqual([]);
});

describe('the blocks of a view', () => {
  test('are 1 to 100', () => {
    for (const view of [modal, home]) {
      expect(refusals({ ...view, blocks: many(100, () => BLOCKS.divider) })).toEqual([]);
      expect(refusals({ ...view, blocks: many(101, () => BLOCKS.divider) })).toEqual(
        refused('/view/blocks'),
      );
      expect(refusals({ ...view, blocks: [] })).toEqual(refused('/view/blocks'));
    }
  });

  test('are refused at their place in the view', () => {
    const blocks = [BLOCKS.divider, { type: 'header', text: plain(chars(151)) }];
    expect(refusals({ ...modal, blocks })).toEqual(refused('/view/blocks/1/text/text'));
  });

  test('follow the surface of the view', () => {
    expect(refusals({ ...modal, blocks: [BLOCKS.alert] })).toEqual([]);
    expect(refusals({ ...home, blocks: [BLOCKS.alert] })).toEqual(refused('/view/blocks/0/type'));
    expect(refusals({ ...home, blocks: [BLOCKS.table] })).toEqual([]);
    expect(refusals({ ...modal, blocks: [BLOCKS.table] })).toEqual(refused('/view/blocks/0/type'));
  });

  test('have unique ids', () => {
    const block = { ...BLOCKS.divider, block_id: 'a' };
    expect(refusals({ ...home, blocks: [block, block] })).toEqual(
      refused('/view/blocks/1/block_id'),
    );
    const actions = { type: 'actions', elements: [button('a'), button('a')] };
    expect(refusals({ ...home, blocks: [actions] })).toEqual(
      refused('/view/blocks/0/elements/1/action_id'),
    );
  });
});

test('a modal that asks for input has a submit button, Home needs none', () => {
  const blocks = [BLOCKS.input];
  expect(refusals({ ...modal, blocks, submit: plain('Send') })).toEqual([]);
  expect(refusals({ ...modal, blocks })).toEqual(refused('/view'));
  expect(refusals({ ...home, blocks })).toEqual([]);
});

test('Home has no title, submit or close', () => {
  for (const key of ['title', 'submit', 'close']) {
    expect(refusals({ ...home, [key]: plain('x') })).toEqual(refused('/view'));
  }
});

test('a view read from Slack is not sent back as it is', () => {
  const problems = validateView({ ...modal, id: 'V1', hash: '1.2' });
  expect(problems.map(({ message }) => message)).toEqual([
    'invalid additional property: id',
    'invalid additional property: hash',
  ]);
});

test('a modal has a title and blocks, Home has blocks', () => {
  expect(refusals({ type: 'modal', blocks: modal.blocks })).toEqual(refused('/view'));
  expect(refusals({ type: 'modal', title: modal.title })).toEqual(refused('/view'));
  expect(refusals({ type: 'home' })).toEqual(refused('/view'));
});

test('submit_disabled is not a field of a modal', () => {
  expect(refusals({ ...modal, submit_disabled: true })).toEqual(refused('/view'));
});

test.each([undefined, null, 'modal', [], 7])('%p is not a view', (view) => {
  expect(refusals(view)).toEqual(refused('/view'));
});

test('a view of another type is refused', () => {
  expect(refusals({ type: 'workflow_step', blocks: [] })).toEqual(refused('/view/type'));
  expect(refusals({ blocks: [] })).toEqual(refused('/view'));
});

describe('the size of a view', () => {
  const sized = (bytes: number) => {
    const section = (text: string) => ({ type: 'section', text: plain(text) });
    const blocks = (last: number) => [
      ...many(81, () => section('é'.repeat(1500))),
      section(chars(last)),
    ];
    const rest = bytes - Buffer.byteLength(JSON.stringify({ ...home, blocks: blocks(0) }));
    return { ...home, blocks: [...blocks(0).slice(0, -1), section(chars(rest))] };
  };

  test('is 250,000 bytes of UTF-8 at most', () => {
    expect(Buffer.byteLength(JSON.stringify(sized(250_000)))).toBe(250_000);
    expect(refusals(sized(250_000))).toEqual([]);
    expect(refusals(sized(250_001))).toEqual([['view_too_large', '/view']]);
  });
});
