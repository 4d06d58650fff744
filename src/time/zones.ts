import type { DateTime } from 'luxon';
import { IANAZone } from 'luxon';
import { millisecondsOf } from './calendar-windows.ts';
import { spellAt } from './zone-offsets.ts';

// Names that runtimes still list first although the zone has been renamed.
const RENAMED = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** True for a name of the time zone database that this runtime knows; an offset such as '+08:00' is none. */
export function isKnownZone(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);
}

/** Whether two names mean one zone, such as Asia/Calcutta and Asia/Kolkata. Unknown names are the same only to the letter. */
export function isSameZone(a: string, b: string): boolean {
  if (a === b) return true;
  return isKnownZone(a) && isKnownZone(b) && currentName(a) === currentName(b);
}

function currentName(zone: string): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  return RENAMED.get(name) ?? name;
}

/** A zone that somebody or something proposes; `source` completes "the time zone of ...". */
export type ZoneCandidate = { source: string; zone: string | null | undefined };

export type ResolvedZone = {
  zone: string;
  /** Whose zone it is; null when none was usable and UTC stands in. */
  source: string | null;
  /** What to tell people when the first candidate was not used; null when it was. */
  notice: string | null;
};

/** The first candidate whose zone is known, else UTC. Says which one was used when it is not the first. */
export function resolveZone(candidates: readonly ZoneCandidate[]): ResolvedZone {
  const reasons: string[] = [];
  for (const { source, zone } of candidates) {
    if (zone && isKnownZone(zone)) {
      const notice =
        reasons.length === 0 ? null : `${reasons.join(' ')} Using ${zone} (${source}).`;
      return { zone, source, notice };
    }
    reasons.push(
      zone
        ? `The time zone of ${source}, “${zone}”, is not known.`
        : `The time zone of ${source} is not set.`,
    );
  }
  return { zone: 'UTC', source: null, notice: [...reasons, 'Using UTC.'].join(' ') };
}

/** '+08:00' for an offset in milliseconds; seconds, which only old local times had, are left out. */
function formatOffset(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The name of a zone's city for people: 'New York' for America/New_York. */
export function zoneCity(zone: string): string {
  const name = RENAMED.get(zone) ?? zone;
  return name.slice(name.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** One entry of a zone picker; the offset is the one at the instant asked for, in minutes east of UTC. */
export type ListedZone = { zone: string; label: string; offsetMinutes: number };

/** Every zone that the runtime knows, by its current name, from west to east: 'Manila (UTC+08:00)'. */
export function listZones(at: DateTime): ListedZone[] {
  const instant = millisecondsOf(at);
  const names = new Set(
    Intl.supportedValuesOf('timeZone').map((zone) => RENAMED.get(zone) ?? zone),
  );
  names.add('UTC');
  return [...names]
    .filter(isKnownZone)
    .map((zone) => {
      const { offset } = spellAt(zone, instant);
      const label = zone === 'UTC' ? 'UTC' : `${zoneCity(zone)} (UTC${formatOffset(offset)})`;
      return { zone, label, offsetMinutes: offset / 60_000 };
    })
    .toSorted((a, b) => a.offsetMinutes - b.offsetMinutes || (a.label < b.label ? -1 : 1));
}
