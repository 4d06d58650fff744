import type { DateTime } from 'luxon';
import { authorize, NOT_SET_UP } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, partnerOf, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { parseDay } from '../../time/local-date.ts';
import { atWallClock } from '../../time/wall-clock.ts';
import { nextStepAt, suggestDeadline } from '../domain/clock.ts';
import { type Decision, type DecisionContent, MAX_WAITING } from '../domain/decision.ts';
import type { AskFields, AskForm } from '../views/form.ts';
import { runClock } from './clock.ts';
import { type FlowDeps, openScene, postMessage, type Scene } from './scene.ts';

/** The pairs in which the caller is the EA, the one of this channel first. Rejects with a sentence when there is none. */
async function pairsToAskIn(stores: Stores, caller: Caller, channelId: string): Promise<Pair[]> {
  const pairs = await stores.pairs.listOf(caller.workspaceId, caller.userId);
  if (pairs.length === 0) {
    throw new UserFacingError(NOT_SET_UP);
  }
  const asking = pairs.filter((pair) => roleOf(pair, caller.userId) === 'ea');
  if (asking.length === 0) {
    throw new UserFacingError(
      'Decisions are what your EA asks of you. Type /ea-decide list to see what waits for your answer, or /ea-remind to ask your EA for something.',
    );
  }
  return asking.toSorted(
    (a, b) => Number(b.channelId === channelId) - Number(a.channelId === channelId),
  );
}

/** Whether the caller has nothing to ask, because they are the executive in all their pairs. */
export async function isOnlyExecutive(deps: FlowDeps, caller: Caller): Promise<boolean> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  return pairs.length > 0 && pairs.every((pair) => roleOf(pair, caller.userId) === 'executive');
}

/** The form to ask the executive, with what was typed and a deadline to start from. */
export async function prepareQuestion(
  deps: FlowDeps,
  caller: Caller,
  o: { channelId: string; question: string },
): Promise<AskForm> {
  return await deps.transact(async (stores) => {
    const pairs = await pairsToAskIn(stores, caller, o.channelId);
    const [pair] = pairs;
    if (!pair) throw new UserFacingError('Type /ea-setup to begin.');
    const scene = await openScene(stores, pair, deps.now());
    const { zone } = scene.clocks.executive;
    const local = suggestDeadline(scene.clocks, deps.now()).setZone(zone);
    return {
      pairs: pairs.map((one) => ({ pairId: one.id, name: partnerOf(one, caller.userId).name })),
      question: o.question,
      deadlineOn: local.toISODate() ?? '',
      deadlineTime: local.toFormat('HH:mm'),
      executiveZone: zone,
      eaZone: scene.clocks.ea.zone,
    };
  });
}

export type Asked = { decision: Decision; pair: Pair; seenAt: DateTime | null; isSeen: boolean };

/** Asks the executive: at once in their working hours, else when they next start work. */
export async function askDecision(
  deps: FlowDeps,
  o: { caller: Caller; fields: AskFields },
): Promise<Asked> {
  const { caller, fields } = o;
  return await deps.transact(async (stores) => {
    const { pairId } = fields;
    const { pair } = await authorize(stores, caller, { pairId, to: 'decisions.ask' });
    await checkDelegation(stores, pair, fields.content.delegationNumber);
    const scene = await openScene(stores, pair, deps.now());
    const content = { ...fields.content, deadlineAt: readDeadline(scene, fields) };
    const decision = await createDecision(scene, { content, checkinId: null });
    await postOwn(scene, [decision]);
    await runClock(scene);
    const asked = await stores.decisions.find(decision);
    const isSeen = Boolean(asked?.shownAt);
    return { decision, pair, isSeen, seenAt: nextStepAt(decision, scene.clocks, scene.now) };
  });
}

async function checkDelegation(stores: Stores, pair: Pair, number: number | null): Promise<void> {
  if (number === null) return;
  const key = { workspaceId: pair.workspaceId, pairId: pair.id };
  if (await stores.delegations.findByNumber(key, number)) return;
  throw new UserFacingError(
    `There is no task #${number}. /ea-tasks shows the numbers; or leave this empty.`,
    { field: 'delegation' },
  );
}

function readDeadline({ clocks, now }: Scene, fields: AskFields): DateTime {
  const zone = fields.clock === 'theirs' ? clocks.executive.zone : clocks.ea.zone;
  if (parseDay(fields.deadlineOn) === null)
    throw new UserFacingError('Choose a day that the calendar has.', { field: 'deadlineOn' });
  const at = atWallClock(fields.deadlineOn, fields.deadlineTime, zone);
  if (at <= now)
    throw new UserFacingError('This deadline has passed. Choose a later time.', {
      field: 'deadlineTime',
    });
  if (at > now.plus({ days: MOST_DAYS_AHEAD }))
    throw new UserFacingError(`Choose a day within the next ${MOST_DAYS_AHEAD} days.`, {
      field: 'deadlineOn',
    });
  return at;
}

const MOST_DAYS_AHEAD = 90;

/** Writes a question. Rejects with a sentence when too many wait already. */
export async function createDecision(
  { stores, pair, now }: Scene,
  o: { content: DecisionContent; checkinId: string | null },
): Promise<Decision> {
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const waiting = await stores.decisions.count(book, ['open', 'expired', 'needs_more']);
  if (waiting >= MAX_WAITING) {
    throw new UserFacingError(
      `${MAX_WAITING} questions wait for an answer already. Withdraw some of them first: /ea-decide list`,
    );
  }
  return await stores.decisions.create({ ...book, ...o, now });
}

/** Confirms to the EA what was asked; the message follows what becomes of it. */
export async function postOwn(scene: Scene, decisions: readonly Decision[]): Promise<void> {
  const [first] = decisions;
  if (first) await postMessage(scene, { kind: 'own', key: `decision-own:${first.id}` }, decisions);
}
