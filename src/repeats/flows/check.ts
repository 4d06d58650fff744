import type { DateTime } from 'luxon';
import { DUTY_ID_PREFIX } from '../../delegations/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import type { Pair, Role } from '../../pairs/index.ts';
import { nextWorkingInstant, type WorkingCalendar } from '../../time/working-time.ts';
import {
  findRepeat,
  isSameKind,
  PROPOSAL_PAUSE_DAYS,
  REPEAT_DAYS,
  type RepeatProposal,
  type Titled,
} from '../domain.ts';
import { buildProposal } from '../views/proposal.ts';

const BATCH = 50;

/** Newest work that is compared with each other. */
const MOST_COMPARED = 500;
const NUMBERS_SHOWN = 5;

/** Looks at the work of pairs, once on every working day of each of the two, in their working hours. */
export async function sweepRepeats(deps: Deps): Promise<void> {
  await deps.repeats.planChecks(deps.now(), 1000);
  for (;;) {
    const claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const keys = await stores.repeats.claimChecks(now, BATCH);
      for (const key of keys) await checkPair(stores, { ...key, now });
      return keys.length;
    });
    if (claimed < BATCH) return;
  }
}

async function checkPair(
  stores: Stores,
  o: { workspaceId: string; pairId: string; role: Role; now: DateTime },
): Promise<void> {
  const { workspaceId, pairId, role, now } = o;
  const key = { workspaceId, pairId, role };
  const pair = await stores.pairs.find(workspaceId, pairId);
  if (!pair || pair.endedAt) return await stores.repeats.setNextCheck(key, null);
  const calendar = await calendarOf(stores, pair, role);
  const opensAt = nextWorkingInstant(calendar, now);
  if (opensAt && opensAt <= now) {
    await proposeNext(stores, { pair, now });
    const duties = await listDuties(stores, { workspaceId, pairId });
    for (const proposal of await stores.repeats.listUntold(key)) {
      if (duties.some((duty) => isSameKind(duty, proposal))) continue;
      await stores.repeats.noteTold({ ...key, delegationId: proposal.delegationId });
      await showProposal(stores, { pair, proposal, role });
    }
  }
  const tomorrow = now.setZone(calendar.zone).startOf('day').plus({ days: 1 });
  const from = opensAt && opensAt > now ? opensAt : tomorrow;
  const next = nextWorkingInstant(calendar, from) ?? now.plus({ days: 7 });
  await stores.repeats.setNextCheck(key, next);
}

async function calendarOf(stores: Stores, pair: Pair, role: Role): Promise<WorkingCalendar> {
  const { userId, workspaceId, zone, weekly } = pair[role];
  return (await stores.away.findCalendar({ workspaceId, userId })) ?? { zone, weekly };
}

/** At most one kind a week. */
async function proposeNext(stores: Stores, o: { pair: Pair; now: DateTime }): Promise<void> {
  const { pair, now } = o;
  const of = { workspaceId: pair.workspaceId, pairId: pair.id };
  const pause = now.minus({ days: PROPOSAL_PAUSE_DAYS });
  if (await stores.repeats.wasProposedSince(of, pause)) return;
  const past = await stores.repeats.listPast(of, {
    since: now.minus({ days: REPEAT_DAYS }),
    dutyPrefix: DUTY_ID_PREFIX,
    limit: MOST_COMPARED,
  });
  const known = [...(await listDuties(stores, of)), ...(await stores.repeats.listProposed(of))];
  const repeat = findRepeat(past, known);
  if (!repeat) return;
  const { example, all } = repeat;
  const proposal: RepeatProposal = {
    ...of,
    delegationId: example.id,
    title: example.title,
    category: example.category,
    count: all.length,
    numbers: all.slice(0, NUMBERS_SHOWN).map(({ number }) => number),
    toldExecutive: false,
    toldEa: false,
    dismissedBy: null,
  };
  await stores.repeats.propose(proposal, now);
}

/** What the charter asks for, and what one of the two has proposed that it asks for. */
async function listDuties(
  { charter }: Pick<Stores, 'charter'>,
  of: { workspaceId: string; pairId: string },
): Promise<Titled[]> {
  const inForce = await charter.findInForce(of);
  const open = await charter.findOpen(of);
  return [...(inForce?.duties ?? []), ...(open?.duties ?? [])];
}

/** Shows a proposal to one of the two, as it is now. */
export async function showProposal(
  stores: Stores,
  o: { pair: Pair; proposal: RepeatProposal; role: Role },
): Promise<void> {
  const { pair, proposal } = o;
  const { userId } = pair[o.role];
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `repeat:${pair.id}:${proposal.delegationId}:${userId}`,
    purpose: 'prompt',
    recipient: userId,
    forBoth: true,
    message: buildProposal(o),
  });
}
