import type { DateTime } from 'luxon';
import type { Decision as DecisionRow } from '../../database/generated/client.ts';
import { toInstant } from '../../database/instant.ts';
import type { Decision } from '../domain/decision.ts';

export function columnsOf(decision: Decision, nextAt: DateTime | null) {
  const { workspaceId: _, id: __, pairId: ___, number: ____, ...rest } = decision;
  const date = (at: DateTime | null) => at?.toJSDate() ?? null;
  return {
    ...rest,
    deadlineAt: rest.deadlineAt.toJSDate(),
    askedAt: rest.askedAt.toJSDate(),
    shownAt: date(rest.shownAt),
    talkedAt: date(rest.talkedAt),
    answeredAt: date(rest.answeredAt),
    closedAt: date(rest.closedAt),
    waitingSince: date(rest.waitingSince),
    eaNewsAt: date(rest.eaNewsAt),
    executiveNewsAt: date(rest.executiveNewsAt),
    nextAt: date(nextAt),
  };
}

export function toDecision({ nextAt: _, ...row }: DecisionRow): Decision {
  const instant = (at: Date | null) => at && toInstant(at);
  return {
    ...row,
    deadlineAt: toInstant(row.deadlineAt),
    askedAt: toInstant(row.askedAt),
    shownAt: instant(row.shownAt),
    talkedAt: instant(row.talkedAt),
    answeredAt: instant(row.answeredAt),
    closedAt: instant(row.closedAt),
    waitingSince: instant(row.waitingSince),
    eaNewsAt: instant(row.eaNewsAt),
    executiveNewsAt: instant(row.executiveNewsAt),
  };
}
