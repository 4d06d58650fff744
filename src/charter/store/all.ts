import type { Tx } from '../../database/index.ts';
import { createCharterRows } from './charters.ts';
import { createZoneRows } from './zones.ts';

/** A pair's duties in all their versions, and how free the EA is in which category. */
export function createCharterStore(db: Tx) {
  return { ...createCharterRows(db), ...createZoneRows(db) };
}

export type CharterStore = ReturnType<typeof createCharterStore>;
