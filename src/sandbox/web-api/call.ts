import { ApiError } from '../errors.ts';
import type { CallFaultReply, FaultPlan } from '../faults.ts';
import type { Recorder } from '../record.ts';
import { otherIn } from '../state/channels.ts';
import type { Installation, SlackApp, Team } from '../state/types.ts';
import type { World } from '../state/world.ts';
import type { Arguments } from './arguments.ts';
import { type Method, type MethodTable, needScope, type OpenCall, type Reply } from './method.ts';
import type { RateLimits } from './rate-limits.ts';

export type CallRequest = {
  method: string;
  args: Arguments;
  token: string | undefined;
  basic: OpenCall['basic'];
};

/** What goes back; a null body means that the connection is cut without an answer. */
export type CallAnswer = { status: number; headers: Record<string, string>; body: Reply | null };

export type CallServices = {
  world: World;
  methods: MethodTable;
  rateLimits: RateLimits | null;
  faults: FaultPlan;
  recorder: Recorder;
};

type Caller =
  | { kind: 'bot'; app: SlackApp; installation: Installation; team: Team }
  | { kind: 'app'; app: SlackApp };

/** Runs one Web API call as Slack would: method, token, limits, scope, then the work. Never throws. */
export async function runCall(services: CallServices, request: CallRequest): Promise<CallAnswer> {
  const at = services.world.clock.now().toISO();
  const method = Object.hasOwn(services.methods, request.method)
    ? services.methods[request.method]
    : undefined;
  const caller = identify(services.world, request.token);
  const team = typeof caller === 'object' && caller.kind === 'bot' ? caller.team.id : null;
  const fault = services.faults.takeCall(request.method, team ?? undefined);
  const answer = await answerWithFault(fault, () => judge(services, { request, method, caller }));
  services.recorder.add({
    at,
    team,
    method: request.method,
    args: request.args,
    status: answer.status,
    reply: answer.body,
  });
  return answer;
}

async function answerWithFault(
  fault: CallFaultReply | undefined,
  work: () => Promise<CallAnswer>,
): Promise<CallAnswer> {
  const cut: CallAnswer = { status: 0, headers: {}, body: null };
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.reset) return cut;
  if (fault?.acceptThenReset) {
    await work();
    return cut;
  }
  if (fault?.retryAfter !== undefined) return tooMany(String(fault.retryAfter));
  if (fault?.status !== undefined || fault?.error !== undefined) {
    const error = fault.error ?? 'internal_error';
    return { status: fault.status ?? 200, headers: {}, body: { ok: false, error } };
  }
  return work();
}

function tooMany(retryAfter: string): CallAnswer {
  return {
    status: 429,
    headers: { 'retry-after': retryAfter },
    body: { ok: false, error: 'ratelimited' },
  };
}

async function judge(
  services: CallServices,
  o: {
    request: CallRequest;
    method: Method | undefined;
    caller: Caller | string;
  },
): Promise<CallAnswer> {
  const { request, method, caller } = o;
  const headers: Record<string, string> = {};
  try {
    if (!method) throw new ApiError('unknown_method');
    if (method.token !== 'none' && typeof caller === 'string') throw new ApiError(caller);
    const known = typeof caller === 'string' ? null : caller;
    const wait = services.rateLimits?.take(limitKey(request, method, known)) ?? null;
    if (wait !== null) return tooMany(String(wait));
    if (known?.kind === 'bot') {
      headers['x-oauth-scopes'] = known.installation.scopes.join(',');
    }
    const reply = await perform(services.world, { request, method, caller: known });
    return { status: 200, headers, body: { ok: true, ...reply } };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      console.error(`sandbox: ${request.method} failed`, error);
      return { status: 500, headers, body: { ok: false, error: 'internal_error' } };
    }
    return { status: 200, headers, body: { ok: false, error: error.error, ...error.details } };
  }
}

function perform(
  world: World,
  o: { request: CallRequest; method: Method; caller: Caller | null },
): Reply | Promise<Reply> {
  const { request, method, caller } = o;
  const { args } = request;
  if (method.token === 'none') return method.run({ world, args, basic: request.basic });
  if (!caller) throw new ApiError('not_authed');
  if (method.token !== caller.kind) throw new ApiError('not_allowed_token_type');
  if (method.token === 'app') return method.run({ world, args, app: caller.app });
  if (caller.kind !== 'bot') throw new ApiError('not_allowed_token_type');
  needScope(caller.installation, ...method.scopes);
  return method.run({ world, args, ...caller });
}

function limitKey(request: CallRequest, method: Method, caller: Caller | null) {
  return {
    team: caller?.kind === 'bot' ? caller.team.id : '',
    app: caller?.app.id ?? '',
    method: request.method,
    tier: method.tier,
    channel: caller?.kind === 'bot' ? conversationKey(caller, request.args) : undefined,
  };
}

/** One name for a person's direct messages, whether they are called by `U…` or by `D…`. */
function conversationKey(caller: Caller & { kind: 'bot' }, args: Arguments): string | undefined {
  if (typeof args.channel !== 'string') return undefined;
  const channel = caller.team.channels.get(args.channel);
  return channel?.kind === 'im' ? otherIn(channel, caller.installation.botUserId) : args.channel;
}

function identify(world: World, token: string | undefined): Caller | string {
  if (!token) return 'not_authed';
  for (const app of world.apps.values()) {
    if (app.appToken === token) return { kind: 'app', app };
    const retired = app.retiredTokens.get(token);
    if (retired) return retired;
    for (const installation of app.installations.values()) {
      const team = world.teams.get(installation.teamId);
      const { rotation } = installation;
      const known =
        installation.botToken === token
          ? { endsAtMs: rotation?.endsAtMs ?? Infinity }
          : rotation?.earlier?.botToken === token && rotation.earlier;
      if (!team || !known) continue;
      if (installation.status !== 'active') return 'account_inactive';
      if (known.endsAtMs <= world.clock.nowMs()) return 'token_expired';
      return { kind: 'bot', app, installation, team };
    }
  }
  return 'invalid_auth';
}
