import type { types } from '@slack/bolt';
import type { ChannelKind, Reaction, Role, Toast, Value, Values } from '../../state/types.ts';

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
  refusesApps: boolean;
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

export type State = {
  now: string;
  /** All apps that there are, with the page on which each is installed, if it has one. */
  apps: { id: string; name: string; installUrl: string | null }[];
  teams: TeamState[];
};
