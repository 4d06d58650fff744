import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import { classifyFailure, slackErrorOf } from '../../slack/errors.ts';
import { escapeText } from '../../slack/text.ts';
import { ASKED_FOR_DAYS, FORMER_PREFIX, type Place } from '../domain/erasure.ts';
import type { RecordKind } from '../domain/records.ts';
import { PLACES_PER_JOB, unpostJob } from '../queues.ts';
import { type ASKED, buildErasePairCard, buildSaid, describeFormer } from '../views/erase.ts';

/** Erases a person: rows, queued work and, later, messages in Slack. Those left in their pairs are told. */
export async function erasePerson(
  stores: Stores,
  o: {
    workspaceId: string;
    userId: string;
    actorId: string;
    kinds: readonly RecordKind[];
    now: DateTime;
  },
): Promise<void> {
  const { workspaceId, userId, actorId, now } = o;
  const tables = o.kinds.flatMap((kind) => kind.tables);
  await stores.audit.record({
    workspaceId,
    actorId,
    action: 'person.erased',
    subject: { kind: 'person', id: userId },
    at: now,
  });
  const { places, ended } = await stores.privacy.erasePerson({ workspaceId, userId, tables, now });
  await stores.audit.forget(workspaceId, userId);
  await stores.forgetJobs([userId]);
  await takeFromSlack(stores, workspaceId, places);
  for (const { pairId, channelId, partnerId } of ended) {
    await stores.outbox.post({
      workspaceId,
      pairId,
      key: `partner-erased:${pairId}`,
      purpose: 'alert',
      recipient: partnerId,
      message: buildSaid(describeFormer(channelId)),
    });
  }
}

/** Erases a pair; false when there is none. Nobody is told: who may know has asked for it. */
export async function erasePair(
  stores: Stores,
  o: { workspaceId: string; pairId: string; actorId: string; now: DateTime },
): Promise<boolean> {
  const { workspaceId, pairId, actorId, now: at } = o;
  const places = await stores.privacy.erasePair({ workspaceId, pairId });
  if (!places) return false;
  const subject = { kind: 'pair', id: pairId } as const;
  await stores.audit.record({ workspaceId, actorId, action: 'pair.erased', subject, at });
  await stores.forgetJobs([pairId]);
  await takeFromSlack(stores, workspaceId, places);
  return true;
}

async function takeFromSlack(stores: Stores, workspaceId: string, places: Place[]): Promise<void> {
  const jobs = Array.from({ length: Math.ceil(places.length / PLACES_PER_JOB) }, (_, index) => ({
    workspaceId,
    places: places.slice(index * PLACES_PER_JOB, (index + 1) * PLACES_PER_JOB),
  }));
  await stores.enqueue(unpostJob, jobs);
}

/** Asks the partner whether the pair may be erased; when the partner is erased themselves, it goes at once. */
export async function askToErasePair(
  deps: Deps,
  o: { caller: Caller; pairId: string },
): Promise<keyof typeof ASKED> {
  const { caller, pairId } = o;
  const { workspaceId, userId } = caller;
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId, to: 'pairs.erase' });
    const partner = pair.executive.userId === userId ? pair.ea : pair.executive;
    const now = deps.now();
    if (partner.userId.startsWith(FORMER_PREFIX)) {
      await erasePair(stores, { workspaceId, pairId, actorId: userId, now });
      return 'erased';
    }
    await stores.privacy.askToErase({ workspaceId, pairId, askedBy: userId }, now);
    await stores.outbox.show({
      workspaceId,
      pairId,
      key: `erase-pair:${pairId}:${partner.userId}`,
      purpose: 'card',
      recipient: partner.userId,
      message: buildErasePairCard({ pairId, askedBy: userId, channelId: pair.channelId }),
    });
    const unreachable = await stores.pairs.findUnreachable(workspaceId, [partner.userId]);
    return unreachable.size > 0 ? 'unreached' : 'asked';
  });
}

/** The partner's answer to a request that is open. The one who asked hears of it either way. */
export async function answerErasePair(
  deps: Deps,
  o: { caller: Caller; pairId: string; isAgreed: boolean },
): Promise<void> {
  const { caller, pairId, isAgreed } = o;
  const { workspaceId, userId } = caller;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId, to: 'pairs.erase' });
    const partner = pair.executive.userId === userId ? pair.ea : pair.executive;
    const self = partner === pair.ea ? pair.executive : pair.ea;
    const now = deps.now();
    const since = now.minus({ days: ASKED_FOR_DAYS });
    const request = { workspaceId, pairId, askedBy: partner.userId };
    if (!(await stores.privacy.answerErase(request, since))) {
      const own = { workspaceId, pairId, askedBy: userId };
      throw new UserFacingError(
        (await stores.privacy.isAskedToErase(own, since))
          ? 'You asked for this, so the other one of you answers.'
          : `Nobody asks for this any more: it was answered, or it is more than ${ASKED_FOR_DAYS} days old. Either of you can ask again with /ea privacy.`,
      );
    }
    if (!isAgreed) {
      await stores.outbox.show({
        workspaceId,
        pairId,
        key: `erase-pair:${pairId}:${userId}`,
        purpose: 'card',
        recipient: userId,
        message: buildSaid('You two keep this pair. Nothing was erased.'),
      });
    } else await erasePair(stores, { workspaceId, pairId, actorId: userId, now });
    const name = isAgreed ? 'Your partner agreed' : `${escapeText(self.name)} would rather keep it`;
    const outcome = isAgreed ? 'everything of this pair is erased' : 'nothing was erased';
    await stores.outbox.post({
      workspaceId,
      ...(!isAgreed && { pairId }),
      key: `erase-pair-answer:${pairId}:${now.toMillis()}`,
      purpose: 'alert',
      recipient: partner.userId,
      message: buildSaid(`${name}: ${outcome}.`),
    });
  });
}

/** Takes messages away from Slack; rejects when Slack asks to wait, to be tried again as a whole. */
export async function takeAway(client: WebClient | null, places: readonly Place[]): Promise<void> {
  if (!client) return;
  for (const place of places) {
    try {
      await client.chat.delete(place);
    } catch (error) {
      const outcome = classifyFailure(error, 'chat.delete');
      // What Slack refuses for good cannot be taken away: gone already, or no longer ours to delete.
      if (slackErrorOf(error) === null || outcome.type === 'limited' || outcome.type === 'retry')
        throw error;
    }
  }
}
