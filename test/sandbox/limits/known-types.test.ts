import { describe, expect, test } from '@jest/globals';
import { type Surface, validateBlocks } from '../../../src/sandbox/limits/index.ts';
import { BLOCKS, ELEMENTS, NESTED, plain, RICH_TEXT, richText } from './samples.ts';

const SURFACES: readonly Surface[] = ['message', 'modal', 'home'];

const MESSAGE_ONLY = ['message'];
const BLOCK_SURFACES: { readonly [T in keyof typeof BLOCKS]?: readonly string[] } = {
  alert: ['modal'],
  card: MESSAGE_ONLY,
  carousel: MESSAGE_ONLY,
  container: MESSAGE_ONLY,
  context_actions: MESSAGE_ONLY,
  data_table: ['message', 'home'],
  data_visualization: ['message', 'home'],
  file: MESSAGE_ONLY,
  markdown: MESSAGE_ONLY,
  plan: MESSAGE_ONLY,
  table: ['message', 'home'],
  task_card: MESSAGE_ONLY,
};

const unsupported = (type: string, pointer: string) => [
  { error: 'invalid_blocks', pointer, message: `unsupported type: ${type}` },
];

describe('the smallest valid block', () => {
  const cases = Object.values(BLOCKS).flatMap((block) =>
    SURFACES.map((surface) => {
      const allowed = (BLOCK_SURFACES[block.type] ?? SURFACES).includes(surface);
      return { type: block.type, block, surface, allowed, verb: allowed ? 'may' : 'may not' };
    }),
  );

  test.each(cases)('$type $verb stand on a $surface', ({ block, surface, allowed }) => {
    const expected = allowed ? [] : unsupported(block.type, '/blocks/0/type');
    expect(validateBlocks([block], surface)).toEqual(expected);
  });
});

const PLACES = ['section', 'actions', 'input', 'context', 'context_actions'] as const;
type Place = (typeof PLACES)[number];

/** A block that holds the element in the given place, and the pointer to the element. */
function holding(place: Place, element: unknown): { block: unknown; pointer: string } {
  if (place === 'section') {
    return { block: { ...BLOCKS.section, accessory: element }, pointer: '/blocks/0/accessory' };
  }
  if (place === 'input') {
    return { block: { ...BLOCKS.input, element }, pointer: '/blocks/0/element' };
  }
  return { block: { type: place, elements: [element] }, pointer: '/blocks/0/elements/0' };
}

/** Where Slack's page of block elements lets each stand, as "surface/place". */
const CHOICE = ['section', 'actions', 'input'];
const MENU = ['section', 'input'];
const EVERYWHERE = ['message', 'modal', 'home'];
const ELEMENT_PLACES: {
  readonly [T in keyof typeof ELEMENTS]: readonly [readonly string[], readonly string[]];
} = {
  button: [EVERYWHERE, ['section', 'actions']],
  channels_select: [EVERYWHERE, CHOICE],
  checkboxes: [EVERYWHERE, CHOICE],
  conversations_select: [EVERYWHERE, CHOICE],
  datepicker: [EVERYWHERE, CHOICE],
  datetimepicker: [
    ['message', 'modal'],
    ['actions', 'input'],
  ],
  email_text_input: [['modal'], ['input']],
  external_select: [EVERYWHERE, CHOICE],
  feedback_buttons: [['message'], ['context_actions']],
  file_input: [['modal'], ['input']],
  icon_button: [['message'], ['context_actions']],
  image: [EVERYWHERE, ['section', 'context']],
  multi_channels_select: [EVERYWHERE, MENU],
  multi_conversations_select: [EVERYWHERE, MENU],
  multi_external_select: [EVERYWHERE, MENU],
  multi_static_select: [EVERYWHERE, MENU],
  multi_users_select: [EVERYWHERE, MENU],
  number_input: [['modal'], ['input']],
  overflow: [EVERYWHERE, ['section', 'actions']],
  plain_text_input: [EVERYWHERE, ['input']],
  radio_buttons: [EVERYWHERE, CHOICE],
  rich_text_input: [['modal', 'home'], ['input']],
  static_select: [EVERYWHERE, CHOICE],
  timepicker: [EVERYWHERE, CHOICE],
  url_text_input: [['modal'], ['input']],
  users_select: [EVERYWHERE, CHOICE],
  workflow_button: [['message'], ['section', 'actions']],
};

describe('the smallest valid element', () => {
  const cases = Object.values(ELEMENTS).flatMap((element) =>
    PLACES.flatMap((place) =>
      SURFACES.filter((surface) => surface === 'message' || place !== 'context_actions').map(
        (surface) => {
          const [surfaces, places] = ELEMENT_PLACES[element.type];
          const allowed = surfaces.includes(surface) && places.includes(place);
          const verb = allowed ? 'may' : 'may not';
          return { type: element.type, element, place, surface, allowed, verb };
        },
      ),
    ),
  );

  test.each(cases)('$type $verb stand in $place on a $surface', (one) => {
    const { block, pointer } = holding(one.place, one.element);
    const expected = one.allowed ? [] : unsupported(one.element.type, `${pointer}/type`);
    expect(validateBlocks([block], one.surface)).toEqual(expected);
  });
});

describe('rich text', () => {
  test.each(Object.values(RICH_TEXT))('may hold the element $type', (element) => {
    expect(validateBlocks([richText(element)], 'message')).toEqual([]);
  });

  test('may hold lists, quotes and preformatted text', () => {
    const section = { type: 'rich_text_section', elements: [] };
    const elements = [
      { type: 'rich_text_list', style: 'ordered', elements: [section], indent: 8, border: 1 },
      { type: 'rich_text_quote', elements: [RICH_TEXT.user] },
      { type: 'rich_text_preformatted', elements: [RICH_TEXT.text, RICH_TEXT.link] },
    ];
    expect(validateBlocks([{ type: 'rich_text', elements }], 'home')).toEqual([]);
  });

  test('does not take a mention into preformatted text', () => {
    const elements = [{ type: 'rich_text_preformatted', elements: [RICH_TEXT.user] }];
    expect(validateBlocks([{ type: 'rich_text', elements }], 'message')).toEqual(
      unsupported('user', '/blocks/0/elements/0/elements/0/type'),
    );
  });
});

type Found = { readonly pointer: string; readonly object: Record<string, unknown> };

function objectsIn(value: unknown, pointer: string): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    objectsIn(item, `${pointer}/${key}`),
  );
  return Array.isArray(value)
    ? inner
    : [{ pointer, object: value as Record<string, unknown> }, ...inner];
}

type Holder = { readonly block: unknown; readonly optional?: readonly string[] };

const HOLDERS: Holder[] = [
  ...Object.values(BLOCKS).map((block) => ({ block })),
  ...Object.values(ELEMENTS).map((element) => {
    const place = PLACES.find((one) => ELEMENT_PLACES[element.type][1].includes(one)) ?? 'input';
    return { block: holding(place, element).block, optional: ['/blocks/0/accessory'] };
  }),
  ...Object.values(RICH_TEXT).map((element) => ({ block: richText(element) })),
  ...NESTED,
];

/** A copy that shares no object, unlike a structured clone of samples that share some. */
const copyOf = (block: unknown): unknown => JSON.parse(JSON.stringify(block));

/** The samples with a surface on which they are valid, copied so that a test may change them. */
function validSamples() {
  return HOLDERS.flatMap(({ block, optional = [] }) => {
    const surface = SURFACES.find((one) => validateBlocks([block], one).length === 0);
    return surface ? [{ blocks: [copyOf(block)], surface, optional }] : [];
  });
}

describe('every object of every sample', () => {
  test('refuses a field that Slack does not know', () => {
    const samples = validSamples();
    expect(samples).toHaveLength(HOLDERS.length);
    for (const { blocks, surface } of samples) {
      for (const { pointer, object } of objectsIn(blocks, '/blocks')) {
        object.surprise = 'value';
        expect(validateBlocks(blocks, surface)).toContainEqual({
          error: 'invalid_blocks',
          pointer,
          message: 'invalid additional property: surprise',
        });
        delete object.surprise;
      }
    }
  });

  test('needs each field that it has, unless the sample says otherwise', () => {
    for (const { blocks, surface, optional } of validSamples()) {
      for (const { pointer, object } of objectsIn(blocks, '/blocks')) {
        for (const [key, value] of Object.entries(object)) {
          if (optional.includes(`${pointer}/${key}`)) continue;
          delete object[key];
          const pointers = validateBlocks(blocks, surface).map((problem) => problem.pointer);
          expect({ pointer, key, pointers }).toEqual({ pointer, key, pointers: [pointer] });
          object[key] = value;
        }
      }
    }
  });

  test('refuses a value of another JSON type in each field', () => {
    for (const { blocks, surface } of validSamples()) {
      for (const { pointer, object } of objectsIn(blocks, '/blocks')) {
        for (const [key, value] of Object.entries(object)) {
          object[key] = null;
          const pointers = validateBlocks(blocks, surface).map((problem) => problem.pointer);
          expect(pointers).toEqual([`${pointer}/${key}`]);
          object[key] = value;
        }
      }
    }
  });
});

test('a type named like an object property is not supported', () => {
  for (const type of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(validateBlocks([{ type }], 'message')).toEqual(unsupported(type, '/blocks/0/type'));
  }
});

test('a plain_text object cannot be verbatim and a mrkdwn object has no emoji flag', () => {
  const fields = [
    { ...plain('a'), verbatim: true },
    { type: 'mrkdwn', text: 'a', emoji: true },
  ];
  expect(validateBlocks([{ type: 'section', fields }], 'home').map((one) => one.pointer)).toEqual([
    '/blocks/0/fields/0',
    '/blocks/0/fields/1',
  ]);
});
