import { ApiError } from '../errors.ts';
import type { Installation, SlackApp, Team } from '../state/types.ts';
import type { World } from '../state/world.ts';
import type { Arguments } from './arguments.ts';
import type { Tier } from './rate-limits.ts';

export type Reply = Record<string, unknown>;

export type BotCall = {
  world: World;
  args: Arguments;
  app: SlackApp;
  installation: Installation;
  team: Team;
};

export type AppCall = { world: World; args: Arguments; app: SlackApp };

export type OpenCall = {
  world: World;
  args: Arguments;
  /** Client id and secret from HTTP basic authentication, where the client sent them. */
  basic: { user: string; password: string } | null;
};

type Common = { tier: Tier };

/** A Web API method: who may call it, how often, and what it does. */
export type Method =
  | (Common & {
      token: 'bot';
      /** One of these scopes is needed; none when empty. */
      scopes: readonly string[];
      run: (call: BotCall) => Reply | Promise<Reply>;
    })
  | (Common & { token: 'app'; run: (call: AppCall) => Reply | Promise<Reply> })
  | (Common & { token: 'none'; run: (call: OpenCall) => Reply | Promise<Reply> });

export type MethodTable = Record<string, Method>;

/** Slack's error when the installation lacks the scope. */
export function needScope(installation: Installation, ...anyOf: string[]): void {
  if (anyOf.length === 0 || anyOf.some((scope) => installation.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', {
    needed: anyOf.join(','),
    provided: installation.scopes.join(','),
  });
}
