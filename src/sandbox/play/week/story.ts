import { DateTime } from 'luxon';
import type { Script } from '../script.ts';
import { playFriday } from './friday.ts';
import { playMonday } from './monday.ts';
import { playNextMonday } from './next-monday.ts';
import type { Week } from './people.ts';
import { playSetUp } from './set-up.ts';
import { playThursday } from './thursday.ts';
import { playTuesday } from './tuesday.ts';
import { playWednesday } from './wednesday.ts';

/** One working week of a pair, from the set-up to the Monday after, with everything that Tandem does on the way. */
export async function playWeek(script: Script, on: string): Promise<void> {
  const monday = DateTime.fromISO(on).startOf('week');
  const day = (offset: number) => monday.plus({ days: offset }).toISODate() ?? on;
  const week: Week = {
    monday: day(0),
    tuesday: day(1),
    wednesday: day(2),
    thursday: day(3),
    friday: day(4),
    nextMonday: day(7),
  };
  await playSetUp(script);
  await playMonday(script, week);
  await playTuesday(script, week);
  await playWednesday(script, week);
  await playThursday(script, week);
  await playFriday(script, week);
  await playNextMonday(script, week);
}
