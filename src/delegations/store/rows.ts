import type { DateTime } from 'luxon';
import type {
  DelegationChange as ChangeRow,
  Delegation as DelegationRow,
} from '../../database/generated/client.ts';
import { toInstant } from '../../database/instant.ts';
import type { Delegation, Priority } from '../domain/delegation.ts';
import { isOpen } from '../domain/delegation.ts';
import type { Change, ChangeStep } from '../domain/history.ts';

export type DelegationKey = { workspaceId: string; id: string };
export type PairKey = { workspaceId: string; pairId: string };

function instant(at: Date | null): DateTime | null {
  return at && toInstant(at);
}

export function toDelegation(row: DelegationRow): Delegation {
  const { shelf: _, sourcePermalink, sourceChannelId, sourceTs, ...rest } = row;
  const source =
    sourceChannelId && sourceTs
      ? { channelId: sourceChannelId, ts: sourceTs, permalink: sourcePermalink }
      : null;
  return {
    ...rest,
    priority: row.priority as Priority,
    source,
    dueAt: instant(row.dueAt),
    stateSinceAt: toInstant(row.stateSinceAt),
    createdAt: toInstant(row.createdAt),
    acceptedAt: instant(row.acceptedAt),
    deliveredAt: instant(row.deliveredAt),
    closedAt: instant(row.closedAt),
    deletedAt: instant(row.deletedAt),
    noticeAt: instant(row.noticeAt),
  };
}

/** What a row holds of a delegation. */
export function toRow(delegation: Delegation): DelegationRow {
  const { source, ...rest } = delegation;
  const date = (at: DateTime | null) => at?.toJSDate() ?? null;
  return {
    ...rest,
    shelf: delegation.deletedAt ? 'deleted' : isOpen(delegation.state) ? 'open' : 'closed',
    sourcePermalink: source?.permalink ?? null,
    sourceChannelId: source?.channelId ?? null,
    sourceTs: source?.ts ?? null,
    dueAt: date(delegation.dueAt),
    stateSinceAt: delegation.stateSinceAt.toJSDate(),
    createdAt: delegation.createdAt.toJSDate(),
    acceptedAt: date(delegation.acceptedAt),
    deliveredAt: date(delegation.deliveredAt),
    closedAt: date(delegation.closedAt),
    deletedAt: date(delegation.deletedAt),
    noticeAt: date(delegation.noticeAt),
  };
}

export function toChange(row: ChangeRow): Change {
  return {
    position: row.position,
    step: row.step as ChangeStep,
    from: row.fromState,
    to: row.toState,
    byId: row.byId,
    at: toInstant(row.at),
    why: row.why,
  };
}
