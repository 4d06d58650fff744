import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextBorderable,
  RichTextBroadcastMention,
  RichTextChannelMention,
  RichTextColor,
  RichTextDate,
  RichTextElement,
  RichTextEmoji,
  RichTextLink,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
  RichTextStyleable,
  RichTextTeamMention,
  RichTextText,
  RichTextUsergroupMention,
  RichTextUserMention,
} from '@slack/types';
import { identifier, TEXT_MAX } from './composition-rules.ts';
import { channelId, linkUrl, userId, webUrl } from './formats.ts';
import {
  byType,
  flag,
  listOf,
  number,
  oneOf,
  optional,
  type Rule,
  required,
  shape,
  string,
  typeIs,
} from './rule.ts';

// Slack names no limit for one text element of a rich_text block. The limit of every other text
// object is used: longer pieces are what `msg_blocks_too_long` reports are about.
const text = string({ max: TEXT_MAX });

const styled = {
  style: optional(
    shape<NonNullable<RichTextStyleable['style']>>({
      bold: optional(flag),
      code: optional(flag),
      italic: optional(flag),
      strike: optional(flag),
      underline: optional(flag),
    }),
  ),
};

const INLINE: Record<RichTextElement['type'], Rule> = {
  broadcast: shape<RichTextBroadcastMention>({
    type: typeIs('broadcast'),
    range: required(oneOf(['here', 'channel', 'everyone'])),
    ...styled,
  }),
  channel: shape<RichTextChannelMention>({
    type: typeIs('channel'),
    channel_id: required(channelId),
    ...styled,
  }),
  color: shape<RichTextColor>({
    type: typeIs('color'),
    value: required(
      string({
        format: {
          test: (color) => /^#[0-9a-fA-F]{6}$/.test(color),
          message: 'must be a hex color',
        },
      }),
    ),
    ...styled,
  }),
  date: shape<RichTextDate>({
    type: typeIs('date'),
    timestamp: required(number({ min: 0, integer: true })),
    format: required(
      string({
        max: TEXT_MAX,
        format: {
          test: (format) => /\{[a-z_]+\}/.test(format),
          message: 'must hold a date format token',
        },
      }),
    ),
    url: optional(linkUrl),
    fallback: optional(text),
    ...styled,
  }),
  emoji: shape<RichTextEmoji>({
    type: typeIs('emoji'),
    name: required(
      string({
        max: 100,
        format: {
          test: (name) => /^[\p{L}\p{N}_+'-]+$/u.test(name),
          message: 'must be an emoji name without colons',
        },
      }),
    ),
    unicode: optional(string({ max: 100 })),
    url: optional(webUrl),
    ...styled,
  }),
  link: shape<RichTextLink>({
    type: typeIs('link'),
    url: required(linkUrl),
    text: optional(text),
    unsafe: optional(flag),
    ...styled,
  }),
  team: shape<RichTextTeamMention>({
    type: typeIs('team'),
    team_id: required(identifier),
    ...styled,
  }),
  text: shape<RichTextText>({ type: typeIs('text'), text: required(text), ...styled }),
  user: shape<RichTextUserMention>({ type: typeIs('user'), user_id: required(userId), ...styled }),
  usergroup: shape<RichTextUsergroupMention>({
    type: typeIs('usergroup'),
    usergroup_id: required(identifier),
    ...styled,
  }),
};

const inline = byType(new Map(Object.entries(INLINE)));

const border = { border: optional(oneOf([0, 1])) } satisfies Record<
  keyof RichTextBorderable,
  object
>;

// An empty section is what Slack's own clients send for an empty line, so it is allowed.
const section = shape<RichTextSection>({
  type: typeIs('rich_text_section'),
  elements: required(listOf(inline, { min: 0 })),
});

const PARTS: Record<RichTextBlockElement['type'], Rule> = {
  rich_text_section: section,
  rich_text_list: shape<RichTextList>({
    type: typeIs('rich_text_list'),
    elements: required(listOf(byType(new Map([['rich_text_section', section]])))),
    style: required(oneOf(['bullet', 'ordered'])),
    indent: optional(number({ min: 0, max: 8, integer: true })),
    ...border,
  }),
  rich_text_quote: shape<RichTextQuote>({
    type: typeIs('rich_text_quote'),
    elements: required(listOf(inline)),
    ...border,
  }),
  rich_text_preformatted: shape<RichTextPreformatted>({
    type: typeIs('rich_text_preformatted'),
    elements: required(
      listOf(
        byType(
          new Map([
            ['text', INLINE.text],
            ['link', INLINE.link],
          ]),
        ),
      ),
    ),
    ...border,
  }),
};

/** A rich_text block, wherever one may stand: as a block, in a cell, as an initial value. */
export const richText: Rule = shape<RichTextBlock>({
  type: typeIs('rich_text'),
  block_id: optional(identifier),
  elements: required(listOf(byType(new Map(Object.entries(PARTS))))),
});
