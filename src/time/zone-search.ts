import type { DateTime } from 'luxon';
import { type ListedZone, listZones } from './zones.ts';

/** Zones whose city, region or offset contains what somebody typed; names that start with it come first. */
export function searchZones(typed: string, at: DateTime): ListedZone[] {
  const wanted = simplify(typed);
  const found = listZones(at).filter((one) =>
    simplify(`${one.zone} ${one.label}`).includes(wanted),
  );
  return found.toSorted((a, b) => Number(startsWith(b, wanted)) - Number(startsWith(a, wanted)));
}

function startsWith(zone: ListedZone, wanted: string): boolean {
  return simplify(zone.label).startsWith(wanted);
}

function simplify(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase();
}
