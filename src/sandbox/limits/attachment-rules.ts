import type { MessageAttachment } from '@slack/types';
import { checkBlockList } from './blocks.ts';
import { TEXT_MAX } from './composition-rules.ts';
import { linkUrl, webUrl } from './formats.ts';
import { flag, listOf, oneOf, optional, type Rule, required, shape, string } from './rule.ts';

type Field = NonNullable<MessageAttachment['fields']>[number];

/** The fields of an attachment that Tandem could use; legacy actions and unfurls are refused. */
type AttachmentFields = Omit<
  MessageAttachment,
  | 'actions'
  | 'app_id'
  | 'app_unfurl_url'
  | 'bot_id'
  | 'callback_id'
  | 'is_app_unfurl'
  | 'preview'
  | 'ts'
> & { ts?: string | number };

const line = string({ max: TEXT_MAX });

// Slack names no limit for the texts of an attachment; the one of text objects is used.
export const attachment: Rule = shape<AttachmentFields>({
  blocks: optional(checkBlockList),
  fallback: optional(line),
  color: optional(
    string({
      format: {
        test: (color) => /^(good|warning|danger|#[0-9a-fA-F]{6})$/.test(color),
        message: 'must be good, warning, danger or a hex color',
      },
    }),
  ),
  pretext: optional(line),
  author_name: optional(line),
  author_link: optional(linkUrl),
  author_icon: optional(webUrl),
  author_subname: optional(line),
  title: optional(line),
  title_link: optional(linkUrl),
  text: optional(line),
  fields: optional(
    listOf(shape<Field>({ title: required(line), value: required(line), short: optional(flag) })),
  ),
  image_url: optional(webUrl),
  thumb_url: optional(webUrl),
  footer: optional(string({ max: 300 })),
  footer_icon: optional(webUrl),
  ts: optional((spot) => {
    const text = { ...spot, value: String(spot.value) };
    string({
      format: { test: (ts) => /^\d{10}(\.\d+)?$/.test(ts), message: 'must be a timestamp' },
    })(text);
  }),
  mrkdwn_in: optional(listOf(oneOf(['pretext', 'text', 'fields']))),
});
