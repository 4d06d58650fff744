import type { Clock } from '../clock.ts';
import { ApiError } from '../errors.ts';
import { makeSecret } from '../ids.ts';

const LIVES_MS = 10 * 60 * 1000;

export type Grant = {
  appId: string;
  teamId: string;
  userId: string;
  scopes: string[];
  redirectUri: string;
};

export type Codes = {
  /** A code that can be exchanged once, within ten real minutes. */
  give(grant: Grant): string;
  redeem(code: string): Grant;
};

export function createCodes(clock: Clock): Codes {
  const codes = new Map<string, Grant & { givenAtRealMs: number; used: boolean }>();
  return {
    give(grant) {
      const code = makeSecret(20);
      codes.set(code, { ...grant, givenAtRealMs: clock.realMs(), used: false });
      return code;
    },
    redeem(code) {
      const grant = codes.get(code);
      if (!grant) throw new ApiError('invalid_code');
      if (grant.used) throw new ApiError('code_already_used');
      if (clock.realMs() - grant.givenAtRealMs > LIVES_MS) throw new ApiError('code_expired');
      grant.used = true;
      return grant;
    },
  };
}
