import type {
  ChannelsSelect,
  ConversationsSelect,
  ExternalSelect,
  MultiChannelsSelect,
  MultiConversationsSelect,
  MultiExternalSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  Option,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import {
  conversationFilter,
  listed,
  menuOption,
  optionGroup,
  refuseRepeats,
} from './composition-rules.ts';
import { actionable, confirmable, focusable, placeholdable } from './element-rules.ts';
import { channelId, conversationId, userId } from './formats.ts';
import { checkInitial, optionValues } from './option-checks.ts';
import {
  flag,
  listOf,
  number,
  optional,
  type Rule,
  refuse,
  type Spot,
  shape,
  typeIs,
} from './rule.ts';

const OPTIONS_MAX = 100;

const menu = { ...actionable, ...confirmable, ...focusable, ...placeholdable };
const multiple = {
  max_selected_items: optional(number({ min: 1, integer: true })),
  ...menu,
};
const minQueryLength = { min_query_length: optional(number({ min: 0, integer: true })) };

function checkCount(
  element: { max_selected_items?: number },
  initial: { count: number; spot: Spot; below: string },
): void {
  if (initial.count > (element.max_selected_items ?? Number.POSITIVE_INFINITY)) {
    refuse(initial.spot, {
      message: 'must not hold more than `max_selected_items`',
      below: initial.below,
    });
  }
}

type StaticFields = Pick<StaticSelect, 'options' | 'option_groups'>;

const staticSource = {
  options: optional(listOf(menuOption, { max: OPTIONS_MAX })),
  option_groups: optional(listOf(optionGroup, { max: OPTIONS_MAX })),
};

/** All options of a static menu. Values must be unique in the whole menu, groups or not. */
function checkStaticSource(element: StaticFields, spot: Spot): Option[] {
  const { options, option_groups: groups } = element;
  if ((options === undefined) === (groups === undefined)) {
    refuse(spot, { message: 'must define exactly one of `options` or `option_groups`' });
  }
  const grouped = (groups ?? []).flatMap((group, index) =>
    optionValues(group.options, `/option_groups/${index}/options`),
  );
  refuseRepeats([...optionValues(options ?? [], '/options'), ...grouped], spot);
  return [...(options ?? []), ...(groups ?? []).flatMap((group) => group.options)];
}

export const staticSelect: Rule = shape<StaticSelect>(
  {
    type: typeIs('static_select'),
    initial_option: optional(menuOption),
    ...staticSource,
    ...menu,
  },
  (element, spot) => {
    const options = checkStaticSource(element, spot);
    const initial = element.initial_option ? [element.initial_option] : [];
    checkInitial(initial, { options, spot, below: '/initial_option' });
  },
);

export const multiStaticSelect: Rule = shape<MultiStaticSelect>(
  {
    type: typeIs('multi_static_select'),
    initial_options: optional(listOf(menuOption, { max: OPTIONS_MAX })),
    ...staticSource,
    ...multiple,
  },
  (element, spot) => {
    const options = checkStaticSource(element, spot);
    const initial = element.initial_options ?? [];
    checkInitial(initial, { options, spot, below: '/initial_options/*' });
    refuseRepeats(optionValues(initial, '/initial_options'), spot);
    checkCount(element, { count: initial.length, spot, below: '/initial_options' });
  },
);

export const externalSelect: Rule = shape<ExternalSelect>({
  type: typeIs('external_select'),
  initial_option: optional(menuOption),
  ...minQueryLength,
  ...menu,
});

export const multiExternalSelect: Rule = shape<MultiExternalSelect>(
  {
    type: typeIs('multi_external_select'),
    initial_options: optional(listOf(menuOption, { max: OPTIONS_MAX })),
    ...minQueryLength,
    ...multiple,
  },
  (element, spot) => {
    const initial = element.initial_options ?? [];
    refuseRepeats(optionValues(initial, '/initial_options'), spot);
    checkCount(element, { count: initial.length, spot, below: '/initial_options' });
  },
);

export const usersSelect: Rule = shape<UsersSelect>({
  type: typeIs('users_select'),
  initial_user: optional(userId),
  ...menu,
});

export const multiUsersSelect: Rule = shape<MultiUsersSelect>(
  { type: typeIs('multi_users_select'), initial_users: optional(listOf(userId)), ...multiple },
  (element, spot) => {
    const initial = element.initial_users ?? [];
    refuseRepeats(listed(initial, '/initial_users'), spot);
    checkCount(element, { count: initial.length, spot, below: '/initial_users' });
  },
);

/** Slack gives a response_url only for a menu in an input block of a modal. */
function checkResponseUrl(element: { response_url_enabled?: boolean }, spot: Spot): void {
  const inInputOfModal = spot.surface === 'modal' && spot.pointer.endsWith('/element');
  if (element.response_url_enabled !== undefined && !inInputOfModal) {
    refuse(spot, { message: 'invalid additional property: response_url_enabled' });
  }
}

export const conversationsSelect: Rule = shape<ConversationsSelect>(
  {
    type: typeIs('conversations_select'),
    initial_conversation: optional(conversationId),
    default_to_current_conversation: optional(flag),
    filter: optional(conversationFilter),
    response_url_enabled: optional(flag),
    ...menu,
  },
  checkResponseUrl,
);

export const multiConversationsSelect: Rule = shape<MultiConversationsSelect>(
  {
    type: typeIs('multi_conversations_select'),
    initial_conversations: optional(listOf(conversationId)),
    default_to_current_conversation: optional(flag),
    filter: optional(conversationFilter),
    ...multiple,
  },
  (element, spot) => {
    const initial = element.initial_conversations ?? [];
    refuseRepeats(listed(initial, '/initial_conversations'), spot);
    checkCount(element, { count: initial.length, spot, below: '/initial_conversations' });
  },
);

export const channelsSelect: Rule = shape<ChannelsSelect>(
  {
    type: typeIs('channels_select'),
    initial_channel: optional(channelId),
    response_url_enabled: optional(flag),
    ...menu,
  },
  checkResponseUrl,
);

export const multiChannelsSelect: Rule = shape<MultiChannelsSelect>(
  {
    type: typeIs('multi_channels_select'),
    initial_channels: optional(listOf(channelId)),
    ...multiple,
  },
  (element, spot) => {
    const initial = element.initial_channels ?? [];
    refuseRepeats(listed(initial, '/initial_channels'), spot);
    checkCount(element, { count: initial.length, spot, below: '/initial_channels' });
  },
);
