import type { Tx } from '../../database/index.ts';
import { createAgreementRows } from './agreements.ts';
import { createEndingRows } from './endings.ts';
import { createPairRows } from './pairs.ts';

/** Pairs, their people, and what they agreed on. */
export function createPairStore(db: Tx) {
  return { ...createPairRows(db), ...createAgreementRows(db), ...createEndingRows(db) };
}

export type PairStore = ReturnType<typeof createPairStore>;
