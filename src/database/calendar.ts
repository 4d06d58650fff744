import { DateTime } from 'luxon';
import type { WorkingCalendar } from '../time/working-time.ts';
import type { Member } from './generated/client.ts';

type StoredLeave = { from: string; until: string }[];

/** The working calendar that a member's row holds. */
export function toCalendar(
  row: Pick<Member, 'zone' | 'weekly' | 'exceptions' | 'away'>,
): WorkingCalendar {
  const away = row.away as StoredLeave;
  return {
    zone: row.zone,
    weekly: row.weekly as WorkingCalendar['weekly'],
    exceptions: row.exceptions as NonNullable<WorkingCalendar['exceptions']>,
    away: away.map(({ from, until }) => ({
      from: DateTime.fromISO(from, { zone: 'utc' }),
      until: DateTime.fromISO(until, { zone: 'utc' }),
    })),
  };
}
