import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { moveMember, partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { sharedHours, weighZone, type ZonePerson } from '../domain/zone.ts';
import type { PersonKey } from '../store.ts';
import {
  buildMoveNotice,
  buildZoneCard,
  type SharedWith,
  type ZoneCardState,
} from '../views/zone.ts';
import { type FlowDeps, rewriteCalendar } from './calendar.ts';

/** Takes note of the zone that somebody's Slack profile now has, and asks them once whether their hours move with it. */
export async function noteZone(
  deps: FlowDeps,
  o: PersonKey & { slackZone: string | null | undefined },
): Promise<void> {
  const key = { workspaceId: o.workspaceId, userId: o.userId };
  const known = await deps.away.findZonePerson(key);
  if (!known || weighZone(known, o.slackZone) === 'nothing') return;
  await deps.transact(async (stores) => {
    await stores.away.lockPerson(key);
    const person = await stores.away.findZonePerson(key);
    if (!person || !o.slackZone) return;
    const news = weighZone(person, o.slackZone);
    if (news === 'nothing') return;
    const now = deps.now();
    if (person.askedAt) await showCard(stores, { person, state: { type: 'settled' } });
    const askedAt = news === 'ask' ? now : null;
    await stores.away.noteSlackZone(key, { zone: o.slackZone, askedAt });
    const asked = { ...person, slackZone: o.slackZone, askedAt };
    if (askedAt) await showCard(stores, { person: asked, state: { type: 'asked' } });
  });
}

/** Leaves the caller's working hours where they are. */
export async function keepZone(deps: FlowDeps, o: { caller: Caller; zone: string }): Promise<void> {
  await deps.transact(async (stores) => {
    const person = await loadAsked(stores, o);
    await stores.away.settleZone(o.caller, { zone: person.zone, now: deps.now() });
    await showCard(stores, { person, state: { type: 'kept' } });
  });
}

/**
 * Moves the caller's working hours to the zone that Slack says: what lies ahead is planned anew, no local date that
 * was asked comes again, and both people hear what they share of their working hours now.
 */
export async function moveZone(deps: FlowDeps, o: { caller: Caller; zone: string }): Promise<void> {
  const { caller, zone } = o;
  await deps.transact(async (stores) => {
    const person = await loadAsked(stores, o);
    const now = deps.now();
    const { workspaceId, userId } = caller;
    const pairs = await stores.pairs.listOf(workspaceId, userId);
    const partners = pairs.map((pair) => ({ pair, partner: partnerOf(pair, userId) }));
    const share = async () =>
      await Promise.all(
        partners.map(({ partner }) =>
          findShared(stores, { key: caller, partnerId: partner.userId, now }),
        ),
      );
    const before = await share();
    await stores.away.settleZone(caller, { zone, now });
    await rewriteCalendar(stores, { workspaceId, userId, now });
    const after = await share();
    const shared: SharedWith[] = [];
    for (const [index, { pair, partner }] of partners.entries()) {
      const [old, fresh] = [before[index], after[index]];
      if (!old || !fresh) continue;
      const one = {
        partnerId: partner.userId,
        partnerZone: partner.zone,
        before: old,
        after: fresh,
      };
      shared.push(one);
      await moveMember(stores, { pair, userId, from: person.zone, to: zone });
      await stores.outbox.post({
        workspaceId,
        pairId: pair.id,
        key: `zone-moved:${pair.id}:${userId}:${askedKey(person)}`,
        purpose: 'card',
        recipient: partner.userId,
        forBoth: true,
        message: buildMoveNotice({ userId, from: person.zone, to: zone, at: now, shared: one }),
      });
    }
    await showCard(stores, { person, state: { type: 'moved', shared } });
  });
}

async function findShared(
  stores: Stores,
  o: { key: PersonKey; partnerId: string; now: DateTime },
): Promise<ReturnType<typeof sharedHours> | null> {
  const { workspaceId, userId } = o.key;
  const a = await stores.away.findCalendar({ workspaceId, userId });
  const b = await stores.away.findCalendar({ workspaceId, userId: o.partnerId });
  return a && b && sharedHours({ a, b, now: o.now });
}

/** The caller while they are asked about this zone. Rejects with a sentence when they are not, any more. */
async function loadAsked(
  stores: Stores,
  o: { caller: Caller; zone: string },
): Promise<ZonePerson & { slackZone: string; askedAt: DateTime }> {
  await stores.away.lockPerson(o.caller);
  const person = await stores.away.findZonePerson(o.caller);
  const { slackZone, askedAt } = person ?? {};
  if (!person || !slackZone || !askedAt || slackZone !== o.zone) {
    throw new UserFacingError(
      'This question is settled already. Change your time zone at any time with /ea-setup.',
    );
  }
  return { ...person, slackZone, askedAt };
}

async function showCard(
  stores: Stores,
  o: { person: ZonePerson; state: ZoneCardState },
): Promise<void> {
  const { person, state } = o;
  const { workspaceId, userId, slackZone, askedAt } = person;
  if (!slackZone || !askedAt) return;
  await stores.outbox.show({
    workspaceId,
    key: `zone-question:${userId}:${askedKey(person)}`,
    purpose: 'card',
    recipient: userId,
    message: buildZoneCard({ from: person.zone, to: slackZone, at: askedAt, state }),
  });
}

/** Names one question for ever. */
function askedKey(person: ZonePerson): string {
  return String(person.askedAt?.toMillis() ?? 0);
}
