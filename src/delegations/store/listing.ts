import type { DateTime } from 'luxon';
import type { Prisma } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import type { Delegation } from '../domain/delegation.ts';
import { COUNTED_TO, type Filter, type FilterTimes } from '../domain/filters.ts';
import { type PairKey, toDelegation } from './rows.ts';

/** What people look through. Every list is in the order of an index, so a pair may have any number. */
export function createDelegationLists(db: Tx) {
  return {
    /** One page of a filter, in its order. */
    async page(
      pair: PairKey,
      o: { filter: Filter; times: FilterTimes; offset: number; size: number },
    ): Promise<Delegation[]> {
      const rows = await db.delegation.findMany({
        where: whereOf(pair, o),
        orderBy: ORDER[o.filter],
        skip: o.offset,
        take: o.size,
      });
      return rows.map(toDelegation);
    },

    /** How many there are, counted no further than COUNTED_TO + 1. */
    async count(pair: PairKey, o: { filter: Filter; times: FilterTimes }): Promise<number> {
      return await db.delegation.count({ where: whereOf(pair, o), take: COUNTED_TO + 1 });
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

type Where = Prisma.DelegationWhereInput;

function whereOf(
  { workspaceId, pairId }: PairKey,
  o: { filter: Filter; times: FilterTimes },
): Where {
  const of = { workspaceId, pairId };
  const { now, weekEndsAt, dayEndsAt } = o.times;
  switch (o.filter) {
    case 'open':
      return { ...of, shelf: 'open' };
    case 'mine':
      return { ...of, shelf: 'open', state: { not: 'delivered' } };
    case 'waiting':
      return {
        ...of,
        shelf: 'open',
        state: { in: ['question', 'waiting_executive', 'delivered'] },
      };
    case 'blocked':
      return { ...of, shelf: 'open', state: { in: ['question', 'waiting_executive'] } };
    case 'overdue':
      return {
        ...of,
        shelf: 'open',
        dueAt: { lt: now.toJSDate() },
        state: { not: 'delivered' },
      };
    case 'today':
      return {
        ...of,
        shelf: 'open',
        dueAt: { gte: now.toJSDate(), lt: dayEndsAt.toJSDate() },
        state: { not: 'delivered' },
      };
    case 'week':
      return {
        ...of,
        shelf: 'open',
        dueAt: { gte: now.toJSDate(), lt: weekEndsAt.toJSDate() },
      };
    case 'unaccepted':
      return { ...of, shelf: 'open', state: { in: ['new', 'reopened'] } };
    case 'stuck':
      return {
        ...of,
        shelf: 'open',
        state: { in: ['question', 'waiting_executive', 'waiting_third'] },
      };
    case 'closed':
      return { ...of, shelf: 'closed' };
  }
}

type Order = Prisma.DelegationOrderByWithRelationInput[];

const BY_PRIORITY: Order = [{ priority: 'asc' }, { dueAt: 'asc' }, { number: 'asc' }];
const BY_DUE: Order = [{ dueAt: 'asc' }];
const ORDER: Record<Filter, Order> = {
  open: BY_PRIORITY,
  mine: BY_PRIORITY,
  waiting: [{ stateSinceAt: 'asc' }],
  blocked: [{ stateSinceAt: 'asc' }],
  overdue: BY_DUE,
  today: BY_DUE,
  week: BY_DUE,
  closed: [{ closedAt: 'desc' }],
  unaccepted: [{ stateSinceAt: 'asc' }],
  stuck: [{ stateSinceAt: 'asc' }],
};
