import type { Tx } from '../../database/index.ts';
import { createHoursRows } from './hours.ts';
import { createLoadRows } from './load.ts';

/** How much work there is against how much time, and the hours that were logged. */
export function createWorkloadStore(db: Tx) {
  return { ...createLoadRows(db), ...createHoursRows(db) };
}

export type WorkloadStore = ReturnType<typeof createWorkloadStore>;
