import type { DateTime } from 'luxon';
import { NOT_SET_UP } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { formatInZone } from '../../time/format.ts';
import { describeMisspelt, findMisspelt } from '../../time/phrases/misspelt.ts';
import { printWhen } from '../../time/phrases/print.ts';
import { readWhen, type When } from '../../time/phrases/when.ts';
import { atWallClock } from '../../time/wall-clock.ts';
import { moveToClock } from '../domain/clocks.ts';
import { type Named, readCommand } from '../domain/command.ts';
import { nextTimes } from '../domain/preview.ts';
import { MAX_TEXT, pairWith } from '../domain/reminder.ts';
import {
  type Clock,
  NO_FIELDS,
  type Receiver,
  type ReminderFields,
  type ReminderForm,
} from '../views/form.ts';
import type { Preview } from '../views/preview.ts';

/** Who can be reminded by the caller. */
export type People = { me: Receiver; partners: Receiver[]; pairs: Pair[] };

/** The caller with everybody they are paired with. Rejects with a sentence when that is nobody. */
export async function loadPeople(stores: Stores, caller: Caller): Promise<People> {
  const pairs = await stores.pairs.listOf(caller.workspaceId, caller.userId);
  const [first] = pairs;
  if (!first) {
    throw new UserFacingError(NOT_SET_UP);
  }
  const me = first.executive.userId === caller.userId ? first.executive : first.ea;
  const partners = new Map(
    pairs.map((pair) => {
      const { userId, name, zone } = partnerOf(pair, caller.userId);
      return [userId, { userId, name, zone }];
    }),
  );
  const { userId, name, zone } = me;
  return { me: { userId, name, zone }, partners: [...partners.values()], pairs };
}

/** The form for what was typed behind the command: as much filled in as could be understood, and nothing lost. */
export async function prepareNew(deps: Deps, caller: Caller, typed: string): Promise<ReminderForm> {
  const people = await loadPeople(deps, caller);
  const { me, partners } = people;
  const now = deps.now();
  const empty = { ...NO_FIELDS, reminderId: null, me, partners, notice: null, preview: null };
  const command = readCommand(typed, { now, zone: me.zone });
  if (command.kind !== 'new' || typed === '') return { ...empty, forId: me.userId };
  const { found } = command;
  const { forId, notice: whoNotice } = resolveNamed(command.named, people);
  const isTooLong = found.text.length > MAX_TEXT;
  const misspelt = findMisspelt(found.text);
  const notice =
    whoNotice ?? (isTooLong ? TOO_LONG : null) ?? (misspelt && describeMisspelt(misspelt));
  const fields: ReminderFields = { ...NO_FIELDS, forId, text: found.text };
  if (!found.when) {
    const unread = 'I could not read a time in this. Write below when it is to be.';
    return { ...empty, ...fields, notice: notice ?? unread };
  }
  if (!found.when.ok)
    return { ...empty, ...fields, when: found.phrase, notice: notice ?? found.when.message };
  const clock: Clock =
    found.when.value.kind === 'recurring' && forId !== me.userId ? 'theirs' : 'mine';
  if (notice) return { ...empty, ...fields, clock, when: found.phrase, notice };
  const filled = { ...empty, ...fields, clock, when: found.phrase };
  return await withPreview(deps, { caller, people, form: filled });
}

/** The form with its time understood, or with the sentence that says why it cannot be. */
async function withPreview(
  deps: Deps,
  o: { caller: Caller; people: People; form: ReminderForm },
): Promise<ReminderForm> {
  const { caller, people, form } = o;
  const now = deps.now();
  try {
    const { receiver, timing, when } = readFields(form, { people, now });
    const of = { caller, people, receiver, timing, urgent: form.urgent, now };
    const preview = await preparePreview(deps, of);
    return { ...form, when: printWhen(when), preview };
  } catch (error) {
    if (error instanceof UserFacingError) return { ...form, notice: error.message };
    throw error;
  }
}

const TOO_LONG = `The text was longer than ${MAX_TEXT} characters. Only its beginning is below: check it.`;

const ONLY_PAIRED =
  'Tandem reminds only you and the people you are paired with. Choose one of them.';

function resolveNamed(
  named: Named,
  people: People,
): { forId: string | null; notice: string | null } {
  switch (named.kind) {
    case 'me':
    case 'nobody':
      return { forId: people.me.userId, notice: null };
    case 'unknown':
      return {
        forId: null,
        notice: `I do not know who @${named.name.slice(0, 50)} is. Choose who is reminded.`,
      };
    case 'person':
      return findReceiver(people, named.userId)
        ? { forId: named.userId, notice: null }
        : { forId: null, notice: ONLY_PAIRED };
  }
}

export function findReceiver(people: People, userId: string | null): Receiver | null {
  return [people.me, ...people.partners].find((one) => one.userId === userId) ?? null;
}

/** What the fields of a form mean. Rejects with a sentence at the field that is not right. */
export function readFields(
  fields: ReminderFields,
  o: { people: People; now: DateTime },
): { receiver: Receiver; when: When; timing: When } {
  const { people, now } = o;
  const receiver = findReceiver(people, fields.forId);
  if (!receiver) throw new UserFacingError(ONLY_PAIRED, { field: 'for' });
  const zone = fields.clock === 'theirs' ? receiver.zone : people.me.zone;
  const when = readWhen(fields.when, { now, zone });
  if (!when) throw new UserFacingError(UNREADABLE, { field: 'when' });
  if (!when.ok) throw new UserFacingError(when.message, { field: 'when' });
  const timing = moveToClock(when.value, { from: zone, to: receiver.zone, now });
  if (!timing.ok) throw new UserFacingError(timing.message, { field: 'clock' });
  return { receiver, when: when.value, timing: timing.value };
}

const UNREADABLE =
  'I cannot read this as a time. Write it such as tomorrow 15:00, 24 Dec at 9, or every other Monday at 10:00.';

/** How a time was understood, with the next times in both zones. Rejects with a sentence when it never comes. */
export async function preparePreview(
  stores: Stores,
  o: {
    caller: Caller;
    people: People;
    receiver: Receiver;
    timing: When;
    urgent: boolean;
    now: DateTime;
  },
): Promise<Preview> {
  const { caller, people, receiver, timing, now } = o;
  const { workspaceId } = caller;
  const isSelf = receiver.userId === caller.userId;
  const pair = pairFor(people, receiver);
  const consent = { workspaceId, pairId: pair.id, userId: receiver.userId };
  const mayBeUrgent = isSelf || (await stores.reminders.acceptsUrgent(consent));
  const calendar = await stores.reminders.calendarOf({ workspaceId, userId: receiver.userId });
  const urgent = o.urgent && mayBeUrgent;
  const next = nextTimes({ ...FRESH, timing, urgent }, { calendar, now, count: 3 });
  if (next.length === 0)
    throw new UserFacingError(explainNever(timing, receiver, now), { field: 'when' });
  return {
    timing,
    next,
    receiverName: isSelf ? null : receiver.name,
    receiverZone: receiver.zone,
    writerZone: people.me.zone,
    urgent: o.urgent,
    mayBeUrgent,
    seenKey: `${receiver.userId} ${printWhen(timing)}`,
  };
}

const FRESH = { mutedUntilOn: null, pausedAt: null, deletedAt: null };

function explainNever(timing: When, receiver: Receiver, now: DateTime): string {
  if (timing.kind === 'recurring')
    return 'These days never come: there is no such time between its start and its end.';
  const at = atWallClock(timing.on, timing.time, receiver.zone);
  return at <= now
    ? `That is in the past: ${formatInZone(at, receiver.zone)}. Choose a later time.`
    : 'That is more than four years ahead. Choose an earlier time.';
}

/** The pair that a reminder belongs to: the one with its receiver, or for oneself the oldest one. */
export function pairFor(people: People, receiver: Receiver): Pair {
  const pair =
    receiver.userId === people.me.userId
      ? people.pairs[0]
      : pairWith(people.pairs, receiver.userId);
  if (!pair) throw new UserFacingError(ONLY_PAIRED, { field: 'for' });
  return pair;
}
