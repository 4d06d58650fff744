import type { Tx } from '../../database/index.ts';
import { createDelegationRows } from './delegations.ts';
import { createDelegationLists } from './listing.ts';
import { createRatingRows } from './ratings.ts';

/** Delegations with their histories, and the lists that people look through. */
export function createDelegationStore(db: Tx) {
  return { ...createDelegationRows(db), ...createDelegationLists(db), ...createRatingRows(db) };
}

export type DelegationStore = ReturnType<typeof createDelegationStore>;
