import type { Clock } from '../clock.ts';
import { makeSecret } from '../ids.ts';

const USES = 5;
const LIVES_MS = 30 * 60 * 1000;

export type ResponseUrl = {
  key: string;
  appId: string;
  teamId: string;
  userId: string;
  channelId: string;
  /** The message in which the person acted; null for commands. */
  messageTs: string | null;
  threadTs: string | null;
  uses: number;
  givenAtMs: number;
};

export type ResponseUrls = {
  /** An address for five answers within 30 simulated minutes. */
  give(o: Omit<ResponseUrl, 'key' | 'uses' | 'givenAtMs'>): string;
  /** Takes one use; the name of Slack's error when there is none left. */
  take(key: string): ResponseUrl | 'expired_url' | 'used_url';
};

export function createResponseUrls({
  clock,
  baseUrl,
}: {
  clock: Clock;
  baseUrl: () => string;
}): ResponseUrls {
  const urls = new Map<string, ResponseUrl>();
  return {
    give(o) {
      const key = makeSecret(18);
      urls.set(key, { ...o, key, uses: 0, givenAtMs: clock.nowMs() });
      return `${baseUrl()}/response/${o.teamId}/${key}`;
    },
    take(key) {
      const url = urls.get(key);
      if (!url || clock.nowMs() - url.givenAtMs > LIVES_MS) return 'expired_url';
      if (url.uses >= USES) return 'used_url';
      url.uses += 1;
      return url;
    },
  };
}
