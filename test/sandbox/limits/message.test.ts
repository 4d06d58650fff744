import { describe, expect, test } from '@jest/globals';
import {
  lintMessage,
  type MessageArguments,
  toSlackError,
  validateMessage,
} from '../../../src/sandbox/limits/index.ts';
import { BLOCKS, button, chars, many, mrkdwn, plain, richText } from './samples.ts';

const refusals = (args: MessageArguments) =>
  validateMessage(args).map(({ error, pointer }) => [error, pointer]);

const fields = (sizes: readonly number[]) =>
  many(Math.ceil(sizes.length / 10), (i) => ({
    type: 'section',
    fields: sizes.slice(i * 10, i * 10 + 10).map((size) => plain(chars(size))),
  }));

describe('a message', () => {
  test.each([
    { args: {} },
    { args: { text: '' } },
    { args: { text: '', blocks: [], attachments: [] } },
    { args: { channel: 'C1', metadata: { event_type: 'a', event_payload: {} } } },
  ])('with nothing to show is refused: $args', ({ args }) => {
    expect(refusals(args)).toEqual([['no_text', '/text']]);
  });

  test.each([
    { args: { text: 'Hi' } },
    { args: { text: 'Hi', blocks: [] } },
    { args: { blocks: [BLOCKS.divider] } },
    { args: { attachments: [{ text: 'Hi' }] } },
    { args: { markdown_text: '# Hi' } },
    { args: { channel: 'C1', text: 'Hi', unfurl_links: false, blocks: [BLOCKS.section] } },
  ])('with something to show passes: $args', ({ args }) => {
    expect(refusals(args)).toEqual([]);
  });

  test('has a text of 40,000 characters at most', () => {
    expect(refusals({ text: chars(40_000) })).toEqual([]);
    expect(validateMessage({ text: chars(40_001) })).toEqual([
      { error: 'msg_too_long', pointer: '/text', message: 'must be less than 40001 characters' },
    ]);
  });

  test('shows 12,000 characters in all its blocks at most', () => {
    expect(refusals({ text: 'Hi', blocks: fields(many(6, () => 2000)) })).toEqual([]);
    expect(refusals({ text: 'Hi', blocks: fields([...many(6, () => 2000), 1]) })).toEqual([
      ['msg_blocks_too_long', '/blocks'],
    ]);
  });

  test.each([
    { what: 'rich text', block: richText({ type: 'text', text: 'x' }) },
    { what: 'a header', block: { type: 'header', text: plain('x') } },
    {
      what: 'a button',
      block: { type: 'actions', elements: [{ ...button('a'), text: plain('x') }] },
    },
    { what: 'a cell', block: { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] } },
    { what: 'the description of an image', block: { ...BLOCKS.image, alt_text: 'x' } },
  ])('counts $what among those characters', ({ block }) => {
    expect(refusals({ text: 'Hi', blocks: [...fields(many(6, () => 2000)), block] })).toEqual([
      ['msg_blocks_too_long', '/blocks'],
    ]);
  });

  test('does not count ids, values and its own text among those characters', () => {
    const block = {
      ...BLOCKS.actions,
      block_id: chars(255),
      elements: [{ ...button('a'), value: chars(2000) }],
    };
    const sizes = [...many(5, () => 2000), 1996];
    expect(refusals({ text: chars(4000), blocks: [...fields(sizes), block] })).toEqual([
      ['msg_blocks_too_long', '/blocks'],
    ]);
    expect(
      refusals({ text: chars(4000), blocks: [...fields([...many(5, () => 2000), 1995]), block] }),
    ).toEqual([]);
  });

  test('has blocks in a list', () => {
    for (const blocks of ['[]', {}, null, 7]) {
      expect(refusals({ text: 'Hi', blocks })).toEqual([['invalid_blocks_format', '/blocks']]);
    }
  });

  test('has a text that is a string', () => {
    expect(refusals({ text: 7 })).toEqual([['invalid_arguments', '/text']]);
  });

  test('has 100 attachments at most', () => {
    const attachments = (count: number) => many(count, () => ({ text: 'x' }));
    expect(refusals({ attachments: attachments(100) })).toEqual([]);
    expect(refusals({ attachments: attachments(101) })).toEqual([
      ['too_many_attachments', '/attachments'],
    ]);
  });

  test('has attachments with known fields and valid blocks', () => {
    const good = { color: '#439FE0', fallback: 'Hi', blocks: [BLOCKS.section], ts: '1767225600' };
    expect(refusals({ attachments: [good] })).toEqual([]);
    expect(refusals({ attachments: [{ ...good, color: 'blue' }] })).toEqual([
      ['invalid_attachments', '/attachments/0/color'],
    ]);
    expect(refusals({ attachments: [{ text: 'Hi', indent: false }] })).toEqual([
      ['invalid_attachments', '/attachments/0'],
    ]);
    expect(refusals({ attachments: [{ blocks: [{ type: 'alert', text: plain('x') }] }] })).toEqual([
      ['invalid_attachments', '/attachments/0/blocks/0/type'],
    ]);
    expect(refusals({ attachments: [{ footer: chars(300) }] })).toEqual([]);
    expect(refusals({ attachments: [{ footer: chars(301) }] })).toEqual([
      ['invalid_attachments', '/attachments/0/footer'],
    ]);
    for (const field of [{ title: 'x' }, { value: 'x' }]) {
      expect(refusals({ attachments: [{ fields: [field] }] })).toEqual([
        ['invalid_attachments', '/attachments/0/fields/0'],
      ]);
    }
    expect(refusals({ attachments: [{ text: 'Hi', ts: 'today' }] })).toEqual([
      ['invalid_attachments', '/attachments/0/ts'],
    ]);
    expect(refusals({ attachments: 'x' })).toEqual([['invalid_attachments', '/attachments']]);
  });

  test('has markdown text or other text, not both, and 12,000 characters of it at most', () => {
    expect(refusals({ markdown_text: 'x', text: 'x' })).toEqual([
      ['markdown_text_conflict', '/markdown_text'],
    ]);
    expect(refusals({ markdown_text: chars(12_001) })).toEqual([
      ['msg_too_long', '/markdown_text'],
    ]);
  });

  test('has metadata with a type and a payload', () => {
    const withMetadata = (metadata: unknown) => refusals({ text: 'Hi', metadata });
    expect(withMetadata({ event_type: 'checkin', event_payload: { id: '1' } })).toEqual([]);
    expect(withMetadata('x')).toEqual([['invalid_metadata_format', '/metadata']]);
    for (const metadata of [{}, { event_type: 'a' }, { event_type: '', event_payload: {} }]) {
      expect(withMetadata(metadata)).toEqual([['invalid_metadata_schema', '/metadata']]);
    }
  });
});

describe("Slack's reply", () => {
  test('names the first error and lists every problem with its place', () => {
    const blocks = [{ type: 'header', text: plain(chars(151)) }, { type: 'section' }];
    expect(toSlackError(validateMessage({ text: 'Hi', blocks }))).toEqual({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: {
        messages: [
          '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
          '[ERROR] must define either `text` or `fields` [json-pointer:/blocks/1]',
        ],
      },
    });
  });

  test('needs a problem', () => {
    expect(() => toSlackError([])).toThrow(RangeError);
  });
});

describe('what Slack accepts and Tandem does not want', () => {
  const primary = (id: string) => ({ ...button(id), style: 'primary' });

  test('blocks without a text', () => {
    expect(lintMessage({ blocks: [BLOCKS.section] }).map(({ pointer }) => pointer)).toEqual([
      '/text',
    ]);
    expect(lintMessage({ text: 'Hi', blocks: [BLOCKS.section] })).toEqual([]);
  });

  test('a text of more than 4,000 characters', () => {
    expect(lintMessage({ text: chars(4000) })).toEqual([]);
    expect(lintMessage({ text: chars(4001) })).toHaveLength(1);
  });

  test('a second primary button, in the same block or another', () => {
    const one = { type: 'actions', elements: [primary('a'), button('b')] };
    const accessory = { ...BLOCKS.section, text: mrkdwn('x'), accessory: primary('c') };
    expect(lintMessage({ text: 'Hi', blocks: [one] })).toEqual([]);
    expect(lintMessage({ text: 'Hi', blocks: [one, accessory] })).toEqual([
      expect.objectContaining({ pointer: '/blocks/1' }),
    ]);
  });
});
