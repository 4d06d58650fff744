import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import type { Feature } from '../../feature.ts';
import { classifyFailure, slackErrorOf } from '../../slack/errors.ts';
import { fetchPerson } from '../../slack/people.ts';
import { type HomePerson, isProfileOld, PAUSE_SECONDS, retryAt } from '../domain/person.ts';
import { signal } from './refresh.ts';
import { type BuiltHome, prepareHome } from './view.ts';

/** Home tabs that one process takes at a time. */
const BATCH = 20;
const METHOD = 'views.publish';

/** Publishes every Home tab that is due. Several processes share them; one that fails does not hold up the others. */
export async function publishDue(deps: Deps, features: readonly Feature[]): Promise<void> {
  let taken: HomePerson[];
  do {
    taken = await deps.home.claimDue(deps.now(), BATCH);
    await Promise.all(taken.map((person) => publish(deps, features, person)));
  } while (taken.length === BATCH);
}

async function publish(
  deps: Deps,
  features: readonly Feature[],
  person: HomePerson,
): Promise<void> {
  const { workspaceId, userId } = person;
  try {
    const client = await deps.slack.clientFor(workspaceId);
    if (!client) return await putOff(deps, person, { until: null });
    const known = await withProfile(deps, client, person);
    await publishTo(deps, { client, features, person: known });
  } catch (error) {
    deps.log.warn({ err: error, workspaceId, userId }, 'Home could not be published');
    await recover(deps, person, error);
  }
}

/** After a failure it is tried again later, unless trying cannot help; the next change tries anew in any case. */
async function recover(deps: Deps, person: HomePerson, error: unknown): Promise<void> {
  const { workspaceId, attempts } = person;
  const now = deps.now();
  const failure = classifyFailure(error, METHOD);
  if (failure.type === 'limited') {
    const until = now.plus({ seconds: failure.seconds });
    await deps.outbox.pause({ workspaceId, method: METHOD, until });
    return await putOff(deps, person, { until, attempts });
  }
  const isFinal = failure.type === 'failed' || slackErrorOf(error) === 'not_enabled';
  await putOff(deps, person, {
    until: isFinal ? null : retryAt(attempts, now),
    attempts: attempts + 1,
  });
}

async function putOff(
  deps: Deps,
  person: HomePerson,
  o: { until: DateTime | null; attempts?: number },
): Promise<void> {
  await deps.home.putOff(person, { until: o.until, attempts: o.until ? (o.attempts ?? 0) : 0 });
  if (o.until) await signal(deps, person.workspaceId, o.until.diff(deps.now()).as('seconds'));
}

async function withProfile(deps: Deps, client: WebClient, person: HomePerson): Promise<HomePerson> {
  const now = deps.now();
  if (!isProfileOld(person, now)) return person;
  const found = await fetchPerson(client, person);
  const profile = { slackZone: found?.zone ?? null, isAdmin: found?.isAdmin ?? false };
  await deps.home.saveProfile(person, { ...profile, now });
  return { ...person, ...profile };
}

async function publishTo(
  deps: Deps,
  o: { client: WebClient; features: readonly Feature[]; person: HomePerson },
): Promise<void> {
  const { person } = o;
  const built = await prepareHome(deps, o.features, person);
  const { contentHash } = built;
  if (person.viewHash && contentHash === person.contentHash)
    return await finish(deps, person, { built, shown: null });
  const { workspaceId, attempts } = person;
  const until = await deps.outbox.takeTurn({ workspaceId, method: METHOD });
  if (until) return await putOff(deps, person, { until, attempts });
  const viewHash = await call(deps, { ...o, built });
  // Somebody else has shown another page meanwhile: the next try starts from that, with fresh data.
  if (viewHash === null)
    return await putOff(deps, person, { until: deps.now().plus({ seconds: 1 }), attempts });
  await finish(deps, person, { built, shown: { viewHash, contentHash } });
}

/** Slack's hash of the page as it is shown now; null when another page is shown than the one that this replaces. */
async function call(
  deps: Deps,
  o: { client: WebClient; person: HomePerson; built: BuiltHome },
): Promise<string | null> {
  const { client, person, built } = o;
  const { userId, viewHash } = person;
  try {
    const answer = await client.views.publish({
      user_id: userId,
      view: built.view,
      ...(viewHash && { hash: viewHash }),
    });
    return answer.view?.hash ?? '';
  } catch (error) {
    if (slackErrorOf(error) !== 'hash_conflict') throw error;
    // When nobody noted the other page's hash, such as a process that ended in between, none is asked for.
    await deps.home.forgetShown(person);
    return null;
  }
}

async function finish(
  deps: Deps,
  person: HomePerson,
  o: { built: BuiltHome; shown: { viewHash: string; contentHash: string } | null },
): Promise<void> {
  const now = deps.now();
  const isDone = await deps.home.finish(person, { shown: o.shown, now });
  if (!isDone) return await signal(deps, person.workspaceId, PAUSE_SECONDS);
  if (o.built.isPartial)
    await deps.home.putOff(person, { until: now.plus({ minutes: 1 }), attempts: 0 });
}
