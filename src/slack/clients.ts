import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import {
  explainMissingScope,
  type GrantPlace,
  type Installations,
  type Refusal,
} from './installations/domain.ts';
import { createSlackFetch, type OnSlackCall } from './outgoing.ts';

export type SlackClients = {
  /** A client with the workspace's bot token, or null when the app is not installed there. */
  clientFor(workspaceId: string): Promise<WebClient | null>;
  /** Whether the workspace granted a permission, such as an optional one. */
  hasScope(workspaceId: string, scope: string): Promise<boolean>;
  /**
   * Null when the workspace granted `scope` and Slack has not just `refused` for lack of it, else a sentence for the person who wants `purpose` (such as "send a
   * file"): what is missing, and how it is granted.
   */
  explainMissingScope(o: {
    workspaceId: string;
    scope: string;
    purpose: string;
    refused?: boolean;
  }): Promise<string | null>;
  /** Slack said that a token is worth nothing any more, see `isDeadToken`: nobody calls with it again. True when another one takes its place. */
  refuse(refusal: Refusal): Promise<boolean>;
};

/** Options for every client: bounded waits, no hidden retries of calls that cannot be repeated, and only Slack's own address. */
export function webClientOptions(apiUrl: string, onCall?: OnSlackCall): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: createSlackFetch(apiUrl, onCall),
    // Whoever calls says in our own log what came of it.
    logLevel: LogLevel.ERROR,
  };
}

/** Clients by workspace, one kept per token. */
export function createSlackClients(o: {
  installations: Pick<Installations, 'find'> & Partial<Installations>;
  apiUrl: string;
  onCall?: OnSlackCall;
}): SlackClients {
  const grantAt: GrantPlace = o.installations.grantAt ?? { installUrl: null };
  const hasScope = async (workspaceId: string, scope: string): Promise<boolean> =>
    (await o.installations.find(workspaceId))?.scopes.includes(scope) ?? false;
  const clients = new Map<string, { token: string; client: WebClient }>();
  return {
    async clientFor(workspaceId) {
      const installation = await o.installations.find(workspaceId);
      if (!installation) {
        clients.delete(workspaceId);
        return null;
      }
      const known = clients.get(workspaceId);
      if (known && known.token === installation.botToken) return known.client;
      const client = new WebClient(installation.botToken, webClientOptions(o.apiUrl, o.onCall));
      clients.set(workspaceId, { token: installation.botToken, client });
      return client;
    },
    hasScope,
    async explainMissingScope({ workspaceId, scope, purpose, refused = false }) {
      if (!refused && (await hasScope(workspaceId, scope))) return null;
      return explainMissingScope({ scope, purpose, ...grantAt });
    },
    refuse: async (refusal) => (await o.installations.refuse?.(refusal)) ?? false,
  };
}
