import type {
  ActionsBlockElement,
  Button,
  ContextActionsBlockElement,
  InputBlockElement,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextElement,
  SectionBlockAccessory,
} from '@slack/types';
import type { DataVisualizationBlock } from '../../../src/sandbox/limits/chart-rules.ts';

export const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });

export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text });

export const option = (value: string): PlainTextOption => ({ text: plain('An option'), value });

export const button = (action_id: string): Button => ({
  type: 'button',
  text: plain('Press'),
  action_id,
});

export const richText = (...elements: RichTextElement[]): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

export const chars = (count: number): string => 'x'.repeat(count);

/** A list of `count` things, each made from its index. */
export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const cell = (text: string) => ({ type: 'raw_text' as const, text });

type Block = KnownBlock | DataVisualizationBlock;

/** The smallest valid block of each type: every field that is not a choice is needed. */
export const BLOCKS: { readonly [T in Block['type']]: Extract<Block, { type: T }> } = {
  actions: { type: 'actions', elements: [{ type: 'button', text: plain('Press') }] },
  alert: { type: 'alert', text: plain('Careful') },
  card: { type: 'card', title: mrkdwn('A card') },
  carousel: { type: 'carousel', elements: [{ type: 'card', body: mrkdwn('A card') }] },
  container: { type: 'container', title: plain('A box'), child_blocks: [{ type: 'divider' }] },
  context: { type: 'context', elements: [mrkdwn('By the way')] },
  context_actions: {
    type: 'context_actions',
    elements: [{ type: 'icon_button', icon: 'trash', text: plain('Delete') }],
  },
  data_table: {
    type: 'data_table',
    caption: 'Replies',
    rows: [[cell('Day')], [{ type: 'raw_number', value: 3, text: '3' }]],
  },
  data_visualization: {
    type: 'data_visualization',
    title: 'Hours',
    chart: { type: 'pie', segments: [{ label: 'Done', value: 1 }] },
  },
  divider: { type: 'divider' },
  file: { type: 'file', source: 'remote', external_id: 'F1' },
  header: { type: 'header', text: plain('A title') },
  image: { type: 'image', alt_text: 'A chart', image_url: 'https://example.com/a.png' },
  input: { type: 'input', label: plain('Answer'), element: { type: 'plain_text_input' } },
  markdown: { type: 'markdown', text: '# A title' },
  plan: { type: 'plan', title: 'The plan' },
  rich_text: richText({ type: 'text', text: 'Hello' }),
  section: { type: 'section', text: mrkdwn('Hello') },
  table: { type: 'table', rows: [[cell('Day'), richText({ type: 'text', text: 'Mon' })]] },
  task_card: { type: 'task_card', task_id: 'T1', title: 'A task', status: 'pending' },
  video: {
    type: 'video',
    video_url: 'https://example.com/v',
    thumbnail_url: 'https://example.com/v.png',
    alt_text: 'A film',
    title: plain('A film'),
  },
};

type Element =
  | ActionsBlockElement
  | ContextActionsBlockElement
  | InputBlockElement
  | SectionBlockAccessory;

const options = [option('a'), option('b')];

/** The smallest valid element of each type. */
export const ELEMENTS: { readonly [T in Element['type']]: Extract<Element, { type: T }> } = {
  button: { type: 'button', text: plain('Press') },
  channels_select: { type: 'channels_select' },
  checkboxes: { type: 'checkboxes', options },
  conversations_select: { type: 'conversations_select' },
  datepicker: { type: 'datepicker' },
  datetimepicker: { type: 'datetimepicker' },
  email_text_input: { type: 'email_text_input' },
  external_select: { type: 'external_select' },
  feedback_buttons: {
    type: 'feedback_buttons',
    positive_button: { text: plain('Good'), value: 'good' },
    negative_button: { text: plain('Bad'), value: 'bad' },
  },
  file_input: { type: 'file_input' },
  icon_button: { type: 'icon_button', icon: 'trash', text: plain('Delete') },
  image: { type: 'image', alt_text: 'A face', slack_file: { id: 'F1' } },
  multi_channels_select: { type: 'multi_channels_select' },
  multi_conversations_select: { type: 'multi_conversations_select' },
  multi_external_select: { type: 'multi_external_select' },
  multi_static_select: { type: 'multi_static_select', options },
  multi_users_select: { type: 'multi_users_select' },
  number_input: { type: 'number_input', is_decimal_allowed: false },
  overflow: { type: 'overflow', options },
  plain_text_input: { type: 'plain_text_input' },
  radio_buttons: { type: 'radio_buttons', options },
  rich_text_input: { type: 'rich_text_input' },
  static_select: { type: 'static_select', option_groups: [{ label: plain('All'), options }] },
  timepicker: { type: 'timepicker' },
  url_text_input: { type: 'url_text_input' },
  users_select: { type: 'users_select' },
  workflow_button: {
    type: 'workflow_button',
    text: plain('Run'),
    workflow: { trigger: { url: 'https://slack.com/shortcuts/Ft0/abc' } },
  },
};

/** The smallest valid rich text element of each type. */
export const RICH_TEXT: {
  readonly [T in RichTextElement['type']]: Extract<RichTextElement, { type: T }>;
} = {
  broadcast: { type: 'broadcast', range: 'here' },
  channel: { type: 'channel', channel_id: 'C1' },
  color: { type: 'color', value: '#C0FFEE' },
  date: { type: 'date', timestamp: 1_767_225_600, format: '{date_short} {time}' },
  emoji: { type: 'emoji', name: 'wave' },
  link: { type: 'link', url: 'https://example.com' },
  team: { type: 'team', team_id: 'T1' },
  text: { type: 'text', text: 'Hello' },
  user: { type: 'user', user_id: 'U1' },
  usergroup: { type: 'usergroup', usergroup_id: 'S1' },
};

const points = [{ label: 'Mon', value: 1 }];

const axisChart = (type: 'bar' | 'line' | 'area') => ({
  ...BLOCKS.data_visualization,
  chart: {
    type,
    series: [{ name: 'Done', data: points }],
    axis_config: { categories: ['Mon'] },
  },
});

const confirmed: Button = {
  ...button('a'),
  confirm: {
    title: plain('Sure?'),
    text: mrkdwn('*So*?'),
    confirm: plain('Yes'),
    deny: plain('No'),
  },
};

/** Blocks that hold objects which the smallest samples do not, and the fields they could lack. */
export const NESTED: readonly { block: unknown; optional: readonly string[] }[] = [
  { block: axisChart('bar'), optional: [] },
  { block: axisChart('line'), optional: [] },
  { block: axisChart('area'), optional: [] },
  {
    block: { type: 'actions', elements: [confirmed] },
    optional: ['/blocks/0/elements/0/confirm', '/blocks/0/elements/0/action_id'],
  },
  {
    block: {
      ...BLOCKS.task_card,
      sources: [{ type: 'url', url: 'https://example.com', text: 'The source' }],
    },
    optional: ['/blocks/0/sources'],
  },
  {
    block: {
      type: 'actions',
      elements: [
        {
          ...ELEMENTS.workflow_button,
          workflow: {
            trigger: {
              url: 'https://slack.com/shortcuts/Ft0/abc',
              customizable_input_parameters: [{ name: 'who', value: 'EA' }],
            },
          },
        },
      ],
    },
    optional: ['/blocks/0/elements/0/workflow/trigger/customizable_input_parameters'],
  },
  {
    block: {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_list', style: 'bullet', elements: BLOCKS.rich_text.elements },
        { type: 'rich_text_quote', elements: [RICH_TEXT.text] },
        { type: 'rich_text_preformatted', elements: [RICH_TEXT.text] },
      ],
    },
    optional: [],
  },
  { block: { type: 'section', fields: [plain('One'), mrkdwn('*Two*')] }, optional: [] },
];
