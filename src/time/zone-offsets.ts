import { DateTime, IANAZone } from 'luxon';
import { DAY_MS } from './local-date.ts';

/** A stretch of time [from, until) during which a zone keeps one offset. All in milliseconds. */
export type OffsetSpell = { from: number; until: number; offset: number };

// No zone has kept an offset for less than seven days since 1970, so probes four days apart miss nothing.
const PROBE_MS = 4 * DAY_MS;
const CHUNK_MS = 400 * DAY_MS;
const MAX_CHUNKS = 10_000;
/** Wider than any offset that a zone has ever had. */
export const WIDEST_OFFSET_MS = 16 * 3_600_000;

type ZoneTable = { clock: Intl.DateTimeFormat; chunks: Map<number, OffsetSpell[]> };

const tables = new Map<string, ZoneTable>();
let chunkCount = 0;

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  if (!IANAZone.isValidZone(zone)) throw new RangeError(`Unknown time zone: ${zone}`);
  const table = {
    clock: new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }),
    chunks: new Map<number, OffsetSpell[]>(),
  };
  tables.set(zone, table);
  return table;
}

/** The offset that the runtime's own data gives, in milliseconds. */
function probe(clock: Intl.DateTimeFormat, at: number): number {
  const text = clock.format(at);
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (!match) throw new RangeError(`No offset in “${text}”`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -offset : offset;
}

/** First whole second in (after, until] whose offset is not the one at `after`. */
function findChange(clock: Intl.DateTimeFormat, after: number, until: number): number {
  const offset = probe(clock, after);
  let low = Math.floor(after / 1000);
  let high = Math.ceil(until / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (probe(clock, middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function scanChunk(clock: Intl.DateTimeFormat, index: number): OffsetSpell[] {
  const end = (index + 1) * CHUNK_MS;
  const spells: OffsetSpell[] = [];
  let from = index * CHUNK_MS;
  let offset = probe(clock, from);
  let known = from;
  while (known < end) {
    const next = Math.min(known + PROBE_MS, end);
    if (probe(clock, next) === offset) {
      known = next;
      continue;
    }
    const changeAt = findChange(clock, known, next);
    if (changeAt >= end) break;
    spells.push({ from, until: changeAt, offset });
    from = changeAt;
    known = changeAt;
    offset = probe(clock, changeAt);
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
    spells = scanChunk(table.clock, index);
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

/** The first instant in (after, until] at which clocks in the zone change; null when they do not. */
export function nextOffsetChange(zone: string, after: DateTime, until: DateTime): DateTime | null {
  let spell = spellAt(zone, after.toMillis());
  while (spell.until <= until.toMillis()) {
    const next = spellAt(zone, spell.until);
    if (next.offset !== spell.offset) return DateTime.fromMillis(spell.until, { zone: after.zone });
    spell = next;
  }
  return null;
}
