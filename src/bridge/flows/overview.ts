import type { DateTime } from 'luxon';
import { NOT_SET_UP } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { type Pair, partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { findClockChanges, nextShared, sharedToday, usualDay } from '../domain/overlap.ts';
import { type Bridge, buildHomeLine } from '../views/bridge.ts';

/** Days ahead in which changes of the clocks are looked for. */
const CHANGE_DAYS = 60;
/** Pairs that one person is shown. */
const MOST_PAIRS = 8;

type OverviewDeps = Pick<Stores, 'pairs' | 'reminders'> & { now: () => DateTime };

/** The shared time of the caller with each of their partners. */
export async function prepareBridges(deps: OverviewDeps, caller: Caller): Promise<Bridge[]> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  if (pairs.length === 0) {
    throw new UserFacingError(NOT_SET_UP);
  }
  const bridges: Bridge[] = [];
  for (const pair of pairs.slice(0, MOST_PAIRS))
    bridges.push(await prepareBridge(deps, pair, caller.userId));
  return bridges;
}

async function prepareBridge(deps: OverviewDeps, pair: Pair, userId: string): Promise<Bridge> {
  const { workspaceId } = pair;
  const partner = partnerOf(pair, userId);
  const mine = await deps.reminders.calendarOf({ workspaceId, userId });
  const theirs = await deps.reminders.calendarOf({ workspaceId, userId: partner.userId });
  const calendars = { mine, theirs };
  const now = deps.now();
  return {
    partnerId: partner.userId,
    partnerName: partner.name,
    myZone: mine.zone,
    theirZone: theirs.zone,
    today: sharedToday(calendars, now),
    next: nextShared(calendars, now),
    usual: usualDay(weekly(calendars), now, now.plus({ days: 7 })),
    changes: findClockChanges(calendars, { now, days: CHANGE_DAYS }),
    days: CHANGE_DAYS,
  };
}

function weekly({ mine, theirs }: Parameters<typeof usualDay>[0]): Parameters<typeof usualDay>[0] {
  return {
    mine: { zone: mine.zone, weekly: mine.weekly },
    theirs: { zone: theirs.zone, weekly: theirs.weekly },
  };
}

/** When each of the viewer's pairs next works at the same time. */
export async function showInHome(deps: OverviewDeps, viewer: HomeViewer): Promise<HomeSection[]> {
  const sections: HomeSection[] = [];
  for (const { pair, role } of viewer.pairs.slice(0, MOST_PAIRS)) {
    if (role !== 'executive' && role !== 'ea') continue;
    sections.push(buildHomeLine(await prepareBridge(deps, pair, viewer.userId)));
  }
  return sections;
}
