import type {
  ChannelsSelect,
  ConversationsSelect,
  ExternalSelect,
  MultiChannelsSelect,
  MultiConversationsSelect,
  MultiExternalSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import type { ChannelState } from '../../index.ts';
import { renderEmoji } from '../../rendering/emoji.ts';
import type { initialValue } from '../../state/values.ts';
import type { PersonContextValue } from '../workspace/person-context.ts';

export type MenuElement =
  | StaticSelect
  | ExternalSelect
  | UsersSelect
  | ConversationsSelect
  | ChannelsSelect
  | MultiStaticSelect
  | MultiExternalSelect
  | MultiUsersSelect
  | MultiConversationsSelect
  | MultiChannelsSelect;

/** One thing that a menu offers; `answer` is how a person names it to the sandbox. */
export type Offer = { key: string; text: string; note?: string; group?: string; answer: string };

type Option = { text: { text: string }; value?: string; description?: { text: string } };
type Who = Pick<PersonContextValue, 'team' | 'person'>;

/** What a menu offers by itself. */
export function offersOf(element: MenuElement, who: Who): Offer[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return [
        ...(element.options ?? []).map((option) => fromOption(option)),
        ...(element.option_groups ?? []).flatMap((group) =>
          group.options.map((option) => fromOption(option, group.label.text)),
        ),
      ];
    case 'external_select':
    case 'multi_external_select':
      return [];
    case 'users_select':
    case 'multi_users_select':
      return who.team.people
        .filter((person) => !person.deactivated)
        .map(({ id, name, realName }) => ({ key: id, text: name, note: realName, answer: id }));
    case 'channels_select':
    case 'multi_channels_select':
      return channelsOf(who).filter(isPublic).map(fromChannel);
    case 'conversations_select':
    case 'multi_conversations_select': {
      const include = element.filter?.include;
      return channelsOf(who)
        .filter(({ kind }) => include === undefined || include.includes(kind))
        .map(fromChannel);
    }
  }
}

/** What a menu holds, as its offers. */
export function selectedIn(value: ReturnType<typeof initialValue>, who: Who): Offer[] {
  if (!value) return [];
  const options = value.selected_options ?? (value.selected_option ? [value.selected_option] : []);
  const users = value.selected_users ?? (value.selected_user ? [value.selected_user] : []);
  const channels = [
    ...(value.selected_channels ?? []),
    ...(value.selected_conversations ?? []),
    ...(value.selected_channel ? [value.selected_channel] : []),
    ...(value.selected_conversation ? [value.selected_conversation] : []),
  ];
  const known = channelsOf(who);
  const bots = who.team.apps.map(({ botUserId, name }) => ({ id: botUserId, name }));
  return [
    ...options.map((option) => fromOption(option)),
    ...users.map((id) => {
      const name = [...who.team.people, ...bots].find((one) => one.id === id)?.name ?? id;
      return { key: id, text: name, answer: id };
    }),
    ...channels.map((id) => {
      const name = known.find((channel) => channel.id === id)?.name ?? id;
      return { key: id, text: name, answer: id };
    }),
  ];
}

function fromOption(option: Option, group?: string): Offer {
  return {
    key: option.value ?? option.text.text,
    text: renderEmoji(option.text.text),
    ...(option.description ? { note: option.description.text } : {}),
    ...(group === undefined ? {} : { group }),
    answer: option.text.text,
  };
}

function fromChannel({ id, name }: ChannelState): Offer {
  return { key: id, text: name, answer: id };
}

function isPublic(channel: ChannelState): boolean {
  return channel.kind === 'public';
}

/** The person's own conversations, and every public channel that anybody is in. */
function channelsOf({ team, person }: Who): ChannelState[] {
  const own = new Map(person.channels.map((channel) => [channel.id, channel]));
  const others = team.people.flatMap((one) => one.channels).filter(isPublic);
  for (const channel of others) if (!own.has(channel.id)) own.set(channel.id, channel);
  return [...own.values()].filter((channel) => !channel.archived);
}
