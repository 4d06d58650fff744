import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';

/** The app in one workspace. */
export type Installation = {
  workspaceId: string;
  workspaceName: string;
  botToken: string;
  botId: string;
  botUserId: string;
  /** Permissions that were granted, in Slack's words. */
  scopes: readonly string[];
};

/** The app in the workspaces that it serves, by workspace. */
export type Installations = {
  /** Null when the app is not installed in that workspace. Never older than the call: see `createInstallations`. */
  find(workspaceId: string): Promise<Installation | null>;
  /** Notes a workspace of an organization that has the app, the first time that Slack speaks of it. */
  admit(o: { workspaceId: string; organizationId: string }): Promise<void>;
  /** Slack says that the app was removed at `at` from a workspace or organization. Says which workspaces that ended. */
  remove(o: { ownerId: string; at: DateTime }): Promise<string[]>;
  /** An organization let the app into some of its workspaces, or took it out of them. */
  changeAccess(o: AccessChange): Promise<void>;
  /**
   * Slack says that this token is worth nothing any more: nobody calls with it again. True when there is another one,
   * or may be in a moment; otherwise the app is no longer in that workspace.
   */
  refuse(refusal: Refusal): Promise<boolean>;
  /** Where a permission is granted later, for people. */
  grantAt: GrantPlace;
};

/** What happened to the app in a workspace. */
export type InstallationChange = {
  workspaceId: string;
  what: 'installed' | 'reinstalled' | 'removed';
  /** A person's id, 'operator' for whoever runs the server, 'slack' where Slack does not say who. */
  by: string;
  at: DateTime;
};

/** Notes a change for those who may ask later, in the transaction of the change. */
export type NoteChange = (tx: Tx, change: InstallationChange) => Promise<void>;

export type AccessChange = {
  organizationId: string;
  workspaceIds: readonly string[];
  has: boolean;
  at: DateTime;
};

export type Refusal = { workspaceId: string; botToken: string; word: string };

/** The page on which the app is installed again, or null where somebody does it in the app's settings. */
export type GrantPlace = { installUrl: string | null };

/** Everything about a workspace is kept for so long after the app was removed. */
export const GRACE_DAYS = 30;

/** Slack's words for a token that will never work again. */
export const DEAD_TOKEN: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'token_expired',
  'token_revoked',
]);

export function isDeadToken(word: string | null): word is string {
  return word !== null && DEAD_TOKEN.has(word);
}

/** Slack's id of a workspace, and not of an organization, which the same fields of a payload may carry. */
export function isWorkspaceId(id: string | null | undefined): id is string {
  return typeof id === 'string' && /^T[A-Z0-9]{1,30}$/.test(id);
}

export function isOrganizationId(id: string | null | undefined): id is string {
  return typeof id === 'string' && /^E[A-Z0-9]{1,30}$/.test(id);
}

/** What is missing and how to get it, for the person who wants `purpose`, such as "send a file". */
export function explainMissingScope(o: { scope: string; purpose: string } & GrantPlace): string {
  const how = o.installUrl
    ? `Ask a workspace admin to open ${o.installUrl} and allow it there; nothing that you have is lost.`
    : 'Ask whoever runs Tandem to install the app to the workspace again in its settings at Slack and to allow it there.';
  return `To ${o.purpose}, Tandem needs the permission \`${o.scope}\`, which this workspace has not given. ${how}`;
}
