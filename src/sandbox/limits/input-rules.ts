import type {
  EmailInput,
  NumberInput,
  PlainTextInput,
  RichTextInput,
  URLInput,
} from '@slack/types';
import { dispatchActionConfig, TEXT_MAX } from './composition-rules.ts';
import { actionable, focusable, placeholdable } from './element-rules.ts';
import { linkUrl } from './formats.ts';
import { richText } from './rich-text-rules.ts';
import {
  flag,
  number,
  optional,
  type Rule,
  refuse,
  required,
  shape,
  string,
  typeIs,
} from './rule.ts';

const typed = {
  dispatch_action_config: optional(dispatchActionConfig),
  ...actionable,
  ...focusable,
  ...placeholdable,
};

export const plainTextInput: Rule = shape<PlainTextInput>(
  {
    type: typeIs('plain_text_input'),
    initial_value: optional(string({ max: TEXT_MAX, min: 0 })),
    multiline: optional(flag),
    min_length: optional(number({ min: 0, max: TEXT_MAX, integer: true })),
    max_length: optional(number({ min: 1, max: TEXT_MAX, integer: true })),
    ...typed,
  },
  ({ initial_value: initial, min_length: min = 0, max_length: max = TEXT_MAX }, spot) => {
    if (min > max) {
      refuse(spot, { message: 'must not be greater than `max_length`', below: '/min_length' });
    } else if (initial && (initial.length < min || initial.length > max)) {
      refuse(spot, {
        message: 'must fit `min_length` and `max_length`',
        below: '/initial_value',
      });
    }
  },
);

export const emailInput: Rule = shape<EmailInput>({
  type: typeIs('email_text_input'),
  initial_value: optional(
    string({
      max: 320,
      format: {
        test: (address) => /^[^\s@]+@[^\s@]+$/.test(address),
        message: 'must be a valid email address',
      },
    }),
  ),
  ...typed,
});

export const urlInput: Rule = shape<URLInput>({
  type: typeIs('url_text_input'),
  initial_value: optional(linkUrl),
  ...typed,
});

const numeral = string({
  max: 100,
  format: {
    test: (text) => /^-?\d+(\.\d+)?$/.test(text),
    message: 'must be a number written as a string',
  },
});

export const numberInput: Rule = shape<NumberInput>(
  {
    type: typeIs('number_input'),
    is_decimal_allowed: required(flag),
    initial_value: optional(numeral),
    min_value: optional(numeral),
    max_value: optional(numeral),
    ...typed,
  },
  (input, spot) => {
    for (const key of ['initial_value', 'min_value', 'max_value'] as const) {
      if (!input.is_decimal_allowed && input[key]?.includes('.')) {
        refuse(spot, { message: 'must be a whole number', below: `/${key}` });
      }
    }
    const min = Number(input.min_value ?? Number.NEGATIVE_INFINITY);
    const max = Number(input.max_value ?? Number.POSITIVE_INFINITY);
    const initial = input.initial_value === undefined ? undefined : Number(input.initial_value);
    if (min > max) {
      refuse(spot, { message: 'must not be greater than `max_value`', below: '/min_value' });
    } else if (initial !== undefined && (initial < min || initial > max)) {
      refuse(spot, { message: 'must fit `min_value` and `max_value`', below: '/initial_value' });
    }
  },
);

const lines = number({ min: 1, max: 100, integer: true });

export const richTextInput: Rule = shape<RichTextInput>(
  {
    type: typeIs('rich_text_input'),
    initial_value: optional(richText),
    min_lines: optional(lines),
    max_lines: optional(lines),
    ...typed,
  },
  ({ min_lines: min, max_lines: max }, spot) => {
    if (min !== undefined && max !== undefined && min > max) {
      refuse(spot, { message: 'must not be greater than `max_lines`', below: '/min_lines' });
    }
  },
);
