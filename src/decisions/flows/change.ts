import type { DateTime } from 'luxon';
import { type Action, authorize } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import { suggestDeadline } from '../domain/clock.ts';
import type { Choice, Decision } from '../domain/decision.ts';
import type { DecisionEvent } from '../domain/transitions.ts';
import type { DecisionRef } from '../views/item.ts';
import { runClock } from './clock.ts';
import {
  applyTo,
  type FlowDeps,
  openScene,
  refreshMessages,
  type Scene,
  saveDecision,
} from './scene.ts';

type Press = { caller: Caller; ref: DecisionRef };

/** What one of the two may do with a decision. */
type DecisionAction = Extract<Action, `decisions.${string}`>;

/** The executive answers with one tap; a second press of the same button changes nothing. */
export async function answerDecision(
  deps: FlowDeps,
  o: Press & { choice: Choice | undefined },
): Promise<void> {
  const { revision } = o.ref;
  await change(deps, { ...o, to: 'decisions.answer' }, () => ({
    type: 'answer',
    choice: o.choice ?? '',
    revision,
  }));
}

/** The executive takes their answer back, as long as the EA has not acted on it. */
export async function takeBackAnswer(deps: FlowDeps, o: Press): Promise<void> {
  await change(deps, { ...o, to: 'decisions.answer' }, () => ({ type: 'take_back' }));
}

/** The executive says what they need to know first. */
export async function askMore(deps: FlowDeps, o: Press & { missing: string }): Promise<void> {
  const { missing } = o;
  const { revision } = o.ref;
  await change(deps, { ...o, to: 'decisions.answer' }, () => ({
    type: 'ask_more',
    missing,
    revision,
  }));
}

/** The EA adds what was missing, and the question goes to the executive again. */
export async function addMore(deps: FlowDeps, o: Press & { added: string }): Promise<void> {
  const { added } = o;
  await change(deps, { ...o, to: 'decisions.edit' }, ({ clocks, now }) => ({
    type: 'add_more',
    added,
    deadlineAt: suggestDeadline(clocks, now),
  }));
}

/** The EA has acted on the answer: it cannot be changed any more. */
export async function actOnDecision(deps: FlowDeps, o: Press): Promise<void> {
  await change(deps, { ...o, to: 'decisions.act' }, () => ({ type: 'act' }));
}

/** The EA does not need the answer any more. */
export async function withdrawDecision(deps: FlowDeps, o: Press): Promise<void> {
  await change(deps, { ...o, to: 'decisions.withdraw' }, () => ({ type: 'withdraw' }));
}

async function change(
  deps: FlowDeps,
  o: Press & { to: DecisionAction },
  eventOf: (scene: Scene) => DecisionEvent,
): Promise<void> {
  await deps.transact(async (stores) => {
    const { scene, decision } = await openDecision(stores, { ...o, now: deps.now() });
    const changed = applyTo(scene, decision, eventOf(scene));
    if (changed === decision) return;
    await saveDecision(scene, changed);
    await refreshMessages(scene, [changed]);
    await runClock(scene);
  });
}

/** The decision as it stands, with its pair's book taken, once the caller may do this. */
export async function openDecision(
  stores: Stores,
  o: Press & { to: DecisionAction; now: DateTime },
): Promise<{ scene: Scene; decision: Decision }> {
  const { workspaceId } = o.caller;
  const key = { workspaceId, id: o.ref.decisionId };
  const found = await stores.decisions.find(key);
  if (!found) throw new UserFacingError(GONE);
  const { pair } = await authorize(stores, o.caller, { pairId: found.pairId, to: o.to });
  const scene = await openScene(stores, pair, o.now);
  const decision = await stores.decisions.find(key);
  if (!decision) throw new UserFacingError(GONE);
  return { scene, decision };
}

const GONE = 'This question is not there any more. Type /ea-decide list to see what is open.';
