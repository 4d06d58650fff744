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
