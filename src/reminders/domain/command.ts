import { findMisspelt } from '../../time/phrases/misspelt.ts';
import { type FoundWhen, findWhen, type ReadContext } from '../../time/phrases/when.ts';

/** Whom a command names: oneself, a person by id, a name that Slack did not turn into one, or nobody. */
export type Named =
  | { kind: 'me' }
  | { kind: 'person'; userId: string }
  | { kind: 'unknown'; name: string }
  | { kind: 'nobody' };

export type ReminderCommand =
  | { kind: 'help' }
  | { kind: 'list' }
  | { kind: 'new'; named: Named; found: FoundWhen };

const PERSON = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[:,]?\s*/;
const SELF = /^(?:me|myself)\b[:,]?\s*/i;
const NAME = /^@(\S+)\s*/;

/** What `/ea-remind ...` asks for: nonsense, which names neither a person nor a time, is a cry for help. */
export function readCommand(text: string, context: ReadContext): ReminderCommand {
  if (/^help$/i.test(text)) return { kind: 'help' };
  if (/^list$/i.test(text)) return { kind: 'list' };
  const { named, rest } = readNamed(text);
  const found = findWhen(toPlainText(rest), context);
  if (named.kind === 'nobody' && text !== '' && !found.when && !findMisspelt(text))
    return { kind: 'help' };
  return { kind: 'new', named, found };
}

function readNamed(text: string): { named: Named; rest: string } {
  const person = PERSON.exec(text);
  if (person?.[1])
    return { named: { kind: 'person', userId: person[1] }, rest: text.slice(person[0].length) };
  const self = SELF.exec(text);
  if (self) return { named: { kind: 'me' }, rest: text.slice(self[0].length) };
  const name = NAME.exec(text);
  if (name?.[1])
    return { named: { kind: 'unknown', name: name[1] }, rest: text.slice(name[0].length) };
  return { named: { kind: 'nobody' }, rest: text };
}

/** What a person typed, from how Slack writes it in a command: names and links in words, `&`, `<` and `>` as such. */
function toPlainText(text: string): string {
  return text
    .replaceAll(/<([@#])[A-Z0-9]+\|([^>]*)>/g, '$1$2')
    .replaceAll(/<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
