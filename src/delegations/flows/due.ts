import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import { findLeaveClash, type LeaveClash, lastWorkBefore, readDue } from '../domain/due.ts';
import type { AwayChoice, DelegationCarried, DelegationFields } from '../views/fields.ts';
import type { DelegationForm } from '../views/form.ts';
import { inBothZones } from './form.ts';
import { calendarOf } from './load.ts';
import { zoneOf } from './zone.ts';

export type Due =
  | { type: 'settled'; at: DateTime | null; note: string | null }
  /** Shown before it is saved. */
  | {
      type: 'check';
      seen: string;
      notice: string;
      preview: string[];
      awayOptions: DelegationForm['awayOptions'];
    };

type Wish = {
  caller: Caller;
  pair: Pair;
  carried: DelegationCarried;
  fields: DelegationFields;
  now: DateTime;
};

/** The due time that a form means, once the person has seen it on both clocks. Rejects with a sentence at its field. */
export async function readDueTime(stores: Stores, o: Wish): Promise<Due> {
  const { pair, fields, carried, now } = o;
  if (fields.dueOn === null) return { type: 'settled', at: null, note: null };
  const calendar = await calendarOf(stores, pair, 'ea');
  const zone = zoneOf(pair, { caller: o.caller, clock: fields.clock });
  const read = readDue({ on: fields.dueOn, time: fields.dueTime, zone }, { calendar, now });
  if (!read.ok) throw new UserFacingError(read.message, { field: 'dueOn' });
  const seen = `${read.value.toMillis()} ${pair.id}`;
  const clash = findLeaveClash(read.value, { calendar, now });
  if (carried.seen === seen && (!clash || fields.away))
    return {
      type: 'settled',
      at: choose(read.value, { clash, choice: fields.away }),
      note:
        clash && fields.away === 'keep'
          ? `${pair.ea.name} is on leave then: ${await whoCovers(stores, { pair, dueAt: read.value })} covers it`
          : null,
    };
  const options = clash ? await awayOptions(stores, { pair, clash, dueAt: read.value, now }) : [];
  return {
    type: 'check',
    seen,
    notice: clash
      ? `${pair.ea.name} is on leave then. Choose when it is due.`
      : 'This is how I understood the due time. If it is right, press the button below once more; if not, change it.',
    preview: [
      `*Due:* ${inBothZones(read.value, pair)}`,
      ...(clash ? [] : describeHours(read.value, { pair, calendar, now })),
    ],
    awayOptions: options,
  };
}

function choose(
  at: DateTime,
  o: { clash: LeaveClash | null; choice: AwayChoice | null },
): DateTime {
  if (!o.clash || o.choice === 'keep' || o.choice === null) return at;
  return o.clash[o.choice] ?? at;
}

function describeHours(
  at: DateTime,
  o: { pair: Pair; calendar: WorkingCalendar; now: DateTime },
): string[] {
  const last = lastWorkBefore(at, o);
  if (!last) return [];
  const name = escapeText(o.pair.ea.name);
  return [`${name} does not work then. Work before it ends ${inBothZones(last, o.pair)}.`];
}

/** Before the leave, after it, or as it is with whoever stands in. */
async function awayOptions(
  stores: Stores,
  o: { pair: Pair; clash: LeaveClash; dueAt: DateTime; now: DateTime },
): Promise<DelegationForm['awayOptions']> {
  const { pair, clash } = o;
  const { zone } = pair.ea;
  const who = await whoCovers(stores, o);
  const { before, after } = clash;
  return [
    ...(before
      ? [{ value: 'before' as const, label: `Before: ${formatInZone(before, zone)}` }]
      : []),
    ...(after ? [{ value: 'after' as const, label: `After: ${formatInZone(after, zone)}` }] : []),
    { value: 'keep', label: `Keep the date: ${shorten(who, 40)} covers it` },
  ];
}

/** Whom the EA has named for that day, in words. */
async function whoCovers(stores: Stores, o: { pair: Pair; dueAt: DateTime }): Promise<string> {
  const { workspaceId, userId, zone } = o.pair.ea;
  const on = o.dueAt.setZone(zone).toISODate() ?? '';
  const leaves = await stores.away.listLeaves({ workspaceId, userId }, { from: on });
  const coverId = leaves.find((leave) => leave.firstOn <= on)?.coverId ?? null;
  if (coverId === null) return 'Somebody else';
  const cover = await stores.pairs.findMember(workspaceId, coverId);
  return cover?.name ?? 'The person who stands in';
}
