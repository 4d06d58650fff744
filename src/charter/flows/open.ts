import type { DateTime } from 'luxon';
import { type Action, authorize, listRoles, mayDo, NOT_SET_UP } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, partnerOf, type Role } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { nextOccurrence, occurrencesBetween, type RecurrenceTime } from '../../time/recurrence.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import type { Charter } from '../domain/charter.ts';
import { type Duty, recurrenceOf } from '../domain/duty.ts';
import type { CharterPage } from '../views/charter.ts';
import type { CharterPeople } from '../views/duty-text.ts';

export type PairChoice = { pairId: string; partnerName: string };

/**
 * Which of the pairs in which the caller may do `to` is meant: that of this channel, else the only one; the choices
 * when it must be asked.
 */
export async function choosePair(
  deps: Deps,
  caller: Caller,
  o: { channelId: string | null; to: Action },
): Promise<{ pairId: string } | { choices: PairChoice[] }> {
  const roles = (await listRoles(deps, caller)).filter(({ role }) => mayDo(role, o.to));
  const [first, second] = roles;
  if (!first) {
    throw new UserFacingError(NOT_SET_UP);
  }
  const here = roles.find(({ pair }) => pair.channelId === o.channelId);
  if (here || !second) return { pairId: (here ?? first).pair.id };
  const choices = roles.map(({ pair, role }) => ({
    pairId: pair.id,
    partnerName:
      role === 'executive' || role === 'ea'
        ? partnerOf(pair, caller.userId).name
        : `${pair.executive.name} and ${pair.ea.name}`,
  }));
  return { choices };
}

export function peopleOf(pair: Pair): CharterPeople {
  return { executive: pair.executive, ea: pair.ea };
}

export function keyOf(pair: Pair): { workspaceId: string; pairId: string } {
  return { workspaceId: pair.workspaceId, pairId: pair.id };
}

/** The reader's zone; onlookers read on the executive's clock. */
function zoneOf(pair: Pair, { userId }: Caller): string {
  return pair.ea.userId === userId ? pair.ea.zone : pair.executive.zone;
}

/** A version of the caller's charter, the one in force (else the one proposed) without a number. */
export async function prepareCharter(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; version?: number; offset?: number },
): Promise<CharterPage> {
  const { pair, role } = await authorize(deps, caller, { pairId: o.pairId, to: 'charter.read' });
  const of = keyOf(pair);
  const inForce = await deps.charter.findInForce(of);
  const open = await deps.charter.findOpen(of);
  const named = o.version ? await deps.charter.find(of, o.version) : null;
  if (o.version && !named)
    throw new UserFacingError('This version is not there. Type /ea-charter to see what is.');
  const shown = named ?? inForce ?? open;
  const calendars = {
    executive: await calendarOf(deps, pair, 'executive'),
    ea: await calendarOf(deps, pair, 'ea'),
  };
  const now = deps.now();
  const isInForce = shown !== null && shown.version === inForce?.version;
  return {
    pairId: pair.id,
    viewer: {
      userId: caller.userId,
      zone: zoneOf(pair, caller),
      mayEdit: mayDo(role, 'charter.edit'),
    },
    people: peopleOf(pair),
    shown,
    inForce: inForce?.version ?? null,
    open,
    hasDraft: (await deps.charter.findDraft(of, caller.userId)) !== null,
    next: isInForce ? nextTimes(shown, { calendars, now }) : new Map(),
    monthMinutes: {
      executive: minutesAhead(shown, { role: 'executive', calendars, now }),
      ea: minutesAhead(shown, { role: 'ea', calendars, now }),
    },
    offset: o.offset ?? 0,
  };
}

type Calendars = Record<Role, WorkingCalendar>;

export async function calendarOf(
  stores: Pick<Stores, 'away'>,
  pair: Pair,
  role: Role,
): Promise<WorkingCalendar> {
  const { workspaceId } = pair;
  const { userId, zone, weekly } = pair[role];
  return (await stores.away.findCalendar({ workspaceId, userId })) ?? { zone, weekly };
}

function nextTimes(
  { duties }: Charter,
  o: { calendars: Calendars; now: DateTime },
): Map<string, RecurrenceTime> {
  return new Map(
    duties.flatMap((duty) => {
      const next = nextOccurrence(recurrenceOf(duty), o.calendars[duty.owner], o.now);
      return next ? [[duty.id, next]] : [];
    }),
  );
}

function minutesAhead(
  charter: Charter | null,
  o: { role: Role; calendars: Calendars; now: DateTime },
): number {
  const own = (charter?.duties ?? []).filter(({ owner }) => owner === o.role);
  return own.reduce((sum, duty) => sum + minutesIn(duty, { ...o, days: 28 }), 0);
}

function minutesIn(duty: Duty, o: { calendars: Calendars; now: DateTime; days: number }): number {
  if (duty.estimateMinutes === null) return 0;
  const times = occurrencesBetween({
    recurrence: recurrenceOf(duty),
    calendar: o.calendars[duty.owner],
    after: o.now,
    until: o.now.plus({ days: o.days }),
  });
  return times.length * duty.estimateMinutes;
}

/** Every version of the caller's charter. */
export async function prepareHistory(deps: Deps, caller: Caller, pairId: string) {
  const { pair } = await authorize(deps, caller, { pairId, to: 'charter.read' });
  const versions = await deps.charter.listVersions(keyOf(pair), 45);
  const inForce = versions.find(({ signedAt }) => signedAt !== null)?.version ?? null;
  return { pairId: pair.id, versions, viewer: { zone: zoneOf(pair, caller) }, inForce };
}
