import { DateTime } from 'luxon';

const FORMATS: Record<string, string> = {
  date_num: 'yyyy-MM-dd',
  date: 'MMMM d, yyyy',
  date_short: 'MMM d, yyyy',
  date_long: 'EEEE, MMMM d, yyyy',
  date_pretty: 'MMMM d, yyyy',
  date_short_pretty: 'MMM d, yyyy',
  date_long_pretty: 'EEEE, MMMM d, yyyy',
  time: 'h:mm a',
  time_secs: 'h:mm:ss a',
  day_divider_pretty: 'EEEE, MMMM d',
};

export type Viewer = { zone: string; nowMs: number };

/** A `<!date^…>` as this person's device shows it: its zone, "today" and "tomorrow" where asked. */
export function renderDate(unixSeconds: number, format: string, viewer: Viewer): string {
  const at = DateTime.fromSeconds(unixSeconds, { zone: viewer.zone, locale: 'en-US' });
  return format.replaceAll(/\{(\w+)\}/g, (whole, token: string) => {
    if (token === 'ago') {
      return (
        at.toRelative({ base: DateTime.fromMillis(viewer.nowMs, { zone: viewer.zone }) }) ?? ''
      );
    }
    const pattern = FORMATS[token];
    if (!pattern) return whole;
    return (token.endsWith('_pretty') ? prettyDay(at, viewer) : null) ?? at.toFormat(pattern);
  });
}

function prettyDay(at: DateTime, viewer: Viewer): string | null {
  const today = DateTime.fromMillis(viewer.nowMs, { zone: viewer.zone }).startOf('day');
  const days = Math.round(at.startOf('day').diff(today, 'days').days);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days === -1 ? 'yesterday' : null;
}
