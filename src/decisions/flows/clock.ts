import type { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import { plannedSteps, remindersDue, type Step } from '../domain/clock.ts';
import type { Decision } from '../domain/decision.ts';
import { MAX_SHOWN, type MessageKind } from '../domain/message.ts';
import {
  applyTo,
  type FlowDeps,
  openScene,
  postMessage,
  type Scene,
  saveDecision,
} from './scene.ts';

const BATCH = 200;

/** Does what the clock has to do with decisions: each pair is one transaction, and a failing one holds up no other. */
export async function sweepDecisions(deps: FlowDeps & Pick<Deps, 'log'>): Promise<void> {
  const now = deps.now();
  for (const book of await deps.decisions.listDue(now, BATCH)) {
    const work = deps.transact(async (stores) => {
      const pair = await stores.pairs.find(book.workspaceId, book.pairId);
      if (pair && !pair.endedAt) await runClock(await openScene(stores, pair, now));
    });
    await work.catch(async (error: unknown) => {
      deps.log.error({ err: error, ...book }, 'decisions of a pair could not be looked at');
      await deps.decisions.postpone(book, { now, until: now.plus({ minutes: 15 }) });
    });
  }
}

/** Takes every step of the pair's decisions whose time has come. What goes to one person goes in one message. */
export async function runClock(scene: Scene): Promise<void> {
  const { stores, pair, now } = scene;
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const due = await stores.decisions.listDueOf(book, now);
  const decisions = new Map(due.map((one) => [one.id, applyTo(scene, one, { type: 'lapse' })]));
  const take = (step: Step, change: (decision: Decision) => Partial<Decision>): Decision[] => {
    const taken = [...decisions.values()].filter((one) => isDue(scene, one, step));
    for (const one of taken) decisions.set(one.id, { ...one, ...change(one) });
    return taken;
  };
  const told = take('tell_ea', () => ({ eaNewsAt: null }));
  const defaulted = take('tell_executive', () => ({ executiveNewsAt: null }));
  const talked = take('talk', ({ shownAt }) => ({ talkedAt: now, shownAt: shownAt ?? now }));
  const asked = take('show', () => ({ shownAt: now }));
  const reminded = take('remind', (one) => ({
    remindedTimes: Math.min(2, remindersDue(one, scene.clocks, now)),
  }));
  for (const decision of decisions.values()) await saveDecision(scene, decision);
  const isBack = asked.some((one) => wasAway(scene, one.waitingSince ?? one.askedAt));
  await postInTurn(scene, 'default', defaulted);
  await postInTurn(scene, isBack ? 'return' : 'ask', asked);
  await postInTurn(scene, 'remind', reminded);
  await postTalk(scene, talked);
  await postInTurn(scene, 'news', told);
}

function isDue({ clocks, now }: Scene, decision: Decision, step: Step): boolean {
  return plannedSteps(decision, clocks, now).some((one) => one.step === step && one.at <= now);
}

/** Whether the executive was on leave at some time from `since` to now. */
function wasAway({ clocks, now }: Scene, since: DateTime): boolean {
  const away = clocks.executive.away ?? [];
  return away.some(({ from, until }) => from < now && until > since);
}

async function postInTurn(scene: Scene, kind: MessageKind, decisions: Decision[]): Promise<void> {
  for (let from = 0; from < decisions.length; from += MAX_SHOWN) {
    const page = decisions.slice(from, from + MAX_SHOWN);
    const [first] = page;
    if (first) await postMessage(scene, { kind, key: keyOf(kind, first) }, page);
  }
}

/** Names a message for ever: the first decision in it, as often as that has changed by then. */
function keyOf(kind: MessageKind, { id, version, remindedTimes }: Decision): string {
  return `decision-${kind}:${id}:${version}.${remindedTimes}`;
}

/** One list for a talk on each of the executive's days: what comes later is added; what has no room is simply asked. */
async function postTalk(scene: Scene, decisions: Decision[]): Promise<void> {
  const { pair, clocks, now, stores } = scene;
  const on = now.setZone(clocks.executive.zone).toISODate() ?? '';
  const message = { kind: 'talk', key: `decision-talk:${pair.id}:${on}` } as const;
  const before = await stores.decisions.listShownIn(pair.workspaceId, message.key);
  const room = Math.max(0, MAX_SHOWN - before.length);
  await postMessage(scene, message, decisions.slice(0, room));
  await postInTurn(scene, 'ask', decisions.slice(room));
}
