import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf, type Pair, partnerOf, type Role } from '../../pairs/index.ts';
import {
  changeControls,
  type PlannedRoutine,
  previewControls,
  type RoutineControls,
  skipNext,
} from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { nextOccurrences } from '../../time/recurrence.ts';
import { checkPattern, controlsOf, type SettingsWish } from '../domain/settings.ts';
import { buildSettingsCard, type Settings } from '../views/settings.ts';
import { localDay } from './form.ts';
import { KIND } from './prompt.ts';

const SHOWN_TIMES = 3;

/** How the caller's own check-ins are asked at present. */
export async function prepareSettings(
  deps: Deps,
  caller: Caller,
  pairId: string,
): Promise<Settings> {
  const { pair, role } = await authorizeControl(deps, caller, pairId);
  const routine = await loadRoutine(deps, { pair, userId: caller.userId });
  return describe({ pair, role, routine, now: deps.now() });
}

async function authorizeControl(stores: Stores, caller: Caller, pairId: string) {
  const { userId: ownerId } = caller;
  return await authorize(stores, caller, { pairId, to: 'routines.control', ownerId });
}

/** Puts the caller's settings into force and shows both what has changed. */
export async function saveSettings(
  deps: Deps,
  o: { caller: Caller; pairId: string; wish: SettingsWish },
): Promise<Settings> {
  const { caller, wish } = o;
  return await deps.transact(async (stores) => {
    const { pair, role } = await authorizeControl(stores, caller, o.pairId);
    const routine = await loadRoutine(stores, { pair, userId: caller.userId });
    const now = deps.now();
    const today = localDay(pair, role, now);
    const problem = checkPattern(wish, today);
    if (problem) throw new UserFacingError(problem.message, { field: problem.field });
    const controls = withSkip(routine, { wish, today, now });
    const changed = await changeControls(stores, { routine, controls, now });
    if (!changed.next) {
      throw new UserFacingError(
        'With these settings you would never be asked. Choose days on which you work, or another rule for days off.',
        { field: 'pattern' },
      );
    }
    const settings = describe({ pair, role, routine: changed, now });
    await stores.audit.record({
      workspaceId: caller.workspaceId,
      actorId: caller.userId,
      action: 'settings.changed',
      subject: { kind: 'setting', id: 'checkins' },
      at: now,
    });
    await showCard(stores, { pair, userId: caller.userId, settings });
    return settings;
  });
}

function withSkip(
  routine: PlannedRoutine,
  o: { wish: SettingsWish; today: string; now: DateTime },
): RoutineControls {
  const controls = controlsOf(o.wish, { today: o.today, before: routine.controls });
  return o.wish.skipsNext ? skipNext(previewControls(routine, controls, o.now)) : controls;
}

async function loadRoutine(
  stores: Stores,
  { pair, userId }: { pair: Pair; userId: string },
): Promise<PlannedRoutine> {
  const of = { workspaceId: pair.workspaceId, pairId: pair.id, userId, kind: KIND };
  const routine = await stores.routines.findOf(of);
  if (routine) return routine;
  throw new UserFacingError(
    'Your check-ins start once you have accepted the working agreement. It is in your direct messages with me.',
  );
}

function describe(o: { pair: Pair; role: Role; routine: PlannedRoutine; now: DateTime }): Settings {
  const { pair, role, routine, now } = o;
  const { userId } = memberOf(pair, role);
  const { recurrence, calendar, lastDueOn } = routine;
  return {
    pairId: pair.id,
    userId,
    partnerName: partnerOf(pair, userId).name,
    zone: calendar.zone,
    partnerZone: partnerOf(pair, userId).zone,
    today: localDay(pair, role, now),
    base: routine.base,
    recurrence,
    controls: routine.controls,
    next: nextOccurrences({
      recurrence,
      calendar,
      after: now,
      ...(lastDueOn && { afterOn: lastDueOn }),
      count: SHOWN_TIMES,
    }),
  };
}

async function showCard(
  stores: Stores,
  { pair, userId, settings }: { pair: Pair; userId: string; settings: Settings },
): Promise<void> {
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `checkin-settings:${pair.id}:${userId}`,
    purpose: 'card',
    recipient: pair.channelId,
    message: buildSettingsCard(settings),
    tell: [pair.executive.userId, pair.ea.userId],
  });
}
