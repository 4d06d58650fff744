import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { escapeText } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import type { Holiday } from '../domain/holidays.ts';
import { buildListedLeave, type ShownLeave } from './cards.ts';

export const PLAN_LEAVE = 'away.plan-leave';
export const OPEN_HOLIDAYS = 'away.open-holidays';
export const OPEN_AWAY = 'away.open-list';

/** The buttons of the list carry nothing. */
export const Nothing = z.object({});

/** What one of two people has planned. */
export type Absences = {
  name: string;
  leaves: ShownLeave[];
  holidays: Holiday[];
};

/** Leaves that the list shows of each person. */
const LISTED = 10;

/** Leave and holidays of a person and of those they work with. */
export function buildListModal(o: {
  mine: Absences;
  partners: readonly Absences[];
  notice?: string;
}): ModalView {
  return {
    type: 'modal',
    title: plain('Away'),
    close: plain('Close'),
    blocks: [
      ...(o.notice ? [section(mrkdwn(`*${escapeText(o.notice)}*`))] : []),
      section(mrkdwn('*You*')),
      ...describeLeaves(o.mine, true),
      context(describeHolidays(o.mine.holidays)),
      actions('away', [
        button({ text: 'Plan leave', actionId: PLAN_LEAVE, value: '{}', style: 'primary' }),
        button({ text: 'Public holidays', actionId: OPEN_HOLIDAYS, value: '{}' }),
      ]),
      ...o.partners
        .slice(0, 5)
        .flatMap((partner) => [
          divider(),
          section(mrkdwn(`*${escapeText(partner.name)}*`)),
          ...describeLeaves(partner, false),
          context(describeHolidays(partner.holidays)),
        ]),
    ],
  };
}

function describeLeaves({ leaves }: Absences, isMine: boolean): KnownBlock[] {
  if (leaves.length === 0) return [section(mrkdwn('No leave planned.'))];
  const listed = leaves.slice(0, isMine ? LISTED : 5);
  const more = leaves.length - listed.length;
  return [
    ...listed.flatMap((shown) => buildListedLeave(shown, { isMine })),
    ...(more > 0 ? [context(`And ${more} more, later.`)] : []),
  ];
}

/** 'Next public holidays: Tue 30 Nov 2026 Bonifacio Day, …'. */
export function describeHolidays(holidays: readonly Holiday[]): string {
  if (holidays.length === 0) return 'No public holidays chosen yet.';
  const days = holidays.map(({ on, name }) => `${formatLocalDate(on)} ${escapeText(name)}`);
  return `Next public holidays: ${days.join(', ')}`;
}

/** What `/ea-away help` says. */
export const USAGE = {
  command: '/ea-away',
  lines: [
    '`/ea-away` plans leave, or shows what is planned',
    '`/ea-away tomorrow`, `/ea-away 24 Dec to 2 Jan`, `/ea-away sick friday afternoon` plan it for these days: you see them before you save',
    '`/ea-away list` shows your leave and your partner’s, to change or cancel',
    '`/ea-away holidays` chooses your country’s public holidays and corrects them',
  ],
  note: 'Days on which you are away are excused: they never count as missed.',
};
