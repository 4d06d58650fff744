import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Installations } from './installations.ts';
import { createSlackFetch, type OnSlackCall } from './outgoing.ts';

export type SlackClients = {
  /** A client with the workspace's bot token, or null when the app is not installed there. */
  clientFor(workspaceId: string): Promise<WebClient | null>;
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
  installations: Installations;
  apiUrl: string;
  onCall?: OnSlackCall;
}): SlackClients {
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
  };
}
