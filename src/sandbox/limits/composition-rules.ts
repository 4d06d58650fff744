import type {
  ConfirmationDialog,
  ConversationType,
  DispatchActionConfig,
  MrkdwnElement,
  Option,
  OptionGroup,
  PlainTextElement,
} from '@slack/types';
import { linkUrl, webUrl } from './formats.ts';
import {
  byType,
  flag,
  listOf,
  oneOf,
  optional,
  type Rule,
  refuse,
  required,
  type Spot,
  shape,
  string,
  typeIs,
} from './rule.ts';

/** What any text object may hold where its place sets no limit of its own. */
export const TEXT_MAX = 3000;

/** Identifiers an app chooses: block_id, action_id, callback_id, external_id. */
export const identifier: Rule = string({ max: 255 });

const plainTextUpTo = (max: number): Rule =>
  shape<PlainTextElement>({
    type: typeIs('plain_text'),
    text: required(string({ max })),
    emoji: optional(flag),
  });

const mrkdwnUpTo = (max: number): Rule =>
  shape<MrkdwnElement>({
    type: typeIs('mrkdwn'),
    text: required(string({ max })),
    verbatim: optional(flag),
  });

/** A plain_text object of 1 to `max` characters. */
export const plainText = (max: number): Rule =>
  byType(new Map([['plain_text', plainTextUpTo(max)]]));

/** A mrkdwn object of 1 to `max` characters. */
export const mrkdwn = (max: number): Rule => byType(new Map([['mrkdwn', mrkdwnUpTo(max)]]));

/** A plain_text or mrkdwn object of 1 to `max` characters. */
export const anyText = (max: number): Rule =>
  byType(
    new Map([
      ['plain_text', plainTextUpTo(max)],
      ['mrkdwn', mrkdwnUpTo(max)],
    ]),
  );

export const colorScheme: Rule = oneOf(['primary', 'danger']);

/** All four texts are required: the types make three of them optional, Slack's page does not. */
export const confirmDialog: Rule = shape<ConfirmationDialog>({
  title: required(plainText(100)),
  text: required(anyText(300)),
  confirm: required(plainText(30)),
  deny: required(plainText(30)),
  style: optional(colorScheme),
});

export const dispatchActionConfig: Rule = shape<DispatchActionConfig>(
  {
    trigger_actions_on: optional(listOf(oneOf(['on_enter_pressed', 'on_character_entered']))),
  },
  (config, spot) =>
    refuseRepeats(listed(config.trigger_actions_on ?? [], '/trigger_actions_on'), spot),
);

type ConversationFilterFields = {
  include?: ConversationType[];
  exclude_external_shared_channels?: boolean;
  exclude_bot_users?: boolean;
};

export const conversationFilter: Rule = shape<ConversationFilterFields>(
  {
    include: optional(listOf(oneOf(['im', 'mpim', 'private', 'public']))),
    exclude_external_shared_channels: optional(flag),
    exclude_bot_users: optional(flag),
  },
  (filter, spot) => {
    refuseRepeats(listed(filter.include ?? [], '/include'), spot);
    if (Object.keys(filter).length === 0) {
      refuse(spot, { message: 'must define at least one field' });
    }
  },
);

type OptionPlace = { text: Rule; url: boolean };

/**
 * An option. `value` may have 75 characters: the types say 75, other pages 150 or more. It is
 * required here, as in Slack's older pages: an option without a value tells the app nothing.
 */
function optionIn(place: OptionPlace): Rule {
  return shape<Option>(
    {
      text: required(place.text),
      value: required(string({ max: 75 })),
      description: optional(plainText(75)),
      url: optional(linkUrl),
    },
    (option, spot) => {
      if (option.url !== undefined && !place.url) {
        refuse(spot, { message: 'invalid additional property: url' });
      }
    },
  );
}

/** An option of a select or multi-select menu. */
export const menuOption: Rule = optionIn({ text: plainText(75), url: false });

/** An option of an overflow menu: the only one that may open an address. */
export const overflowOption: Rule = optionIn({ text: plainText(75), url: true });

/** An option of radio buttons or checkboxes. */
export const choiceOption: Rule = optionIn({ text: anyText(75), url: false });

export const optionGroup: Rule = shape<OptionGroup>({
  label: required(plainText(75)),
  options: required(listOf(menuOption, { max: 100 })),
});

type SlackFileFields = { id?: string; url?: string };

const slackFile: Rule = shape<SlackFileFields>(
  { id: optional(identifier), url: optional(webUrl) },
  (file, spot) => {
    if ((file.id === undefined) === (file.url === undefined)) {
      refuse(spot, { message: 'must define exactly one of `id` or `url`' });
    }
  },
);

export type ImageSource = { image_url?: string; slack_file?: SlackFileFields };

export const imageSource = { image_url: optional(webUrl), slack_file: optional(slackFile) };

/** Refuses an image that has no source, or two. */
export function checkImageSource(image: ImageSource, spot: Spot): void {
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    refuse(spot, { message: 'must define exactly one of `image_url` or `slack_file`' });
  }
}

type Listed = { readonly value: string | undefined; readonly below: string };

/** The values of a list with their paths: `below` is the path of the list itself. */
export const listed = (values: readonly (string | undefined)[], below: string): Listed[] =>
  values.map((value, index) => ({ value, below: `${below}/${index}` }));

/** Refuses the second and later occurrences of a value. */
export function refuseRepeats(values: readonly Listed[], spot: Spot): void {
  const seen = new Set<string>();
  for (const { value, below } of values) {
    if (value === undefined) continue;
    if (seen.has(value)) refuse(spot, { message: `must be unique: ${value}`, below });
    seen.add(value);
  }
}
