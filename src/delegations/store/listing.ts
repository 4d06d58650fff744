import type { DateTime } from 'luxon';
import { type Delegation as DelegationRow, Prisma } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { Delegation, DelegationState } from '../domain/delegation.ts';
import {
  COUNTED_TO,
  dueWithin,
  type Filter,
  type FilterTimes,
  STATES_OF,
} from '../domain/filters.ts';
import { type PairKey, toDelegation } from './rows.ts';

type Of = { filter: Filter; times: FilterTimes };

/**
 * What people look through. A pair may have any number of tasks: every list takes as many rows of each state as it
 * shows, in the order of an index, and sorts only these; every count ends at COUNTED_TO + 1.
 */
export function createDelegationLists(db: Tx) {
  return {
    /** One page of a filter, in its order. */
    async page(pair: PairKey, o: Of & { offset: number; size: number }): Promise<Delegation[]> {
      const { offset, size } = o;
      if (o.filter === 'closed') {
        const rows = await db.delegation.findMany({
          where: { ...pair, shelf: 'closed' },
          orderBy: [{ closedAt: 'desc' }, { number: 'desc' }],
          skip: offset,
          take: size,
        });
        return rows.map(toDelegation);
      }
      const order = ORDER[o.filter];
      const { workspaceId, pairId } = pair;
      const rows = await db.$queryRaw<DelegationRow[]>`
        SELECT d.* FROM (
          SELECT n.number AS found FROM (VALUES ${rowsOf(STATES_OF[o.filter])}) AS s(state)
          CROSS JOIN LATERAL (
            SELECT ${order} FROM delegations e
            WHERE e."workspaceId" = ${workspaceId} AND e."pairId" = ${pairId}
              AND e.shelf = 'open' AND e.state = s.state ${within(o)}
            ORDER BY ${order} LIMIT ${offset + size}
          ) n
          ORDER BY ${order} LIMIT ${size} OFFSET ${offset}
        ) p
        JOIN delegations d ON d."workspaceId" = ${workspaceId} AND d."pairId" = ${pairId} AND d.number = p.found
        ORDER BY ${order}`;
      return rows.map(toDelegation);
    },

    /** How many there are of each of these filters, counted no further than COUNTED_TO + 1. */
    async counts(
      { workspaceId, pairId }: PairKey,
      o: { filters: readonly Filter[]; times: FilterTimes },
    ): Promise<ReadonlyMap<Filter, number>> {
      const one = (filter: Filter) => Prisma.sql`(
        SELECT COUNT(*)::int FROM (
          SELECT 1 FROM delegations e
          WHERE e."workspaceId" = ${workspaceId} AND e."pairId" = ${pairId}
            AND e.shelf = ${filter === 'closed' ? CLOSED : OPEN} AND e.state IN (${listOf(STATES_OF[filter])})
            ${within({ filter, times: o.times })}
          LIMIT ${COUNTED_TO + 1}
        ) AS counted)`;
      const rows = await db.$queryRaw<{ counts: number[] }[]>`
        SELECT ARRAY[${Prisma.join(o.filters.map(one))}] AS counts`;
      return new Map(o.filters.map((filter, index) => [filter, rows[0]?.counts[index] ?? 0]));
    },

    /** Since when those that the EA cannot go on with wait for the executive: the longest waits first. */
    async blockedSince({ workspaceId, pairId }: PairKey, limit: number): Promise<DateTime[]> {
      const rows = await db.$queryRaw<{ since: Date }[]>`
        SELECT d.since FROM (VALUES ${rowsOf(STATES_OF.blocked)}) AS s(state)
        CROSS JOIN LATERAL (
          SELECT e."stateSinceAt" AS since FROM delegations e
          WHERE e."workspaceId" = ${workspaceId} AND e."pairId" = ${pairId}
            AND e.shelf = 'open' AND e.state = s.state
          ORDER BY e."stateSinceAt" LIMIT ${limit}
        ) d
        ORDER BY d.since LIMIT ${limit}`;
      return rows.map(({ since }) => toInstant(since));
    },

    /** Closed or delivered since `since`, newest first. */
    async finishedSince(
      pair: PairKey,
      o: { since: DateTime; limit: number },
    ): Promise<Delegation[]> {
      const since = o.since.toJSDate();
      const [closed, delivered] = [
        await db.delegation.findMany({
          where: { ...pair, shelf: 'closed', state: 'done', closedAt: { gte: since } },
          orderBy: { closedAt: 'desc' },
          take: o.limit,
        }),
        await db.delegation.findMany({
          where: { ...pair, shelf: 'open', state: 'delivered', stateSinceAt: { gte: since } },
          orderBy: { stateSinceAt: 'desc' },
          take: o.limit,
        }),
      ];
      return [...delivered, ...closed].slice(0, o.limit).map(toDelegation);
    },
  };
}

const OPEN = Prisma.sql`'open'`;
const CLOSED = Prisma.sql`'closed'`;

/** States as literals, by which the database chooses its index. */
function literals(states: readonly DelegationState[]): string[] {
  return states.map((state) => `'${state}'::delegation_state`);
}

function listOf(states: readonly DelegationState[]): Prisma.Sql {
  return Prisma.raw(literals(states).join(', '));
}

function rowsOf(states: readonly DelegationState[]): Prisma.Sql {
  return Prisma.raw(
    literals(states)
      .map((one) => `(${one})`)
      .join(', '),
  );
}

function within({ filter, times }: Of): Prisma.Sql {
  const due = dueWithin(filter, times);
  if (!due) return Prisma.empty;
  const until = Prisma.sql`AND e."dueAt" < ${due.until.toJSDate()}`;
  return due.from ? Prisma.sql`${until} AND e."dueAt" >= ${due.from.toJSDate()}` : until;
}

const BY_PRIORITY = Prisma.sql`priority, "dueAt", number`;
const BY_DUE = Prisma.sql`"dueAt", number`;
const BY_WAIT = Prisma.sql`"stateSinceAt", number`;

const ORDER: Record<Exclude<Filter, 'closed'>, Prisma.Sql> = {
  open: BY_PRIORITY,
  mine: BY_PRIORITY,
  waiting: BY_WAIT,
  blocked: BY_WAIT,
  overdue: BY_DUE,
  today: BY_DUE,
  week: BY_DUE,
  unaccepted: BY_WAIT,
  stuck: BY_WAIT,
  third: BY_WAIT,
  with_ea: BY_PRIORITY,
};
