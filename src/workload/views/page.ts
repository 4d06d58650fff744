import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import { formatMinutes } from '../../time/minutes.ts';
import { type Forecast, type LoadLevel, percentOf } from '../domain/forecast.ts';
import { type HoursUse, monthName } from '../domain/hours.ts';
import {
  ENOUGH,
  type HandoverCounts,
  handoverScore,
  outsideShare,
  SCOPE_DAYS,
  SCORE_DAYS,
  type ScopeTimes,
} from '../domain/shares.ts';

export const OPEN_WORKLOAD = 'workload.open';
export const LOG_TIME = 'workload.log-time';
export const REMOVE_TIME = 'workload.remove-time';
export const ROLL_OVER = 'workload.roll-over';
export const END_WITH_MONTH = 'workload.end-with-month';

export const PairValue = z.object({ pairId: z.string() });
export const EntryValue = PairValue.extend({ entryId: z.string() });

export type WorkloadPage = {
  pairId: string;
  eaName: string;
  forecast: Forecast & { duties: number; undated: number };
  hours: HoursUse & { rollsOver: boolean };
  scope: ScopeTimes;
  /** Null for everybody but the executive. */
  handover: HandoverCounts | null;
  mayLog: boolean;
  mayPlanHours: boolean;
  /** What was just logged and can be taken back. */
  logged: { entryId: string; text: string } | null;
};

export const LEVEL_WORDS: Record<LoadLevel, string> = {
  fits: 'Green: it fits',
  tight: 'Amber: nearly full',
  over: 'Red: more than fits',
  closed: 'Red: work is due, and there is no working time',
};

export function buildWorkloadModal(page: WorkloadPage): ModalView {
  const value = JSON.stringify({ pairId: page.pairId });
  const { logged } = page;
  return {
    type: 'modal',
    title: plain('Workload'),
    close: plain('Close'),
    blocks: [
      ...(logged
        ? [
            section(plain(shorten(logged.text, 300)), {
              accessory: button({
                text: 'Undo',
                actionId: REMOVE_TIME,
                value: JSON.stringify({ pairId: page.pairId, entryId: logged.entryId }),
              }),
            }),
          ]
        : []),
      ...buildForecastBlocks(page),
      divider(),
      ...buildHours(page, value),
      divider(),
      section(mrkdwn(`*Outside of the charter*\n${describeScope(page.scope)}`)),
      ...(page.handover
        ? [
            divider(),
            section(mrkdwn(`*How clearly you hand over*\n${describeHandover(page.handover)}`)),
            context('Only you see this part.'),
          ]
        : []),
    ],
  };
}

function buildForecastBlocks({ forecast, eaName }: WorkloadPage): KnownBlock[] {
  const { days, level } = forecast;
  let due = 0;
  let available = 0;
  const lines = days.map((day) => {
    due += day.minutes;
    available += day.availableMinutes;
    const over = due > available ? ` · *by then more than fits*` : '';
    return `${formatLocalDate(day.on)}: ${formatMinutes(day.minutes)} due, ${formatMinutes(day.availableMinutes)} of working time${over}`;
  });
  const name = escapeText(shorten(eaName, 60));
  return [
    section(mrkdwn(`*${LEVEL_WORDS[level]}*\n${describeLoad(forecast, name)}`)),
    section(mrkdwn(lines.join('\n'))),
    context(
      describeBasis(forecast),
      'What is due is compared with the working time that is left, without holidays and leave. Logged time is taken off the estimate.',
    ),
  ];
}

/** From how much work it is; what there is none of is not mentioned. */
function describeBasis({
  count,
  duties,
  withoutEstimate,
  undated,
}: WorkloadPage['forecast']): string {
  return [
    `From ${count} ${count === 1 ? 'piece' : 'pieces'} of work${duties > 0 ? `, ${duties} of them duties to come` : ''}.`,
    ...(withoutEstimate > 0
      ? [`${withoutEstimate} of the ${count} without an estimate, which weigh nothing here.`]
      : []),
    ...(undated > 0
      ? [`Left out: ${undated} open ${undated === 1 ? 'task' : 'tasks'} without a due date.`]
      : []),
  ].join(' ');
}

/** 'In the next seven days 3 h of work is due, and Ana has 38 h of working time (8 %).' The name is escaped. */
export function describeLoad(forecast: Forecast, name: string): string {
  const { minutes, availableMinutes, share } = forecast;
  const percent = share === null ? '' : ` (${percentOf(share)} %)`;
  return `In the next seven days ${formatMinutes(minutes)} of work is due, and ${name} has ${formatMinutes(availableMinutes)} of working time${percent}.`;
}

function buildHours({ hours, mayLog, mayPlanHours }: WorkloadPage, value: string): KnownBlock[] {
  return [
    section(mrkdwn(`*Hours*\n${describeHours(hours)}`)),
    context(
      'Logging time is optional. Nobody is watched: only what the EA writes down counts.',
      hours.rollsOver
        ? 'Unused hours of one month can be used in the next one.'
        : 'Unused hours end with their month.',
    ),
    ...(mayLog || mayPlanHours
      ? [
          actions('hours', [
            ...(mayLog ? [button({ text: 'Log time', actionId: LOG_TIME, value })] : []),
            ...(mayPlanHours
              ? [
                  hours.rollsOver
                    ? button({
                        text: 'Let hours end with the month',
                        actionId: END_WITH_MONTH,
                        value,
                      })
                    : button({ text: 'Let unused hours roll over', actionId: ROLL_OVER, value }),
                ]
              : []),
          ]),
        ]
      : []),
  ];
}

/** '12 h 30 min of 40 h logged in March 2026 (31 %), from 9 entries.' */
export function describeHours(hours: HoursUse): string {
  const { usedMinutes, budgetMinutes, rolledMinutes, share, month, n } = hours;
  const entries = n === 1 ? '1 entry' : `${n} entries`;
  if (budgetMinutes === null)
    return `${formatMinutes(usedMinutes)} logged in ${monthName(month)}, from ${entries}. No hours are agreed; \`/ea-setup\` agrees on some.`;
  const rolled =
    rolledMinutes > 0 ? `, ${formatMinutes(rolledMinutes)} of them from the month before` : '';
  const percent = share === null ? '' : ` (${Math.floor(share * 100)} %)`;
  return `${formatMinutes(usedMinutes)} of ${formatMinutes(budgetMinutes)}${rolled} logged in ${monthName(month)}${percent}, from ${entries}.`;
}

function describeScope(scope: ScopeTimes): string {
  const { insideMinutes, outsideMinutes, n, withoutTime } = scope;
  const share = outsideShare(scope);
  const timed = n - withoutTime;
  if (share === null || timed < ENOUGH)
    return `Not enough data yet: ${timed} tasks with a time were finished in the last ${SCOPE_DAYS} days, and it takes ${ENOUGH}.`;
  return `${Math.round(share * 100)} % of the time on finished work went to tasks that no duty asked for: ${formatMinutes(outsideMinutes)} of ${formatMinutes(insideMinutes + outsideMinutes)}, from ${timed} tasks of the last ${SCOPE_DAYS} days. ${withoutTime} more have neither logged time nor an estimate.`;
}

function describeHandover(counts: HandoverCounts): string {
  const { n, withDone, withDue, withSop } = counts;
  const score = handoverScore(counts);
  if (score === null || n < ENOUGH)
    return `Not enough data yet: ${n} tasks were handed over in the last ${SCORE_DAYS} days, and it takes ${ENOUGH}.`;
  return `${score} of 100, from ${n} tasks of the last ${SCORE_DAYS} days: ${withDone} say what done means, ${withDue} have a due date, ${withSop} have an SOP. It is the mean of these three shares.`;
}
