const PERSON = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[:,]?\s*/;

/** What is typed behind `/ea-delegate`: whom, when somebody is named, and what. */
export function readDelegateCommand(text: string): { userId: string | null; words: string } {
  const person = PERSON.exec(text);
  const rest = person ? text.slice(person[0].length) : text;
  return { userId: person?.[1] ?? null, words: toPlainText(rest.replace(/^to\s+/i, '')) };
}

/** What a person typed, from how Slack writes it: names and links in words, `&`, `<` and `>` as such. */
export function toPlainText(text: string): string {
  return text
    .replaceAll(/<([@#])[A-Z0-9]+\|([^>]*)>/g, '$1$2')
    .replaceAll(/<([@#][A-Z0-9]+)>/g, '$1')
    .replaceAll(/<!([a-z]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll(/<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** Minutes from '90', '1h 30m', '1.5 h', '2 days' is not read: null for what is no length of work. */
export function readEstimate(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (/^\d{1,5}$/.test(typed)) return Number(typed);
  const match =
    /^(?:(\d{1,3}(?:[.,]\d{1,2})?)\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,5})\s*m(?:in(?:utes?|s)?)?)?$/.exec(
      typed,
    );
  if (!match || (match[1] === undefined && match[2] === undefined)) return null;
  return Math.round(Number((match[1] ?? '0').replace(',', '.')) * 60) + Number(match[2] ?? 0);
}

/** '1 h 30 min'. */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : '']
    .filter((part) => part !== '')
    .join(' ');
}
