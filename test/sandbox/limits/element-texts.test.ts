import { BLOCKS, button, chars, ELEMENTS, mrkdwn, option, plain } from './samples.ts';
import { type SizeLimit, testLimits } from './size-limit.ts';

const input = (element: object) => [{ ...BLOCKS.input, element }];

const inActions = (element: object) => [{ type: 'actions', elements: [element] }];

const url = (size: number) => `https://example.com/${chars(size - 'https://example.com/'.length)}`;

const confirm = { title: plain('T'), text: plain('t'), confirm: plain('y'), deny: plain('n') };
const withConfirm = (part: object) =>
  inActions({ ...button('a'), confirm: { ...confirm, ...part } });
const menuWith = (first: object) =>
  inActions({ type: 'static_select', options: [{ ...option('a'), ...first }] });

const BUTTON = '/blocks/0/elements/0';
const ELEMENT = '/blocks/0/element';
const OPTION = `${BUTTON}/options/0`;

const LIMITS: SizeLimit[] = [
  {
    what: 'the text of a button',
    min: 1,
    max: 75,
    blocks: (n) => inActions({ type: 'button', text: plain(chars(n)) }),
    pointer: `${BUTTON}/text/text`,
  },
  {
    what: 'the value of a button',
    min: 1,
    max: 2000,
    blocks: (n) => inActions({ ...button('a'), value: chars(n) }),
    pointer: `${BUTTON}/value`,
  },
  {
    what: 'the address of a button',
    max: 3000,
    blocks: (n) => inActions({ ...button('a'), url: url(n) }),
    pointer: `${BUTTON}/url`,
  },
  {
    what: 'the accessibility label of a button',
    max: 75,
    blocks: (n) => inActions({ ...button('a'), accessibility_label: chars(n) }),
    pointer: `${BUTTON}/accessibility_label`,
  },
  {
    what: 'an action_id',
    min: 1,
    max: 255,
    blocks: (n) => inActions(button(chars(n))),
    pointer: `${BUTTON}/action_id`,
  },
  {
    what: 'the title of a confirmation',
    max: 100,
    blocks: (n) => withConfirm({ title: plain(chars(n)) }),
    pointer: `${BUTTON}/confirm/title/text`,
  },
  {
    what: 'the text of a confirmation',
    max: 300,
    blocks: (n) => withConfirm({ text: mrkdwn(chars(n)) }),
    pointer: `${BUTTON}/confirm/text/text`,
  },
  {
    what: 'the yes of a confirmation',
    max: 30,
    blocks: (n) => withConfirm({ confirm: plain(chars(n)) }),
    pointer: `${BUTTON}/confirm/confirm/text`,
  },
  {
    what: 'the no of a confirmation',
    max: 30,
    blocks: (n) => withConfirm({ deny: plain(chars(n)) }),
    pointer: `${BUTTON}/confirm/deny/text`,
  },
  {
    what: 'the text of an option',
    min: 1,
    max: 75,
    blocks: (n) => menuWith({ text: plain(chars(n)) }),
    pointer: `${OPTION}/text/text`,
  },
  {
    what: 'the value of an option',
    min: 1,
    max: 75,
    blocks: (n) => menuWith({ value: chars(n) }),
    pointer: `${OPTION}/value`,
  },
  {
    what: 'the description of an option',
    max: 75,
    blocks: (n) => menuWith({ description: plain(chars(n)) }),
    pointer: `${OPTION}/description/text`,
  },
  {
    what: 'the address of an overflow option',
    max: 3000,
    blocks: (n) => inActions({ type: 'overflow', options: [{ ...option('a'), url: url(n) }] }),
    pointer: `${OPTION}/url`,
  },
  {
    what: 'the label of an option group',
    max: 75,
    blocks: (n) =>
      inActions({
        type: 'static_select',
        option_groups: [{ label: plain(chars(n)), options: [option('a')] }],
      }),
    pointer: `${BUTTON}/option_groups/0/label/text`,
  },
  {
    what: 'the text of an overflow option',
    max: 75,
    blocks: (n) =>
      inActions({ type: 'overflow', options: [{ ...option('a'), text: plain(chars(n)) }] }),
    pointer: `${OPTION}/text/text`,
  },
  {
    what: 'the text of a checkbox',
    max: 75,
    blocks: (n) =>
      inActions({ type: 'checkboxes', options: [{ ...option('a'), text: mrkdwn(chars(n)) }] }),
    pointer: `${OPTION}/text/text`,
  },
  {
    what: 'the text of a workflow button',
    max: 75,
    blocks: (n) => inActions({ ...ELEMENTS.workflow_button, text: plain(chars(n)) }),
    pointer: `${BUTTON}/text/text`,
  },
  {
    what: 'the value of a workflow input',
    max: 2000,
    blocks: (n) => {
      const parameters = [{ name: 'who', value: chars(n) }];
      const { url: address } = ELEMENTS.workflow_button.workflow.trigger;
      const trigger = { url: address, customizable_input_parameters: parameters };
      return inActions({ ...ELEMENTS.workflow_button, workflow: { trigger } });
    },
    pointer: `${BUTTON}/workflow/trigger/customizable_input_parameters/0/value`,
  },
  {
    what: 'the text of an icon button',
    max: 75,
    blocks: (n) => [
      {
        type: 'context_actions',
        elements: [{ ...ELEMENTS.icon_button, text: plain(chars(n)) }],
      },
    ],
    pointer: `${BUTTON}/text/text`,
  },
  {
    what: 'the text of a feedback button',
    max: 75,
    blocks: (n) => {
      const positive_button = { text: plain(chars(n)), value: 'good' };
      const elements = [{ ...ELEMENTS.feedback_buttons, positive_button }];
      return [{ type: 'context_actions', elements }];
    },
    pointer: `${BUTTON}/positive_button/text/text`,
  },
  {
    what: 'the alternative text of a small image',
    max: 2000,
    blocks: (n) => [{ type: 'context', elements: [{ ...ELEMENTS.image, alt_text: chars(n) }] }],
    pointer: `${BUTTON}/alt_text`,
  },
  {
    what: 'a file type',
    max: 255,
    surface: 'modal',
    blocks: (n) => input({ type: 'file_input', filetypes: [chars(n)] }),
    pointer: `${ELEMENT}/filetypes/0`,
  },
  {
    what: 'a placeholder',
    max: 150,
    blocks: (n) => input({ type: 'plain_text_input', placeholder: plain(chars(n)) }),
    pointer: `${ELEMENT}/placeholder/text`,
  },
  {
    what: 'the initial value of a text input',
    max: 3000,
    blocks: (n) => input({ type: 'plain_text_input', initial_value: chars(n) }),
    pointer: `${ELEMENT}/initial_value`,
  },
];

testLimits(LIMITS);
