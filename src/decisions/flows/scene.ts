import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import { type Clocks, nextStepAt } from '../domain/clock.ts';
import type { Decision } from '../domain/decision.ts';
import { ASKING_KINDS, type MessageKind, type MessageRef } from '../domain/message.ts';
import { applyEvent, type DecisionEvent } from '../domain/transitions.ts';
import type { Names } from '../views/item.ts';
import { buildMessage } from '../views/messages.ts';

/** What these flows need of everything that there is. */
export type FlowDeps = Stores & Pick<Deps, 'transact' | 'now'>;

/** One pair's decisions at one instant, inside one transaction that holds the pair's book. */
export type Scene = { stores: Stores; pair: Pair; clocks: Clocks; now: DateTime };

/** Takes the pair's book and reads when the two work. */
export async function openScene(stores: Stores, pair: Pair, now: DateTime): Promise<Scene> {
  const { workspaceId, id: pairId } = pair;
  await stores.decisions.lockBook({ workspaceId, pairId });
  const executive = await personOf(stores, pair, pair.executive.userId);
  const ea = await personOf(stores, pair, pair.ea.userId);
  const clocks = {
    executive: executive.calendar,
    ea: ea.calendar,
    acceptsUrgent: { executive: executive.acceptsUrgent, ea: ea.acceptsUrgent },
  };
  return { stores, pair, clocks, now };
}

async function personOf(stores: Stores, pair: Pair, userId: string) {
  const { workspaceId, id: pairId } = pair;
  return {
    calendar: await stores.reminders.calendarOf({ workspaceId, userId }),
    acceptsUrgent: await stores.reminders.acceptsUrgent({ workspaceId, pairId, userId }),
  };
}

/** Applies an event to a decision; rejects with a sentence when it cannot happen any more. */
export function applyTo({ clocks, now }: Scene, decision: Decision, event: DecisionEvent) {
  const result = applyEvent(decision, event, { calendars: clocks, now });
  if (!result.ok) throw new UserFacingError(result.message);
  return result.decision;
}

/** Writes a decision as it has become, with the time at which the clock looks at it again. */
export async function saveDecision(scene: Scene, decision: Decision): Promise<void> {
  const { stores, clocks, now } = scene;
  await stores.decisions.save(decision, nextStepAt(decision, clocks, now));
}

/** Brings every message that shows one of these decisions up to date. */
export async function refreshMessages(
  scene: Scene,
  decisions: readonly Pick<Decision, 'workspaceId' | 'id'>[],
): Promise<void> {
  const { stores } = scene;
  const messages = new Map<string, MessageRef>();
  for (const decision of decisions) {
    for (const message of await stores.decisions.listMessages(decision))
      messages.set(message.key, message);
  }
  for (const message of messages.values()) await showMessage(scene, message);
}

/** Posts a message about these decisions; older ones that asked the executive lose their buttons. */
export async function postMessage(
  scene: Scene,
  message: MessageRef,
  decisions: readonly Decision[],
): Promise<void> {
  const { stores } = scene;
  if (decisions.length === 0) return;
  if (ASKING_KINDS.includes(message.kind)) {
    for (const decision of decisions) await stores.decisions.retireMessages(decision, ASKING_KINDS);
  }
  await stores.decisions.addMessage(message, decisions);
  await refreshMessages(scene, decisions);
}

async function showMessage(scene: Scene, { key, kind }: MessageRef): Promise<void> {
  const { stores, pair } = scene;
  const { workspaceId, id: pairId } = pair;
  const shown = await stores.decisions.listShownIn(workspaceId, key);
  const seenAt = kind === 'own' ? firstSeenAt(scene, shown) : null;
  await stores.outbox.show({
    workspaceId,
    pairId,
    key,
    purpose: kind === 'own' || kind === 'talk' ? 'card' : kind === 'news' ? 'alert' : 'prompt',
    recipient: recipientOf(pair, kind),
    forBoth: true,
    message: buildMessage({ kind, shown, names: namesOf(pair), seenAt }),
    tell: kind === 'own' || kind === 'news' ? [] : [pair.ea.userId],
  });
}

function firstSeenAt(scene: Scene, shown: readonly { decision: Decision }[]): DateTime | null {
  const { clocks, now } = scene;
  const unseen = shown.find(({ decision }) => decision.state === 'open' && !decision.shownAt);
  return unseen ? nextStepAt(unseen.decision, clocks, now) : null;
}

function recipientOf(pair: Pair, kind: MessageKind): string {
  if (kind === 'talk') return pair.channelId;
  return kind === 'own' || kind === 'news' ? pair.ea.userId : pair.executive.userId;
}

export function namesOf({ executive, ea }: Pair): Names {
  return {
    executiveId: executive.userId,
    eaId: ea.userId,
    executiveZone: executive.zone,
    eaZone: ea.zone,
  };
}
