import { describe, expect, test } from '@jest/globals';
import { validateBlocks } from '../../../src/sandbox/limits/index.ts';
import { refusedIn } from './refused-in.ts';
import { mrkdwn, option, plain } from './samples.ts';

const options = [option('a'), option('b')];
const group = (...values: string[]) => ({ label: plain('Group'), options: values.map(option) });

describe('a static menu', () => {
  const menu = (fields: object) => ({ type: 'static_select', ...fields });

  test('has options or groups, and not both', () => {
    expect(refusedIn(menu({ options }))).toEqual([]);
    expect(refusedIn(menu({ option_groups: [group('a')] }))).toEqual([]);
    expect(refusedIn(menu({}))).toEqual(['.']);
    expect(refusedIn(menu({ options, option_groups: [group('c')] }))).toEqual(['.']);
  });

  test('has each value once, also across groups', () => {
    expect(refusedIn(menu({ options: [option('a'), option('a')] }))).toEqual(['./options/1']);
    expect(refusedIn(menu({ option_groups: [group('a'), group('b', 'a')] }))).toEqual([
      './option_groups/1/options/1',
    ]);
  });

  test('starts with one of its options, equal in every field', () => {
    expect(refusedIn(menu({ options, initial_option: option('b') }))).toEqual([]);
    expect(refusedIn(menu({ option_groups: [group('a')], initial_option: option('a') }))).toEqual(
      [],
    );
    const other = [option('c'), { ...option('a'), text: plain('Another text') }];
    for (const initial_option of other) {
      expect(refusedIn(menu({ options, initial_option }))).toEqual(['./initial_option']);
    }
  });

  test('has no option that opens an address or is written in mrkdwn', () => {
    const link = { ...option('a'), url: 'https://example.com' };
    expect(refusedIn(menu({ options: [link] }))).toEqual(['./options/0']);
    const bold = { text: mrkdwn('*a*'), value: 'a' };
    expect(refusedIn(menu({ options: [bold] }))).toEqual(['./options/0/text/type']);
  });
});

describe('several initial choices', () => {
  test.each(['checkboxes', 'multi_static_select'])('of %s are options, each once', (type) => {
    const initial = (...values: string[]) =>
      refusedIn({ type, options, initial_options: values.map(option) });
    expect(initial('a', 'b')).toEqual([]);
    expect(initial('a', 'c')).toEqual(['./initial_options/1']);
    expect(initial('b', 'b')).toEqual(['./initial_options/1']);
  });

  test.each([
    { type: 'multi_static_select', key: 'initial_options', initial: options, fields: { options } },
    { type: 'multi_external_select', key: 'initial_options', initial: options, fields: {} },
    { type: 'multi_users_select', key: 'initial_users', initial: ['U1', 'U2'], fields: {} },
    {
      type: 'multi_conversations_select',
      key: 'initial_conversations',
      initial: ['C1', 'D2'],
      fields: {},
    },
    { type: 'multi_channels_select', key: 'initial_channels', initial: ['C1', 'C2'], fields: {} },
  ])('of a $type are no more than may be selected, each once', (one) => {
    const { type, key, initial, fields } = one;
    const element = { type, ...fields, [key]: initial };
    expect(refusedIn({ ...element, max_selected_items: 2 })).toEqual([]);
    expect(refusedIn({ ...element, max_selected_items: 1 })).toEqual([`./${key}`]);
    expect(refusedIn({ ...element, max_selected_items: 0 })).toEqual(['./max_selected_items']);
    expect(refusedIn({ ...element, [key]: [initial[0], initial[0]] })).toEqual([`./${key}/1`]);
  });
});

test.each(['radio_buttons', 'checkboxes'])('%s have each value once', (type) => {
  expect(refusedIn({ type, options: [option('a'), option('a')] })).toEqual(['./options/1']);
});

test('an overflow menu has each value once', () => {
  const elements = [{ type: 'overflow', options: [option('a'), option('a')] }];
  const problems = validateBlocks([{ type: 'actions', elements }], 'message');
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/blocks/0/elements/0/options/1']);
});

test('radio buttons start with one of their options', () => {
  const radio = (value: string) =>
    refusedIn({ type: 'radio_buttons', options, initial_option: option(value) });
  expect(radio('a')).toEqual([]);
  expect(radio('c')).toEqual(['./initial_option']);
});

test.each(['radio_buttons', 'checkboxes'])('%s may be written in mrkdwn', (type) => {
  expect(refusedIn({ type, options: [{ text: mrkdwn('*a*'), value: 'a' }] })).toEqual([]);
});

test.each(['conversations_select', 'channels_select'])(
  '%s gives a response_url only from an input of a modal',
  (type) => {
    const element = { type, response_url_enabled: true };
    expect(refusedIn(element, 'modal')).toEqual([]);
    expect(refusedIn(element, 'home')).toEqual(['.']);
    expect(validateBlocks([{ type: 'actions', elements: [element] }], 'modal')).toHaveLength(1);
  },
);

test('a filter of conversations filters something', () => {
  const filter = (fields: object) => refusedIn({ type: 'conversations_select', filter: fields });
  expect(filter({ include: ['im', 'private'] })).toEqual([]);
  expect(filter({ exclude_bot_users: true })).toEqual([]);
  expect(filter({})).toEqual(['./filter']);
  expect(filter({ include: [] })).toEqual(['./filter/include']);
  expect(filter({ include: ['im', 'im'] })).toEqual(['./filter/include/1']);
  expect(filter({ include: ['group'] })).toEqual(['./filter/include/0']);
});
