import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import type { Pair } from '../../pairs/index.ts';
import { suggestDeadline } from '../domain/clock.ts';
import { type Decision, MAX_WAITING } from '../domain/decision.ts';
import { matchLines, readLines, sameness } from '../domain/lines.ts';
import { MAX_SHOWN } from '../domain/message.ts';
import { createDecision, postOwn } from './ask.ts';
import { runClock } from './clock.ts';
import { applyTo, openScene, refreshMessages, type Scene, saveDecision } from './scene.ts';

/**
 * Makes decisions of the lines that the EA wrote in a check-in, and follows its edits: a line is asked once, however
 * often the check-in is saved, and what was answered stays. Call in the transaction that saves the check-in.
 */
export async function askFromCheckin(
  stores: Stores,
  o: { pair: Pair; checkinId: string; text: string; now: DateTime },
): Promise<void> {
  const { pair, checkinId, now } = o;
  const { workspaceId } = pair;
  const lines = readLines(o.text);
  const before = await stores.decisions.listOfCheckin(workspaceId, checkinId);
  if (lines.length === 0 && before.length === 0) return;
  const scene = await openScene(stores, pair, now);
  const written = await stores.decisions.listOfCheckin(workspaceId, checkinId);
  const { add, reword, withdraw } = matchLines(written, lines);
  const changed: Decision[] = [];
  for (const { decision, line } of reword) {
    const { revision, version } = decision;
    changed.push({ ...decision, ...line, revision: revision + 1, version: version + 1 });
  }
  for (const decision of withdraw) changed.push(applyTo(scene, decision, { type: 'withdraw' }));
  for (const decision of changed) await saveDecision(scene, decision);
  const asked = await askAnew(scene, { checkinId, lines: add });
  for (let from = 0; from < asked.length; from += MAX_SHOWN)
    await postOwn(scene, asked.slice(from, from + MAX_SHOWN));
  await refreshMessages(scene, changed);
  await runClock(scene);
}

/** Asks what is not being asked already; what goes beyond the most that may wait stays in the check-in only. */
async function askAnew(
  scene: Scene,
  o: { checkinId: string; lines: ReturnType<typeof readLines> },
): Promise<Decision[]> {
  const { stores, pair, clocks, now } = scene;
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const open = await stores.decisions.list(book, { states: ['open', 'expired', 'needs_more'] });
  const known = new Set(open.map(sameness));
  const room = Math.max(0, MAX_WAITING - open.length);
  const fresh = o.lines.filter((line) => !known.has(sameness(line))).slice(0, room);
  const deadlineAt = suggestDeadline(clocks, now);
  const asked: Decision[] = [];
  for (const line of fresh) {
    const content = {
      ...line,
      deadlineAt,
      defaultChoice: null,
      urgent: false,
      needsTalk: false,
      delegationNumber: null,
    };
    asked.push(await createDecision(scene, { content, checkinId: o.checkinId }));
  }
  return asked;
}
