import type { DateTime } from 'luxon';
import type { Duty } from './duty.ts';

/** One version of a pair's duties. */
export type Charter = {
  workspaceId: string;
  pairId: string;
  version: number;
  duties: Duty[];
  note: string | null;
  proposedBy: string;
  proposedAt: DateTime;
  signedBy: string | null;
  signedAt: DateTime | null;
  replacedAt: DateTime | null;
};

/** A duty that a person prepares to propose; one marked as removed can still be kept. */
export type DraftDuty = Duty & { isRemoved: boolean };

export type CharterDraft = {
  workspaceId: string;
  pairId: string;
  userId: string;
  /** 0 when there was nothing in force. */
  baseVersion: number;
  duties: DraftDuty[];
};

export type CharterChanges = {
  added: Duty[];
  changed: { before: Duty; after: Duty }[];
  removed: Duty[];
};

/** What differs between two lists of duties, by id. */
export function compareDuties(before: readonly Duty[], after: readonly Duty[]): CharterChanges {
  const old = new Map(before.map((duty) => [duty.id, duty]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    changed: after.flatMap((duty) => {
      const was = old.get(duty.id);
      return was && !isSameDuty(was, duty) ? [{ before: was, after: duty }] : [];
    }),
    removed: before.filter(({ id }) => !kept.has(id)),
  };
}

export function hasChanges({ added, changed, removed }: CharterChanges): boolean {
  return added.length + changed.length + removed.length > 0;
}

/** Whether two duties say the same, whatever the order of their fields. */
export function isSameDuty(a: Duty, b: Duty): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** The duties that a draft would put into force. */
export function dutiesOf(draft: Pick<CharterDraft, 'duties'>): Duty[] {
  return draft.duties.filter((duty) => !duty.isRemoved).map(({ isRemoved: _, ...duty }) => duty);
}

/**
 * The same changes made to other duties: what somebody prepared on `base` while `current` came into force. A duty that
 * both changed keeps the draft's words; one that `current` no longer has comes back only if the draft changed it.
 */
export function rebaseDuties(o: {
  base: readonly Duty[];
  draft: readonly DraftDuty[];
  current: readonly Duty[];
}): DraftDuty[] {
  const base = new Map(o.base.map((duty) => [duty.id, duty]));
  const drafted = new Map(o.draft.map((duty) => [duty.id, duty]));
  const isTouched = ({ isRemoved, ...duty }: DraftDuty) => {
    const was = base.get(duty.id);
    return isRemoved || !was || !isSameDuty(was, duty);
  };
  const merged = o.current.map((duty): DraftDuty => {
    const mine = drafted.get(duty.id);
    if (mine?.isRemoved) return { ...duty, isRemoved: true };
    return mine && isTouched(mine) ? mine : { ...duty, isRemoved: false };
  });
  const known = new Set(o.current.map(({ id }) => id));
  const mine = o.draft.filter((duty) => !known.has(duty.id) && !duty.isRemoved && isTouched(duty));
  return [...merged, ...mine];
}
