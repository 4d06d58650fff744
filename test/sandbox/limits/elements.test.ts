import { describe, expect, test } from '@jest/globals';
import { validateBlocks } from '../../../src/sandbox/limits/index.ts';
import { refusedIn } from './refused-in.ts';
import { BLOCKS, button, ELEMENTS, plain } from './samples.ts';

describe('a text input', () => {
  const text = (fields: object) => refusedIn({ type: 'plain_text_input', ...fields });

  test('has a smallest length that is not above the largest', () => {
    expect(text({ min_length: 5, max_length: 5 })).toEqual([]);
    expect(text({ min_length: 6, max_length: 5 })).toEqual(['./min_length']);
  });

  test('starts with a value that it would accept, or empty', () => {
    expect(text({ min_length: 2, max_length: 4, initial_value: '' })).toEqual([]);
    expect(text({ min_length: 2, max_length: 4, initial_value: 'four' })).toEqual([]);
    expect(text({ min_length: 2, initial_value: '1' })).toEqual(['./initial_value']);
    expect(text({ max_length: 4, initial_value: 'fives' })).toEqual(['./initial_value']);
  });

  test('dispatches on known events, each named once', () => {
    const on = (...events: string[]) =>
      text({ dispatch_action_config: { trigger_actions_on: events } });
    expect(on('on_enter_pressed', 'on_character_entered')).toEqual([]);
    expect(on('on_blur')).toEqual(['./dispatch_action_config/trigger_actions_on/0']);
    expect(on('on_enter_pressed', 'on_enter_pressed')).toEqual([
      './dispatch_action_config/trigger_actions_on/1',
    ]);
  });
});

describe('a number input', () => {
  const numbers = (fields: object) =>
    refusedIn({ type: 'number_input', is_decimal_allowed: false, ...fields });

  test('starts within its bounds', () => {
    expect(numbers({ min_value: '-5', initial_value: '0', max_value: '10' })).toEqual([]);
    expect(numbers({ min_value: '9', initial_value: '10', max_value: '11' })).toEqual([]);
    expect(numbers({ min_value: '1', initial_value: '0' })).toEqual(['./initial_value']);
    expect(numbers({ max_value: '9', initial_value: '10' })).toEqual(['./initial_value']);
    expect(numbers({ min_value: '10', max_value: '9' })).toEqual(['./min_value']);
  });

  test('takes decimals only when it says so', () => {
    expect(numbers({ initial_value: '0.25', is_decimal_allowed: true })).toEqual([]);
    expect(numbers({ initial_value: '0.25' })).toEqual(['./initial_value']);
  });

  test.each(['', 'ten', '1e3', '0x10', ' 1'])('does not take %p as a number', (initial_value) => {
    expect(numbers({ initial_value })).toEqual(['./initial_value']);
  });
});

test('a rich text input shows no more lines at least than at most', () => {
  const lines = (fields: object) => refusedIn({ type: 'rich_text_input', ...fields });
  expect(lines({ min_lines: 3, max_lines: 3 })).toEqual([]);
  expect(lines({ min_lines: 20 })).toEqual([]);
  expect(lines({ max_lines: 1 })).toEqual([]);
  expect(lines({ min_lines: 4, max_lines: 3 })).toEqual(['./min_lines']);
});

describe('formats', () => {
  test.each([
    {
      type: 'datepicker',
      key: 'initial_date',
      good: '2028-02-29',
      bad: ['2027-02-29', '2026-13-01', '26-01-01', ''],
    },
    {
      type: 'timepicker',
      key: 'initial_time',
      good: '23:59',
      bad: ['24:00', '9:00', '09:60', '09:00:00'],
    },
    { type: 'timepicker', key: 'initial_time', good: '00:00', bad: ['30:00', '00:0'] },
    { type: 'timepicker', key: 'initial_time', good: '20:00', bad: ['2000'] },
    { type: 'external_select', key: 'min_query_length', good: 0, bad: [-1, 0.5, '3'] },
    { type: 'timepicker', key: 'timezone', good: 'Asia/Manila', bad: ['Manila', 'PST8', ''] },
    {
      type: 'datetimepicker',
      key: 'initial_date_time',
      good: 1_767_225_600,
      bad: [176_722_560, 1_767_225_600.5, '1'],
    },
    { type: 'users_select', key: 'initial_user', good: 'W012ABC', bad: ['C1', '@sam', 'u1'] },
    { type: 'channels_select', key: 'initial_channel', good: 'C012ABC', bad: ['#general', 'D1'] },
    {
      type: 'conversations_select',
      key: 'initial_conversation',
      good: 'D012ABC',
      bad: ['general', 'B1'],
    },
    {
      type: 'email_text_input',
      key: 'initial_value',
      good: 'ea@example.com',
      bad: ['ea', 'a b@example.com', ''],
    },
    {
      type: 'url_text_input',
      key: 'initial_value',
      good: 'https://example.com',
      bad: ['example.com', 'javascript:1'],
    },
  ])('$type takes a proper $key and nothing else', ({ type, key, good, bad }) => {
    expect(refusedIn({ type, [key]: good })).toEqual([]);
    for (const value of bad) expect(refusedIn({ type, [key]: value })).toEqual([`./${key}`]);
  });
});

test('an image has one source', () => {
  const url = { image_url: 'https://example.com/a.png' };
  const context = (fields: object) =>
    validateBlocks(
      [{ type: 'context', elements: [{ type: 'image', alt_text: 'A face', ...fields }] }],
      'message',
    ).map(({ pointer }) => pointer);
  const IMAGE = '/blocks/0/elements/0';
  expect(context(url)).toEqual([]);
  expect(context({ slack_file: { url: 'https://files.slack.com/a' } })).toEqual([]);
  expect(context({})).toEqual([IMAGE]);
  expect(context({ ...url, slack_file: { id: 'F1' } })).toEqual([IMAGE]);
  expect(context({ slack_file: {} })).toEqual([`${IMAGE}/slack_file`]);
});

test('a button opens web addresses, mail and Slack, and runs no script', () => {
  const open = (url: string) =>
    validateBlocks([{ type: 'actions', elements: [{ ...button('a'), url }] }], 'message');
  for (const url of ['https://a.example', 'mailto:a@example.com', 'slack://open']) {
    expect(open(url)).toEqual([]);
  }
  for (const url of ['javascript:alert(1)', 'a.example', '', 'data:text/html,x']) {
    expect(open(url)).toHaveLength(1);
  }
});

test('a button is primary, dangerous or plain', () => {
  const styled = (style: unknown) =>
    validateBlocks([{ ...BLOCKS.section, accessory: { ...ELEMENTS.button, style } }], 'home');
  expect([...styled('primary'), ...styled('danger')]).toEqual([]);
  expect(styled('default').map(({ pointer }) => pointer)).toEqual(['/blocks/0/accessory/style']);
});

test('an empty text is refused in the words Slack uses', () => {
  expect(validateBlocks([{ type: 'header', text: plain('') }], 'home')).toEqual([
    {
      error: 'invalid_blocks',
      pointer: '/blocks/0/text/text',
      message: 'must be more than 0 characters',
    },
  ]);
});
