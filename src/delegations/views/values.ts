import { z } from 'zod';
import type { Delegation } from '../domain/delegation.ts';
import { FILTERS } from '../domain/filters.ts';

/** Where in the list somebody is: which pair, filter and page. */
export const ListPlace = z.object({
  pairId: z.string(),
  filter: z.enum(FILTERS),
  offset: z.number().int().min(0).max(1_000_000),
});

export type ListPlace = z.infer<typeof ListPlace>;

/** What a button carries: which one, how it looked when the button was drawn, and the list behind it. */
export const DelegationValue = z.object({
  id: z.string(),
  version: z.number().int().min(1),
  back: ListPlace.nullish(),
});

export type DelegationRef = z.infer<typeof DelegationValue>;

export function refOf(
  delegation: Pick<Delegation, 'id' | 'version'>,
  back: ListPlace | null = null,
): string {
  const { id, version } = delegation;
  const ref: DelegationRef = { id, version, ...(back && { back }) };
  return JSON.stringify(ref);
}
