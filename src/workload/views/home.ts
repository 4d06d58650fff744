import type { KnownBlock } from '@slack/types';
import { button, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { HoursUse } from '../domain/hours.ts';
import { describeHours, describeLoad, LEVEL_WORDS, OPEN_WORKLOAD } from './page.ts';

/** The load of the next seven days and the hours of the month, with the way to the figures. */
export function buildHomeLine(o: {
  pairId: string;
  eaName: string;
  forecast: Forecast;
  hours: HoursUse;
}): KnownBlock[] {
  const name = escapeText(shorten(o.eaName, 60));
  const { count, withoutEstimate } = o.forecast;
  const from = `From ${count} pieces of work, ${withoutEstimate} of them without an estimate.`;
  const lines = [
    `*Workload of ${name}:* ${LEVEL_WORDS[o.forecast.level]}. ${describeLoad(o.forecast, name)} ${from}`,
    ...(o.hours.n > 0 ? [describeHours(o.hours)] : []),
  ];
  return [
    section(mrkdwn(lines.join('\n')), {
      accessory: button({
        text: 'Workload',
        actionId: OPEN_WORKLOAD,
        label: shorten(`Workload of ${o.eaName}`, 75),
        value: JSON.stringify({ pairId: o.pairId }),
      }),
    }),
  ];
}
