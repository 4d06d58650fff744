import { type Rule, string } from './rule.ts';

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = Date.parse(`${text}T00:00:00Z`);
  // Date.parse rolls 30 February over to March: only a real date reads back as it was written.
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

const URL_MAX = 3000;

/** An address people may open: web, mail, or a link into Slack. At most 3,000 characters. */
export const linkUrl: Rule = string({
  max: URL_MAX,
  format: {
    test: (text) => hasProtocol(text, ['https:', 'http:', 'mailto:', 'slack:']),
    message: 'must be a valid URL',
  },
});

/** An address Slack itself fetches. At most 3,000 characters. */
export const webUrl: Rule = string({
  max: URL_MAX,
  format: {
    test: (text) => hasProtocol(text, ['https:', 'http:']),
    message: 'must be a valid URL',
  },
});

/** An https address, as video blocks need. At most 3,000 characters. */
export const secureUrl: Rule = string({
  max: URL_MAX,
  format: { test: (text) => hasProtocol(text, ['https:']), message: 'must be a valid HTTPS URL' },
});

export const calendarDate: Rule = string({
  format: { test: isCalendarDate, message: 'must be a date as YYYY-MM-DD' },
});

export const clockTime: Rule = string({
  format: {
    test: (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text),
    message: 'must be a time as HH:mm',
  },
});

export const timeZone: Rule = string({
  format: { test: isTimeZone, message: 'must be an IANA time zone' },
});

const slackId = (pattern: RegExp, what: string): Rule =>
  string({
    max: 255,
    format: { test: (text) => pattern.test(text), message: `must be a valid ${what} ID` },
  });

export const userId: Rule = slackId(/^[UW][A-Z0-9]+$/, 'user');

export const channelId: Rule = slackId(/^C[A-Z0-9]+$/, 'channel');

/** A channel, a direct message, or a person whose direct message is meant. */
export const conversationId: Rule = slackId(/^[CDGUW][A-Z0-9]+$/, 'conversation');
