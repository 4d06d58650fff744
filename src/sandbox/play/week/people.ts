import { PAIR_CHANNEL, PEOPLE, ZONES } from '../demo.ts';

export const { executive: DANA, ea: ANA } = PEOPLE;
export const { executive: NEW_YORK, ea: MANILA } = ZONES;
export const LISBON = 'Europe/Lisbon';
export const CHANNEL = `#${PAIR_CHANNEL}`;

/** Local dates of the played week, from its Monday; the last one is the Monday after. */
export type Week = Record<
  'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'nextMonday',
  string
>;
