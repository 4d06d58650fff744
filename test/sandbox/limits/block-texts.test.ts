import { expect, test } from '@jest/globals';
import { validateBlocks } from '../../../src/sandbox/limits/index.ts';
import { BLOCKS, chars, mrkdwn, plain, richText } from './samples.ts';
import { type SizeLimit, testLimits } from './size-limit.ts';

const section = (fields: object) => [{ ...BLOCKS.section, ...fields }];

const url = (size: number) => `https://example.com/${chars(size - 'https://example.com/'.length)}`;

const LIMITS: SizeLimit[] = [
  {
    what: 'the text of a section',
    min: 1,
    max: 3000,
    blocks: (n) => section({ text: mrkdwn(chars(n)) }),
    pointer: '/blocks/0/text/text',
  },
  {
    what: 'a field of a section',
    min: 1,
    max: 2000,
    blocks: (n) => section({ fields: [plain(chars(n))] }),
    pointer: '/blocks/0/fields/0/text',
  },
  {
    what: 'a header',
    min: 1,
    max: 150,
    blocks: (n) => [{ type: 'header', text: plain(chars(n)) }],
    pointer: '/blocks/0/text/text',
  },
  {
    what: 'a text of a context block',
    min: 1,
    max: 3000,
    blocks: (n) => [{ type: 'context', elements: [mrkdwn(chars(n))] }],
    pointer: '/blocks/0/elements/0/text',
  },
  {
    what: 'a block_id',
    min: 1,
    max: 255,
    blocks: (n) => [{ type: 'divider', block_id: chars(n) }],
    pointer: '/blocks/0/block_id',
  },
  {
    what: 'an alert',
    min: 1,
    max: 200,
    surface: 'modal',
    blocks: (n) => [{ type: 'alert', text: mrkdwn(chars(n)) }],
    pointer: '/blocks/0/text/text',
  },
  {
    what: 'the title of a card',
    max: 150,
    blocks: (n) => [{ type: 'card', title: mrkdwn(chars(n)) }],
    pointer: '/blocks/0/title/text',
  },
  {
    what: 'the subtitle of a card',
    max: 150,
    blocks: (n) => [{ ...BLOCKS.card, subtitle: mrkdwn(chars(n)) }],
    pointer: '/blocks/0/subtitle/text',
  },
  {
    what: 'the body of a card',
    max: 200,
    blocks: (n) => [{ type: 'card', body: mrkdwn(chars(n)) }],
    pointer: '/blocks/0/body/text',
  },
  {
    what: 'the title of a container',
    max: 150,
    blocks: (n) => [{ ...BLOCKS.container, title: plain(chars(n)) }],
    pointer: '/blocks/0/title/text',
  },
  {
    what: 'the subtitle of a container',
    max: 150,
    blocks: (n) => [{ ...BLOCKS.container, subtitle: plain(chars(n)) }],
    pointer: '/blocks/0/subtitle/text',
  },
  {
    what: 'the alternative text of an image',
    min: 1,
    max: 2000,
    blocks: (n) => [{ ...BLOCKS.image, alt_text: chars(n) }],
    pointer: '/blocks/0/alt_text',
  },
  {
    what: 'the title of an image',
    min: 1,
    max: 2000,
    blocks: (n) => [{ ...BLOCKS.image, title: plain(chars(n)) }],
    pointer: '/blocks/0/title/text',
  },
  {
    what: 'the address of an image',
    max: 3000,
    blocks: (n) => [{ ...BLOCKS.image, image_url: url(n) }],
    pointer: '/blocks/0/image_url',
  },
  {
    what: 'the label of an input',
    min: 1,
    max: 2000,
    blocks: (n) => [{ ...BLOCKS.input, label: plain(chars(n)) }],
    pointer: '/blocks/0/label/text',
  },
  {
    what: 'the hint of an input',
    min: 1,
    max: 2000,
    blocks: (n) => [{ ...BLOCKS.input, hint: plain(chars(n)) }],
    pointer: '/blocks/0/hint/text',
  },
  {
    what: 'a markdown block',
    min: 1,
    max: 12_000,
    blocks: (n) => [{ type: 'markdown', text: chars(n) }],
    pointer: '/blocks/0/text',
  },
  {
    what: 'a text in rich text',
    max: 3000,
    blocks: (n) => [richText({ type: 'text', text: chars(n) })],
    pointer: '/blocks/0/elements/0/elements/0/text',
  },
  {
    what: 'the title of a video',
    max: 199,
    blocks: (n) => [{ ...BLOCKS.video, title: plain(chars(n)) }],
    pointer: '/blocks/0/title/text',
  },
  {
    what: 'the description of a video',
    max: 199,
    blocks: (n) => [{ ...BLOCKS.video, description: plain(chars(n)) }],
    pointer: '/blocks/0/description/text',
  },
  {
    what: 'the alternative text of a video',
    max: 2000,
    blocks: (n) => [{ ...BLOCKS.video, alt_text: chars(n) }],
    pointer: '/blocks/0/alt_text',
  },
  {
    what: 'the provider of a video',
    max: 49,
    blocks: (n) => [{ ...BLOCKS.video, provider_name: chars(n) }],
    pointer: '/blocks/0/provider_name',
  },
  {
    what: 'the title of a task',
    max: 150,
    blocks: (n) => [{ ...BLOCKS.task_card, title: chars(n) }],
    pointer: '/blocks/0/title',
  },
  {
    what: 'the text of a source',
    max: 3000,
    blocks: (n) => [
      {
        ...BLOCKS.task_card,
        sources: [{ type: 'url', url: 'https://example.com', text: chars(n) }],
      },
    ],
    pointer: '/blocks/0/sources/0/text',
  },
  {
    what: 'the author of a video',
    max: 49,
    blocks: (n) => [{ ...BLOCKS.video, author_name: chars(n) }],
    pointer: '/blocks/0/author_name',
  },
  {
    what: 'the title of a chart',
    min: 1,
    max: 50,
    blocks: (n) => [{ ...BLOCKS.data_visualization, title: chars(n) }],
    pointer: '/blocks/0/title',
  },
];

testLimits(LIMITS);

test('a text of more code units than characters is counted in code units', () => {
  const emoji = (count: number) => [{ type: 'header', text: plain('🙂'.repeat(count)) }];
  expect(validateBlocks(emoji(75), 'message')).toEqual([]);
  expect(validateBlocks(emoji(76), 'message')).toHaveLength(1);
});
