import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Payload } from '../payloads/envelopes.ts';
import type { Origin } from '../payloads/interactions.ts';
import type { SlackApp, Team, User } from '../state/types.ts';
import { personOf, type World } from '../state/world.ts';

/** Something that an app did which Slack would not take, outside of Web API calls. */
export type Problem = { at: string; team: string; app: string; about: string; message: string };

export type Stage = {
  world: World;
  dispatcher: Dispatcher;
  problems: Problem[];
};

/** A person in front of a workspace. */
export type Actor = { team: Team; user: User };

/** What an app answered, or the error that the person sees instead. */
export type Answer = { ok: true; response: unknown } | { ok: false; error: string };

export function originOf(actor: Actor, app: SlackApp): Origin | null {
  const installation = app.installations.get(actor.team.id);
  if (!installation || installation.status !== 'active') return null;
  return { app, installation, ...actor };
}

/** Delivers what a person did. No acknowledgement in time shows the person an error, as in Slack. */
export async function deliver(
  stage: Stage,
  o: { origin: Origin; payload: Payload; about: string },
): Promise<Answer> {
  const { origin } = o;
  const result = await stage.dispatcher.send(origin.app, o.payload);
  if (result.ok) return { ok: true, response: emptyToNothing(result.response) };
  const isLate = result.reason === 'timeout' || result.reason === 'http_timeout';
  const error = isLate ? 'operation_timeout' : 'dispatch_failed';
  report(stage, origin, { about: o.about, message: `not acknowledged (${result.reason})` });
  showError(stage, origin, `${o.about} failed with the error "${error}"`);
  return { ok: false, error };
}

function emptyToNothing(response: unknown): unknown {
  if (response === '' || response === null) return undefined;
  const isEmpty =
    typeof response === 'object' && response !== undefined && Object.keys(response).length === 0;
  return isEmpty ? undefined : response;
}

/** Notes what an app did wrong, for whoever runs the sandbox. */
export function report(stage: Stage, origin: Origin, o: { about: string; message: string }): void {
  stage.problems.push({
    at: stage.world.clock.now().toISO(),
    team: origin.team.id,
    app: origin.app.name,
    ...o,
  });
}

/** Shows the person a passing error. */
export function showError(stage: Stage, actor: Actor, text: string): void {
  const at = stage.world.clock.now().toISO();
  personOf(actor.team, actor.user.id).toasts.push({ at, text, kind: 'error' });
  stage.world.changed(actor.team.id, 'toasts');
}
