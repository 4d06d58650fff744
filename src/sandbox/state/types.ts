import type { types, ViewOutput, ViewStateValue } from '@slack/bolt';
import type { Manifest } from './manifest.ts';

export type Block = types.KnownBlock;
/** What inputs hold, by block id and action id: the shape of `state.values`. */
export type Values = ViewOutput['state']['values'];
export type Value = ViewStateValue;

export type Role = 'owner' | 'admin' | 'member' | 'guest' | 'single_channel_guest' | 'external';

export type User = {
  id: string;
  /** The workspace where the person lives; differs from the workspace only for role `external`. */
  homeTeamId: string;
  handle: string;
  realName: string;
  displayName: string;
  title: string;
  email: string;
  zone: string | null;
  role: Role;
  isBot: boolean;
  botId: string | null;
  appId: string | null;
  deactivated: boolean;
  /** Apps cannot send this person direct messages. */
  refusesApps: boolean;
  statusText: string;
  statusEmoji: string;
  /** Unix seconds of the next do-not-disturb window, or null. */
  dnd: { startAt: number; endAt: number } | null;
  updatedAt: number;
};

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export type Reaction = { name: string; users: string[] };

export type Message = {
  /** Grows with every message of the sandbox. */
  sequence: number;
  ts: string;
  channelId: string;
  userId: string;
  text: string;
  blocks: Block[];
  attachments: types.MessageAttachment[];
  metadata: types.MessageMetadata | null;
  subtype:
    | 'bot_message'
    | 'channel_join'
    | 'channel_leave'
    | 'channel_name'
    | 'channel_archive'
    | 'channel_unarchive'
    | 'file_share'
    | 'thread_broadcast'
    | null;
  threadTs: string | null;
  appId: string | null;
  botId: string | null;
  username: string | null;
  clientMsgId: string | null;
  edited: { user: string; ts: string } | null;
  reactions: Reaction[];
  fileIds: string[];
  /** Only this person sees it, and no history keeps it. */
  ephemeralTo: string | null;
};

export type Channel = {
  id: string;
  teamId: string;
  name: string;
  kind: ChannelKind;
  creator: string;
  createdAt: number;
  topic: string;
  purpose: string;
  archived: boolean;
  isShared: boolean;
  isGeneral: boolean;
  members: Set<string>;
  messages: Message[];
  lastTs: { seconds: number; micros: number };
};

export type File = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  userId: string;
  bytes: Buffer | null;
  complete: boolean;
  createdAt: number;
  uploadKey: string;
  altText: string;
};

export type Team = {
  id: string;
  name: string;
  domain: string;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  files: Map<string, File>;
  people: Map<string, Person>;
};

export type OpenView = {
  id: string;
  hash: string;
  appId: string;
  userId: string;
  view: types.ModalView | types.HomeView;
  rootViewId: string;
  previousViewId: string | null;
  values: Values;
  /** What the person reads at each input, by block id. */
  errors: Record<string, string>;
  /** What the person reads at the top of the modal. */
  notice: string | null;
};

export type Toast = { at: string; text: string; kind: 'error' | 'info' };

/** What one person has on the screen. */
export type Person = {
  userId: string;
  modals: OpenView[];
  homes: Map<string, OpenView>;
  /** The app whose Home is in front, if any. */
  homeInFront: string | null;
  lastRead: Map<string, string>;
  toasts: Toast[];
  /** Values chosen in messages, by channel and ts. */
  messageValues: Map<string, Values>;
};

export type Delivery =
  | { mode: 'socket' }
  | {
      mode: 'http';
      requestUrl: string;
      /** Failed events come again hourly for 24 hours of simulated time. */
      delayedEvents?: boolean;
    };

export type SlackApp = {
  id: string;
  name: string;
  manifest: Manifest;
  delivery: Delivery;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  verificationToken: string;
  appToken: string;
  /** The app's own page on which people begin to install it; null for one that is installed in its settings. */
  installUrl: string | null;
  installations: Map<string, Installation>;
  /** Tokens that once worked, with Slack's name for what happened to them. */
  retiredTokens: Map<string, 'account_inactive' | 'token_revoked'>;
};

export type Installation = {
  appId: string;
  teamId: string;
  botUserId: string;
  botId: string;
  botToken: string;
  /** With token rotation: what the next token costs, when this one ends, and the one before while it still works. */
  rotation: Rotation | null;
  scopes: string[];
  installerId: string;
  status: 'active' | 'revoked' | 'uninstalled';
};

export type Rotation = {
  refreshToken: string;
  /** Simulated milliseconds. */
  endsAtMs: number;
  earlier: { botToken: string; endsAtMs: number } | null;
};
