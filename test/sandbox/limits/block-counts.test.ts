import { BLOCKS, button, ELEMENTS, many, plain, RICH_TEXT } from './samples.ts';
import { type SizeLimit, testLimits } from './size-limit.ts';

const section = (fields: object) => [{ ...BLOCKS.section, ...fields }];

const LIMITS: SizeLimit[] = [
  {
    what: 'the blocks of a message',
    max: 50,
    blocks: (n) => many(n, () => BLOCKS.divider),
    pointer: '/blocks',
  },
  {
    what: 'the blocks of a modal',
    min: 1,
    max: 100,
    surface: 'modal',
    blocks: (n) => many(n, () => BLOCKS.divider),
    pointer: '/blocks',
  },
  {
    what: 'the blocks of Home',
    min: 1,
    max: 100,
    surface: 'home',
    blocks: (n) => many(n, () => BLOCKS.divider),
    pointer: '/blocks',
  },
  {
    what: 'the elements of an actions block',
    min: 1,
    max: 25,
    blocks: (n) => [{ type: 'actions', elements: many(n, (i) => button(`${i}`)) }],
    pointer: '/blocks/0/elements',
  },
  {
    what: 'the elements of a context block',
    min: 1,
    max: 10,
    blocks: (n) => [{ type: 'context', elements: many(n, () => plain('x')) }],
    pointer: '/blocks/0/elements',
  },
  {
    what: 'the elements of a context_actions block',
    min: 1,
    max: 5,
    blocks: (n) => [{ type: 'context_actions', elements: many(n, () => ELEMENTS.icon_button) }],
    pointer: '/blocks/0/elements',
  },
  {
    what: 'the fields of a section',
    min: 1,
    max: 10,
    blocks: (n) => section({ fields: many(n, () => plain('x')) }),
    pointer: '/blocks/0/fields',
  },
  {
    what: 'the cards of a carousel',
    min: 1,
    max: 10,
    blocks: (n) => [{ type: 'carousel', elements: many(n, () => BLOCKS.card) }],
    pointer: '/blocks/0/elements',
  },
  {
    what: 'the actions of a card',
    min: 1,
    max: 3,
    blocks: (n) => [{ type: 'card', actions: many(n, (i) => button(`${i}`)) }],
    pointer: '/blocks/0/actions',
  },
  {
    what: 'the blocks of a container',
    min: 1,
    max: 10,
    blocks: (n) => [{ ...BLOCKS.container, child_blocks: many(n, () => BLOCKS.divider) }],
    pointer: '/blocks/0/child_blocks',
  },
  {
    what: 'the tasks of a plan',
    min: 1,
    max: 50,
    blocks: (n) => [{ ...BLOCKS.plan, tasks: many(n, () => BLOCKS.task_card) }],
    pointer: '/blocks/0/tasks',
  },
  {
    what: 'the indent of a list',
    min: 0,
    max: 8,
    blocks: (n) => [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            indent: n,
            elements: [{ type: 'rich_text_section', elements: [RICH_TEXT.text] }],
          },
        ],
      },
    ],
    pointer: '/blocks/0/elements/0/indent',
  },
];

testLimits(LIMITS);
