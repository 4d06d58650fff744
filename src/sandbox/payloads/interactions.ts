import type {
  BasicElementAction,
  BlockAction,
  BlockElementAction,
  BlockSuggestion,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type {
  Channel,
  Installation,
  Message,
  OpenView,
  SlackApp,
  Team,
  User,
  Values,
} from '../state/types.ts';
import { channelNameInPayload } from './channels.ts';
import { messagePayload } from './messages.ts';
import { viewPayload } from './views.ts';

/** Who did something, where, and to which app. */
export type Origin = { app: SlackApp; installation: Installation; team: Team; user: User };

/** Slack sends no `response_url` when the action is in a view, though Bolt's type always has one. */
export type BlockActionPayload = Omit<BlockAction<ElementAction>, 'response_url'> & {
  response_url?: string;
};

/** Actions of elements for which Bolt has no type of its own yet. */
type FurtherAction =
  | (BasicElementAction<'datetimepicker'> & { selected_date_time: number | null })
  | (BasicElementAction<'email_text_input' | 'url_text_input' | 'number_input'> & {
      value: string | null;
    })
  | BasicElementAction<'workflow_button' | 'file_input'>;

export type ElementAction = BlockElementAction | FurtherAction;

export type Interaction =
  | BlockActionPayload
  | ViewSubmitAction
  | ViewClosedAction
  | GlobalShortcut
  | MessageShortcut
  | BlockSuggestion;

function common(origin: Origin) {
  const { app, team, user } = origin;
  return {
    api_app_id: app.id,
    token: app.verificationToken,
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.handle, name: user.handle, team_id: user.homeTeamId },
    is_enterprise_install: false,
  };
}

export function channelReference(channel: Channel): { id: string; name: string } {
  return { id: channel.id, name: channelNameInPayload(channel) };
}

export function slashCommandPayload(
  origin: Origin,
  o: { command: string; text: string; channel: Channel; triggerId: string; responseUrl: string },
): SlashCommand {
  const { app, team, user } = origin;
  return {
    token: app.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: o.channel.id,
    channel_name: channelNameInPayload(o.channel),
    user_id: user.id,
    user_name: user.handle,
    command: o.command,
    text: o.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: o.responseUrl,
    trigger_id: o.triggerId,
  };
}

export type ActionPlace =
  | { kind: 'message'; channel: Channel; message: Message; values: Values; responseUrl: string }
  | { kind: 'view'; open: OpenView };

export function blockActionPayload(
  origin: Origin,
  o: { place: ActionPlace; action: ElementAction; triggerId: string },
): BlockActionPayload {
  const { place } = o;
  const start = {
    type: 'block_actions' as const,
    ...common(origin),
    trigger_id: o.triggerId,
    actions: [o.action],
  };
  if (place.kind === 'view') {
    return {
      ...start,
      container: { type: 'view', view_id: place.open.id },
      view: viewPayload(origin.installation, place.open),
      state: { values: place.open.values },
    };
  }
  const { message, channel } = place;
  const isEphemeral = message.ephemeralTo !== null;
  return {
    ...start,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: channelReference(channel),
    // Slack sends an ephemeral message without its content.
    ...(isEphemeral
      ? { message: { type: 'message', ts: message.ts } as const }
      : { message: messagePayload(origin.team, message) }),
    state: { values: place.values },
    response_url: place.responseUrl,
  };
}

export function viewSubmissionPayload(
  origin: Origin,
  o: { open: OpenView; triggerId: string; responseUrls: ViewSubmitAction['response_urls'] },
): ViewSubmitAction {
  return {
    type: 'view_submission',
    ...common(origin),
    trigger_id: o.triggerId,
    view: viewPayload(origin.installation, o.open),
    response_urls: o.responseUrls ?? [],
  };
}

export function viewClosedPayload(
  origin: Origin,
  o: { open: OpenView; isCleared: boolean },
): ViewClosedAction {
  return {
    type: 'view_closed',
    ...common(origin),
    view: viewPayload(origin.installation, o.open),
    is_cleared: o.isCleared,
  };
}

export function globalShortcutPayload(
  origin: Origin,
  o: { callbackId: string; triggerId: string; actionTs: string },
): GlobalShortcut {
  return {
    type: 'shortcut',
    ...common(origin),
    callback_id: o.callbackId,
    trigger_id: o.triggerId,
    action_ts: o.actionTs,
  };
}

export function messageShortcutPayload(
  origin: Origin,
  o: {
    callbackId: string;
    triggerId: string;
    actionTs: string;
    channel: Channel;
    message: Message;
    responseUrl: string;
  },
): MessageShortcut {
  return {
    type: 'message_action',
    ...common(origin),
    callback_id: o.callbackId,
    trigger_id: o.triggerId,
    action_ts: o.actionTs,
    message_ts: o.message.ts,
    channel: channelReference(o.channel),
    message: messagePayload(origin.team, o.message),
    response_url: o.responseUrl,
  };
}

export function suggestionPayload(
  origin: Origin,
  o: { blockId: string; actionId: string; value: string; place: ActionPlace },
): BlockSuggestion {
  const { place } = o;
  return {
    type: 'block_suggestion',
    ...common(origin),
    action_id: o.actionId,
    block_id: o.blockId,
    value: o.value,
    ...(place.kind === 'view'
      ? {
          container: { type: 'view', view_id: place.open.id },
          view: viewPayload(origin.installation, place.open),
        }
      : {
          container: {
            type: 'message',
            message_ts: place.message.ts,
            channel_id: place.channel.id,
            is_ephemeral: place.message.ephemeralTo !== null,
          },
          channel: channelReference(place.channel),
          message: messagePayload(origin.team, place.message),
        }),
  };
}
