import type { Tx } from '../../database/index.ts';
import { createDelegationRows } from './delegations.ts';
import { createImportRows } from './imports.ts';
import { createDelegationLists } from './listing.ts';
import { createRatingRows } from './ratings.ts';

/** Delegations with their histories, the lists that people look through, and imports. */
export function createDelegationStore(db: Tx) {
  return {
    ...createDelegationRows(db),
    ...createDelegationLists(db),
    ...createImportRows(db),
    ...createRatingRows(db),
  };
}

export type DelegationStore = ReturnType<typeof createDelegationStore>;
