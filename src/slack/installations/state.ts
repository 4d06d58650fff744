import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DateTime } from 'luxon';

/** An installation that was begun is worth finishing for so long. */
export const STATE_SECONDS = 600;

export type InstallStates = {
  /** A value that only this app can have made, for Slack to send back and for a cookie to keep. */
  issue(now: DateTime): string;
  /** The nonce of a state that this app made, that has not run out and that this browser began; else what is wrong. */
  check(o: { state: string; cookie: string; now: DateTime }): StateCheck;
};

export type StateCheck =
  | { ok: true; nonce: string }
  | { ok: false; problem: 'missing' | 'forged' | 'expired' | 'other_browser' };

const STATE = /^([A-Za-z0-9_-]{22})\.(\d{10,16})\.([A-Za-z0-9_-]{43})$/;

/** States signed with a secret that all replicas know. Whether one was used before is not known here. */
export function createInstallStates(secret: string): InstallStates {
  const sign = (nonce: string, at: string) =>
    createHmac('sha256', secret).update(`install-state:${nonce}:${at}`).digest('base64url');
  return {
    issue(now) {
      const nonce = randomBytes(16).toString('base64url');
      const at = String(now.toMillis());
      return `${nonce}.${at}.${sign(nonce, at)}`;
    },
    check({ state, cookie, now }) {
      if (state === '') return { ok: false, problem: 'missing' };
      const [, nonce = '', at = '', signature = ''] = STATE.exec(state) ?? [];
      if (!isSame(signature, sign(nonce, at))) return { ok: false, problem: 'forged' };
      const age = now.toMillis() - Number(at);
      if (age > STATE_SECONDS * 1000) return { ok: false, problem: 'expired' };
      if (!isSame(cookie, state)) return { ok: false, problem: 'other_browser' };
      return { ok: true, nonce };
    },
  };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
