import type { HomeSection } from '../../feature.ts';
import { context, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText } from '../../slack/text.ts';
import { describeRange } from '../domain/leave.ts';
import { buildListedLeave } from './cards.ts';
import { type Absences, describeHolidays } from './list.ts';
import { buildZoneCard } from './zone.ts';

/** Leaves of each person that Home names. */
const SHOWN = 3;

/** The question whether working hours move with the person, as its card asks it. */
export function buildZoneQuestion(
  o: Omit<Parameters<typeof buildZoneCard>[0], 'state'>,
): HomeSection {
  const { blocks } = buildZoneCard({ ...o, state: { type: 'asked' } });
  return { place: 'waiting', blocks };
}

/** Leave that is planned, and the next holidays, of the reader and of those they work with. */
export function buildAbsences(o: { mine: Absences; partners: readonly Absences[] }): HomeSection[] {
  const { leaves, holidays } = o.mine;
  const shown = leaves.slice(0, SHOWN);
  const none = shown.length === 0 ? [section(mrkdwn('You have no leave planned.'))] : [];
  return [
    ...shown.map((leave): HomeSection => {
      return { place: 'away', blocks: buildListedLeave(leave, { isMine: true }) };
    }),
    { place: 'away', blocks: [...none, context(describeHolidays(holidays.slice(0, 2)))] },
    ...o.partners.map((partner): HomeSection => {
      return { place: 'away', blocks: [section(mrkdwn(describePartner(partner)))] };
    }),
  ];
}

function describePartner({ name, leaves, holidays }: Absences): string {
  const planned = leaves.slice(0, SHOWN).map(({ leave }) => describeRange(leave));
  const away = planned.length > 0 ? `away ${planned.join('; ')}` : 'no leave planned';
  const days = holidays.length > 0 ? ` ${describeHolidays(holidays.slice(0, 2))}` : '';
  return `*${escapeText(name)}*: ${away}.${days}`;
}
