/** What a place of Home may take up. */
export type Room = { blocks: number; bytes: number };

/** Something that is shown as a whole, or not at all. */
export type Sized = { blocks: number; bytes: number };

export type PageOf<T> = {
  shown: T[];
  /** Index of the first shown one. */
  offset: number;
  total: number;
  /** Where the page before begins; null on the first page. */
  before: number | null;
  /** Where the next page begins; null on the last page. */
  after: number | null;
};

/**
 * The entries that fit into `room`, from `offset` on. At least one is shown, however large. An offset beyond the end,
 * because the list has become shorter, leads to the last page.
 */
export function pageOf<T>(
  entries: readonly T[],
  o: { offset: number; room: Room; sizeOf: (entry: T) => Sized },
): PageOf<T> {
  const starts = pageStarts(entries, o);
  const index = Math.max(
    0,
    starts.findLastIndex((start) => start <= o.offset),
  );
  const offset = starts[index] ?? 0;
  const after = starts[index + 1] ?? null;
  return {
    shown: entries.slice(offset, after ?? entries.length),
    offset,
    total: entries.length,
    before: starts[index - 1] ?? null,
    after,
  };
}

function pageStarts<T>(
  entries: readonly T[],
  o: { room: Room; sizeOf: (entry: T) => Sized },
): number[] {
  const starts = [0];
  let used = { blocks: 0, bytes: 0 };
  for (const [index, entry] of entries.entries()) {
    const size = o.sizeOf(entry);
    const isFull =
      used.blocks + size.blocks > o.room.blocks || used.bytes + size.bytes > o.room.bytes;
    if (isFull && index > (starts.at(-1) ?? 0)) {
      starts.push(index);
      used = { blocks: 0, bytes: 0 };
    }
    used = { blocks: used.blocks + size.blocks, bytes: used.bytes + size.bytes };
  }
  return starts;
}
