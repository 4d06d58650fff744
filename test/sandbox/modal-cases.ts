import type { types } from '@slack/bolt';

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

export function input(
  id: string,
  element: types.InputBlock['element'],
  more: Partial<types.InputBlock> = {},
): types.InputBlock {
  return { type: 'input', block_id: id, label: plain(`Field ${id}`), element, ...more };
}

export function text(id: string, more: Partial<types.InputBlock> = {}): types.InputBlock {
  return input(id, { type: 'plain_text_input', action_id: 'text' }, more);
}

export function modal(title: string, more: Partial<types.ModalView> = {}): types.ModalView {
  return {
    type: 'modal',
    callback_id: title,
    title: plain(title),
    submit: plain('Save'),
    blocks: [text('a')],
    ...more,
  };
}

/** What a person enters, and what the client says about it before an app hears of it. */
export const CLIENT_RULES: [
  label: string,
  o: { block: types.InputBlock; entered: string; error: string | null },
][] = [
  [
    'too short',
    {
      block: input('a', { type: 'plain_text_input', action_id: 'x', min_length: 3 }),
      entered: 'ab',
      error: 'at least 3',
    },
  ],
  [
    'long enough',
    {
      block: input('a', { type: 'plain_text_input', action_id: 'x', min_length: 3 }),
      entered: 'abc',
      error: null,
    },
  ],
  [
    'too long',
    {
      block: input('a', { type: 'plain_text_input', action_id: 'x', max_length: 3 }),
      entered: 'abcd',
      error: 'no more than 3',
    },
  ],
  [
    'over 3,000',
    {
      block: input('a', { type: 'plain_text_input', action_id: 'x' }),
      entered: 'x'.repeat(3_001),
      error: 'no more than 3000',
    },
  ],
  [
    'not a number',
    {
      block: input('a', { type: 'number_input', action_id: 'x', is_decimal_allowed: false }),
      entered: 'ten',
      error: 'number',
    },
  ],
  [
    'not whole',
    {
      block: input('a', { type: 'number_input', action_id: 'x', is_decimal_allowed: false }),
      entered: '1.5',
      error: 'whole',
    },
  ],
  [
    'too small',
    {
      block: input('a', {
        type: 'number_input',
        action_id: 'x',
        is_decimal_allowed: true,
        min_value: '2',
      }),
      entered: '1.5',
      error: 'at least 2',
    },
  ],
  [
    'too big',
    {
      block: input('a', {
        type: 'number_input',
        action_id: 'x',
        is_decimal_allowed: true,
        max_value: '2',
      }),
      entered: '2.5',
      error: 'at most 2',
    },
  ],
  [
    'a number',
    {
      block: input('a', { type: 'number_input', action_id: 'x', is_decimal_allowed: true }),
      entered: '2.5',
      error: null,
    },
  ],
  [
    'no e-mail',
    {
      block: input('a', { type: 'email_text_input', action_id: 'x' }),
      entered: 'ana@',
      error: 'email',
    },
  ],
  [
    'an e-mail',
    {
      block: input('a', { type: 'email_text_input', action_id: 'x' }),
      entered: 'ana@example.com',
      error: null,
    },
  ],
  [
    'no address',
    {
      block: input('a', { type: 'url_text_input', action_id: 'x' }),
      entered: 'example',
      error: 'URL',
    },
  ],
  [
    'an address',
    {
      block: input('a', { type: 'url_text_input', action_id: 'x' }),
      entered: 'https://example.com',
      error: null,
    },
  ],
];
