import type { types } from '@slack/bolt';
import { renderBlocks, renderMessage } from '../rendering/blocks.ts';
import { renderTextObject } from '../rendering/text.ts';
import { channelLabel } from '../state/channels.ts';
import { type Control, controlsIn, optionsOf } from '../state/controls.ts';
import type {
  Block,
  Channel,
  ChannelKind,
  Message,
  OpenView,
  Reaction,
  Role,
  Toast,
  Value,
  Values,
} from '../state/types.ts';
import { findTeam, findUser, installationsOf, personOf, type World } from '../state/world.ts';
import { holdsValue, inputLabels, pressablesIn } from './labels.ts';
import type { Actor } from './stage.ts';
import { readerOf } from './surfaces.ts';
import { closedBecause } from './talk.ts';

/** Something on the screen that the person can use, by its label. */
export type ControlState = {
  label: string;
  kind: string;
  blockId: string;
  actionId: string;
  value?: Value;
  options?: string[];
  required?: boolean;
  hint?: string;
  error?: string;
  confirm?: string;
};

export type MessageState = {
  ts: string;
  channel: string;
  /** Simulated time at which it was posted. */
  at: string;
  by: string;
  byId: string;
  byBot: boolean;
  /** As lines of readable text. */
  text: string;
  plainText: string;
  blocks: types.AnyBlock[];
  attachments: types.MessageAttachment[];
  controls: ControlState[];
  edited: boolean;
  ephemeral: boolean;
  thread: string | null;
  reactions: Reaction[];
  files: { id: string; name: string; mimetype: string; url: string; alt: string }[];
  replies: MessageState[];
  subtype: string | null;
};

export type ModalState = {
  id: string;
  app: string;
  title: string;
  submit: string | null;
  close: string | null;
  text: string;
  blocks: types.AnyBlock[];
  inputs: ControlState[];
  buttons: ControlState[];
  values: Values;
  /** Errors by label of their input. */
  errors: Record<string, string>;
  notice: string | null;
};

export type ChannelState = {
  id: string;
  name: string;
  kind: ChannelKind;
  members: string[];
  archived: boolean;
  /** Why the person cannot write here, as a sentence; null when they can. */
  closed: string | null;
  unread: number;
  messages: MessageState[];
};

export type HomeState = Omit<ModalState, 'submit' | 'close' | 'title'>;

export type PersonState = {
  id: string;
  name: string;
  realName: string;
  zone: string | null;
  localTime: string;
  role: Role;
  isBot: boolean;
  deactivated: boolean;
  channels: ChannelState[];
  /** From the bottom of the stack to the one in front. */
  modals: ModalState[];
  homes: HomeState[];
  homeInFront: string | null;
  toasts: Toast[];
};

export type TeamState = {
  id: string;
  name: string;
  domain: string;
  apps: {
    id: string;
    name: string;
    botUserId: string;
    commands: { command: string; description: string; usageHint: string }[];
    shortcuts: { name: string; type: 'global' | 'message'; description: string }[];
    hasHome: boolean;
  }[];
  people: PersonState[];
};

export type State = { now: string; teams: TeamState[] };

function controlStates(
  world: World,
  actor: Actor,
  o: { blocks: readonly types.AnyBlock[]; values: Values; errors?: Record<string, string> },
): ControlState[] {
  return controlsIn(o.blocks).flatMap((control) =>
    holdsValue(control)
      ? [inputState(world, actor, { ...o, control })]
      : buttonStates(world, actor, control),
  );
}

function buttonStates(world: World, actor: Actor, control: Control): ControlState[] {
  const reader = readerOf(world, actor);
  const dialog = 'confirm' in control.element ? control.element.confirm : undefined;
  return pressablesIn(control, reader).map((pressable) => ({
    label: pressable.labels[0] ?? '',
    kind: control.element.type,
    blockId: control.blockId,
    actionId: control.actionId,
    ...(dialog ? { confirm: renderTextObject(dialog.text, reader) } : {}),
  }));
}

function inputState(
  world: World,
  actor: Actor,
  o: { control: Control; values: Values; errors?: Record<string, string> },
): ControlState {
  const { control } = o;
  const reader = readerOf(world, actor);
  const options = optionsOf(control.element);
  const value = o.values[control.blockId]?.[control.actionId];
  const error = o.errors?.[control.blockId];
  return {
    label: inputLabels(control, reader)[0] ?? '',
    kind: control.element.type,
    blockId: control.blockId,
    actionId: control.actionId,
    ...(value ? { value } : {}),
    ...(options.length > 0
      ? { options: options.map((option) => renderTextObject(option.text, reader)) }
      : {}),
    ...(control.input ? { required: control.input.optional !== true } : {}),
    ...(control.input?.hint ? { hint: control.input.hint.text } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/** A message as this person sees it. Replies are listed with the first message of a thread. */
export function messageState(
  world: World,
  actor: Actor,
  o: { channel: Channel; message: Message; withReplies?: boolean },
): MessageState {
  const { channel, message } = o;
  const { team, user } = actor;
  const author = team.users.get(message.userId);
  const attached = message.attachments.flatMap((one) => (one.blocks ?? []) as Block[]);
  const kept = personOf(team, user.id).messageValues.get(`${channel.id} ${message.ts}`);
  const replies = o.withReplies
    ? channel.messages.filter(
        (other) => other.threadTs === message.ts && other !== message && isSeenBy(other, user.id),
      )
    : [];
  return {
    ts: message.ts,
    channel: channelLabel(team, channel, user.id),
    at: new Date(Number(message.ts) * 1000).toISOString(),
    by: message.username ?? author?.displayName ?? message.userId,
    byId: message.userId,
    byBot: message.botId !== null,
    text: renderMessage(message, readerOf(world, actor)).join('\n'),
    plainText: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    controls: controlStates(world, actor, {
      blocks: [...message.blocks, ...attached],
      values: kept ?? {},
    }),
    edited: message.edited !== null,
    ephemeral: message.ephemeralTo !== null,
    thread: message.threadTs,
    reactions: message.reactions,
    files: message.fileIds.flatMap((id) => {
      const file = team.files.get(id);
      if (!file) return [];
      const url = `${world.baseUrl}/files/${team.id}/${file.id}`;
      return [{ id, name: file.name, mimetype: file.mimetype, url, alt: file.altText }];
    }),
    replies: replies.map((reply) => messageState(world, actor, { channel, message: reply })),
    subtype: message.subtype,
  };
}

function isSeenBy(message: Message, userId: string): boolean {
  return message.ephemeralTo === null || message.ephemeralTo === userId;
}

function viewState(world: World, actor: Actor, open: OpenView): HomeState {
  const controls = controlStates(world, actor, {
    blocks: open.view.blocks,
    values: open.values,
    errors: open.errors,
  });
  const inputs = controls.filter((control) => control.required !== undefined || control.value);
  return {
    id: open.id,
    app: world.apps.get(open.appId)?.name ?? open.appId,
    text: renderBlocks(open.view.blocks, readerOf(world, actor)).join('\n'),
    blocks: open.view.blocks,
    inputs,
    buttons: controls.filter((control) => !inputs.includes(control)),
    values: open.values,
    errors: Object.fromEntries(
      inputs.flatMap((input) => (input.error === undefined ? [] : [[input.label, input.error]])),
    ),
    notice: open.notice,
  };
}

export function modalState(world: World, actor: Actor, open: OpenView): ModalState {
  const modal = open.view.type === 'modal' ? open.view : null;
  return {
    ...viewState(world, actor, open),
    title: modal?.title.text ?? '',
    submit: modal?.submit?.text ?? null,
    close: modal?.close?.text ?? null,
  };
}

function channelState(world: World, actor: Actor, channel: Channel): ChannelState {
  const { team, user } = actor;
  const read = personOf(team, user.id).lastRead.get(channel.id) ?? '';
  const seen = channel.messages.filter((message) => isSeenBy(message, user.id));
  const top = seen.filter(
    (message) => message.threadTs === null || message.subtype === 'thread_broadcast',
  );
  return {
    id: channel.id,
    name: channelLabel(team, channel, user.id),
    kind: channel.kind,
    members: [...channel.members].map((id) => team.users.get(id)?.displayName ?? id),
    archived: channel.archived,
    closed: closedBecause(world, actor, channel)?.message ?? null,
    unread: seen.filter((message) => message.userId !== user.id && message.ts > read).length,
    messages: top.map((message) =>
      messageState(world, actor, { channel, message, withReplies: true }),
    ),
  };
}

function personState(world: World, actor: Actor): PersonState {
  const { team, user } = actor;
  const person = personOf(team, user.id);
  return {
    id: user.id,
    name: user.displayName,
    realName: user.realName,
    zone: user.zone,
    localTime: world.clock
      .now()
      .setZone(user.zone ?? 'UTC')
      .toFormat('ccc d LLL yyyy HH:mm'),
    role: user.role,
    isBot: user.isBot,
    deactivated: user.deactivated,
    channels: [...team.channels.values()]
      .filter((channel) => channel.members.has(user.id))
      .map((channel) => channelState(world, actor, channel)),
    modals: person.modals.map((open) => modalState(world, actor, open)),
    homes: [...person.homes.values()].map((open) => viewState(world, actor, open)),
    homeInFront: person.homeInFront,
    toasts: person.toasts,
  };
}

/** What people see now: everybody's screen, or one workspace's, or one person's. */
export function stateOf(world: World, o: { team?: string; user?: string } = {}): State {
  const isOne = o.team !== undefined || o.user !== undefined;
  const teams = isOne ? [findTeam(world, o.team)] : [...world.teams.values()];
  return {
    now: world.clock.now().toISO(),
    teams: teams.map((team) => ({
      id: team.id,
      name: team.name,
      domain: team.domain,
      apps: installationsOf(world, team.id).map(({ app, installation }) => ({
        id: app.id,
        name: app.name,
        botUserId: installation.botUserId,
        commands: (app.manifest.features?.slash_commands ?? []).map((command) => ({
          command: command.command,
          description: command.description,
          usageHint: command.usage_hint ?? '',
        })),
        shortcuts: (app.manifest.features?.shortcuts ?? []).map(({ name, type, description }) => ({
          name,
          type,
          description,
        })),
        hasHome: app.manifest.features?.app_home?.home_tab_enabled ?? false,
      })),
      people: (o.user === undefined ? [...team.users.values()] : [findUser(team, o.user)])
        .filter((user) => o.user !== undefined || !user.appId)
        .map((user) => personState(world, { team, user })),
    })),
  };
}
