import { describe, expect, test } from '@jest/globals';
import { type Surface, validateBlocks } from '../../../src/sandbox/limits/index.ts';

export type SizeLimit = {
  what: string;
  max: number;
  /** The blocks with `size` characters, items, … in the place at hand. */
  blocks: (size: number) => unknown[];
  /** Where one more is refused. */
  pointer: string;
  surface?: Surface;
  /** The smallest size that is accepted; without it only the largest is looked at. */
  min?: number;
};

const refusedAt = (limit: SizeLimit, size: number) =>
  validateBlocks(limit.blocks(size), limit.surface ?? 'message').map(({ error, pointer }) => ({
    error,
    pointer,
  }));

/** Declares the tests of the limits: what is at a limit passes, one beyond is refused there. */
export function testLimits(limits: readonly SizeLimit[]): void {
  describe.each(limits)('$what', (limit) => {
    const refused = [{ error: 'invalid_blocks', pointer: limit.pointer }];

    test(`may be ${limit.max}, and not one more`, () => {
      expect(refusedAt(limit, limit.max)).toEqual([]);
      expect(refusedAt(limit, limit.max + 1)).toEqual(refused);
    });

    const { min } = limit;
    if (min === undefined) return;
    test(`may be ${min}, and not one less`, () => {
      expect(refusedAt(limit, min)).toEqual([]);
      expect(refusedAt(limit, min - 1)).toEqual(refused);
    });
  });
}
