import { BLOCKS, many, option, plain } from './samples.ts';
import { type SizeLimit, testLimits } from './size-limit.ts';

const input = (element: object) => [{ ...BLOCKS.input, element }];

const inActions = (element: object) => [{ type: 'actions', elements: [element] }];

const menu = (size: number) => ({
  type: 'static_select',
  options: many(size, (i) => option(`${i}`)),
});

const BUTTON = '/blocks/0/elements/0';
const ELEMENT = '/blocks/0/element';

const LIMITS: SizeLimit[] = [
  {
    what: 'the options of a menu',
    min: 1,
    max: 100,
    blocks: (n) => inActions(menu(n)),
    pointer: `${BUTTON}/options`,
  },
  {
    what: 'the option groups of a menu',
    min: 1,
    max: 100,
    blocks: (n) =>
      inActions({
        type: 'static_select',
        option_groups: many(n, (i) => ({ label: plain('x'), options: [option(`${i}`)] })),
      }),
    pointer: `${BUTTON}/option_groups`,
  },
  {
    what: 'the options of a group',
    min: 1,
    max: 100,
    blocks: (n) =>
      inActions({
        type: 'static_select',
        option_groups: [{ label: plain('x'), options: menu(n).options }],
      }),
    pointer: `${BUTTON}/option_groups/0/options`,
  },
  {
    what: 'the options of an overflow menu',
    min: 1,
    max: 5,
    blocks: (n) => inActions({ ...menu(n), type: 'overflow' }),
    pointer: `${BUTTON}/options`,
  },
  {
    what: 'the options of checkboxes',
    min: 1,
    max: 10,
    blocks: (n) => inActions({ ...menu(n), type: 'checkboxes' }),
    pointer: `${BUTTON}/options`,
  },
  {
    what: 'the options of radio buttons',
    min: 1,
    max: 10,
    blocks: (n) => inActions({ ...menu(n), type: 'radio_buttons' }),
    pointer: `${BUTTON}/options`,
  },
  {
    what: 'the initial time of a datetimepicker',
    min: 1_000_000_000,
    max: 9_999_999_999,
    blocks: (n) => inActions({ type: 'datetimepicker', initial_date_time: n }),
    pointer: `${BUTTON}/initial_date_time`,
  },
  {
    what: 'max_length of a text input',
    min: 1,
    max: 3000,
    blocks: (n) => input({ type: 'plain_text_input', max_length: n }),
    pointer: `${ELEMENT}/max_length`,
  },
  {
    what: 'min_length of a text input',
    min: 0,
    max: 3000,
    blocks: (n) => input({ type: 'plain_text_input', min_length: n }),
    pointer: `${ELEMENT}/min_length`,
  },
  {
    what: 'the lines of a rich text input',
    min: 1,
    max: 100,
    surface: 'modal',
    blocks: (n) => input({ type: 'rich_text_input', max_lines: n }),
    pointer: `${ELEMENT}/max_lines`,
  },
  {
    what: 'the files of a file input',
    min: 1,
    max: 10,
    surface: 'modal',
    blocks: (n) => input({ type: 'file_input', max_files: n }),
    pointer: `${ELEMENT}/max_files`,
  },
];

testLimits(LIMITS);
