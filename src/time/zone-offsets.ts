import { IANAZone } from 'luxon';
import { DAY_MS } from './local-date.ts';

/** A stretch of time [from, until) during which a zone keeps one offset. All in milliseconds. */
export type OffsetSpell = { from: number; until: number; offset: number };

// No zone has kept an offset for less than seven days since 1970, so probes four days apart miss nothing.
const PROBE_MS = 4 * DAY_MS;
const CHUNK_MS = 400 * DAY_MS;
const MAX_CHUNKS = 10_000;
/** Wider than any offset that a zone has ever had. */
export const WIDEST_OFFSET_MS = 16 * 3_600_000;

type ZoneTable = { zone: IANAZone; chunks: Map<number, OffsetSpell[]> };

const tables = new Map<string, ZoneTable>();
let chunkCount = 0;

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  const table = { zone: IANAZone.create(zone), chunks: new Map<number, OffsetSpell[]>() };
  if (!table.zone.isValid) throw new RangeError(`Unknown time zone: ${zone}`);
  tables.set(zone, table);
  return table;
}

function probe(zone: IANAZone, at: number): number {
  return Math.round(zone.offset(at) * 60_000);
}

/** First whole second in (after, until] whose offset is not the one at `after`. */
function findChange(zone: IANAZone, after: number, until: number): number {
  const offset = probe(zone, after);
  let low = Math.floor(after / 1000);
  let high = Math.ceil(until / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (probe(zone, middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function scanChunk(zone: IANAZone, index: number): OffsetSpell[] {
  const end = (index + 1) * CHUNK_MS;
  const spells: OffsetSpell[] = [];
  let from = index * CHUNK_MS;
  let offset = probe(zone, from);
  let known = from;
  while (known < end) {
    const next = Math.min(known + PROBE_MS, end);
    if (probe(zone, next) === offset) {
      known = next;
      continue;
    }
    const changeAt = findChange(zone, known, next);
    if (changeAt >= end) break;
    spells.push({ from, until: changeAt, offset });
    from = changeAt;
    known = changeAt;
    offset = probe(zone, changeAt);
  }
  spells.push({ from, until: end, offset });
  return spells;
}

/** The spell around an instant. It may end where the table's chunk ends, without a change of offset. */
export function spellAt(zone: string, at: number): OffsetSpell {
  const table = tableOf(zone);
  const index = Math.floor(at / CHUNK_MS);
  let spells = table.chunks.get(index);
  if (!spells) {
    if (chunkCount >= MAX_CHUNKS) {
      for (const other of tables.values()) other.chunks.clear();
      chunkCount = 0;
    }
    spells = scanChunk(table.zone, index);
    table.chunks.set(index, spells);
    chunkCount += 1;
  }
  for (const spell of spells) if (at < spell.until) return spell;
  throw new RangeError(`Not an instant: ${at}`);
}

/** What clocks in the zone show at an instant, as milliseconds of a clock that started at 1970-01-01 00:00. */
export function shownAt(zone: string, at: number): number {
  return at + spellAt(zone, at).offset;
}

/** The first instant at which clocks in the zone show `shown`; in a gap, as far after it as `shown` is inside it. */
export function instantShowing(zone: string, shown: number): number {
  let spell = spellAt(zone, shown - WIDEST_OFFSET_MS);
  let offsetBefore = spell.offset;
  while (shown - spell.offset >= spell.until) {
    offsetBefore = spell.offset;
    spell = spellAt(zone, spell.until);
  }
  const at = shown - spell.offset;
  return at >= spell.from ? at : shown - offsetBefore;
}

/** False for the few dates that a zone skipped whole, such as 2011-12-30 in Apia. */
export function dayExists(zone: string, day: number): boolean {
  const midnight = instantShowing(zone, day * DAY_MS);
  return Math.floor(shownAt(zone, midnight) / DAY_MS) === day;
}
