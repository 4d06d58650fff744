import { expect } from '@jest/globals';
import type { types } from '@slack/bolt';

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
export const choice = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

/** One control of every kind that acts at once. */
export const CONTROLS: types.KnownBlock[] = [
  {
    type: 'section',
    block_id: 'several',
    text: { type: 'mrkdwn', text: 'Some of these' },
    accessory: {
      type: 'multi_static_select',
      action_id: 'menus',
      placeholder: plain('Pick some'),
      options: [choice('Red'), choice('Blue')],
    },
  },
  { type: 'section', block_id: 'words', text: { type: 'mrkdwn', text: 'Use *these*' } },
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      { type: 'button', action_id: 'press', text: plain('Press me'), value: 'pressed' },
      { type: 'overflow', action_id: 'more', options: [choice('Archive'), choice('Move')] },
      {
        type: 'static_select',
        action_id: 'menu',
        placeholder: plain('Pick one'),
        options: [choice('Red'), choice('Blue')],
      },
      { type: 'users_select', action_id: 'user', placeholder: plain('Who') },
      { type: 'conversations_select', action_id: 'conversation', placeholder: plain('Where') },
      { type: 'channels_select', action_id: 'channel', placeholder: plain('Which channel') },
      {
        type: 'external_select',
        action_id: 'search',
        placeholder: plain('Search'),
        min_query_length: 1,
      },
      { type: 'datepicker', action_id: 'date', placeholder: plain('Day') },
      { type: 'timepicker', action_id: 'time', placeholder: plain('Time') },
      { type: 'datetimepicker', action_id: 'at' },
      { type: 'radio_buttons', action_id: 'radio', options: [choice('Yes'), choice('No')] },
      { type: 'checkboxes', action_id: 'checks', options: [choice('Milk'), choice('Bread')] },
    ],
  },
];

/** The same without the one control that Home does not take. */
export const HOME = CONTROLS.map(
  (block): types.KnownBlock =>
    block.type === 'actions'
      ? { ...block, elements: block.elements.filter((one) => one.type !== 'datetimepicker') }
      : block,
);

/** How a person uses each control, and what the app is told. */
export const ACTIONS: [
  control: string,
  o: {
    select?: string;
    option?: string | string[];
    click?: string;
    action: Record<string, unknown>;
  },
][] = [
  [
    'a button',
    {
      click: 'Press me',
      action: {
        type: 'button',
        action_id: 'press',
        block_id: 'buttons',
        value: 'pressed',
        text: { text: 'Press me' },
      },
    },
  ],
  [
    'an overflow menu',
    { click: 'Move', action: { type: 'overflow', selected_option: { value: 'move' } } },
  ],
  [
    'a menu',
    {
      select: 'Pick one',
      option: 'Blue',
      action: { type: 'static_select', selected_option: { value: 'blue', text: { text: 'Blue' } } },
    },
  ],
  [
    'a menu of several',
    {
      select: 'Pick some',
      option: ['Red', 'Blue'],
      action: {
        type: 'multi_static_select',
        selected_options: [{ value: 'red' }, { value: 'blue' }],
      },
    },
  ],
  [
    'a person',
    {
      select: 'Who',
      option: 'Dana',
      action: { type: 'users_select', selected_user: expect.stringMatching(/^U/) },
    },
  ],
  [
    'a conversation',
    {
      select: 'Where',
      option: '#pair',
      action: { type: 'conversations_select', selected_conversation: expect.stringMatching(/^C/) },
    },
  ],
  [
    'a channel',
    {
      select: 'Which channel',
      option: '#open',
      action: { type: 'channels_select', selected_channel: expect.stringMatching(/^C/) },
    },
  ],
  [
    'a search',
    {
      select: 'Search',
      option: 'Tasks',
      action: { type: 'external_select', selected_option: { text: { text: 'Tasks' } } },
    },
  ],
  [
    'a date',
    {
      select: 'Day',
      option: '2026-03-10',
      action: { type: 'datepicker', selected_date: '2026-03-10' },
    },
  ],
  [
    'a time',
    { select: 'Time', option: '09:30', action: { type: 'timepicker', selected_time: '09:30' } },
  ],
  [
    'a date and time',
    {
      select: 'at',
      option: '2026-03-10T09:30:00Z',
      action: { type: 'datetimepicker', selected_date_time: 1773135000 },
    },
  ],
  [
    'one of few',
    {
      select: 'radio',
      option: 'No',
      action: { type: 'radio_buttons', selected_option: { value: 'no' } },
    },
  ],
  [
    'some of few',
    {
      select: 'checks',
      option: ['Milk'],
      action: { type: 'checkboxes', selected_options: [{ value: 'milk' }] },
    },
  ],
];
