import {
  type DecisionState,
  MAX_OPTION,
  MAX_OPTIONS,
  MAX_QUESTION,
  MIN_OPTIONS,
} from './decision.ts';

/** A question as it was written in one line: 'Which seat? aisle / window'. */
export type AskedLine = { question: string; options: string[] };

/** At most this many lines of one check-in become decisions. */
export const MAX_LINES = 20;

const NOTHING = /^(?:none|nothing|nil|no|nope|n\/?a|not today|no decisions?|all good)$/i;
const HAS_WORD = /[\p{L}\p{N}]/u;
const BULLET = /^(?:[-*•–]|\d{1,2}[.)])\s+/;
const ASKS_FOR_YES =
  /^(?:should|shall|do|does|did|can|could|will|would|may|might|is|are|was|were|am|has|have|had|if|whether|what|when|where|who|why|how)\b/i;

/** The questions in an answer to "Decisions needed": one per line, without those that say that there is none. */
export function readLines(text: string): AskedLine[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim().replace(BULLET, '').trim())
    .filter((line) => HAS_WORD.test(line) && !NOTHING.test(line.replace(/[.!]+$/, '')));
  const seen = new Set<string>();
  return lines
    .map(readLine)
    .filter((line) => {
      const key = sameness(line);
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MAX_LINES);
}

/** Options stand behind the question, 'Which seat? aisle / window', or are the question: 'Aisle or window?'. */
function readLine(line: string): AskedLine {
  const behind = /^(.+\?)\s*[([]?\s*([^?()[\]]+?)\s*[)\]]?$/.exec(line);
  const listed = behind?.[2]?.split(/\s*[/|]\s*/).map((one) => one.trim()) ?? [];
  if (behind?.[1] && areOptions(listed)) return { question: behind[1].trim(), options: listed };
  const either = /^([^?,]+?) or ([^?,]+)\?$/i.exec(line);
  const pair = either ? [either[1]?.trim() ?? '', either[2]?.trim() ?? ''] : [];
  const isShort = pair.every((one) => one.split(/\s+/).length <= 3);
  if (areOptions(pair) && isShort && !ASKS_FOR_YES.test(line) && !/ or not\?$/i.test(line))
    return { question: line, options: pair };
  return { question: line.slice(0, MAX_QUESTION), options: [] };
}

function areOptions(words: readonly string[]): boolean {
  return (
    words.length >= MIN_OPTIONS &&
    words.length <= MAX_OPTIONS &&
    words.every((one) => HAS_WORD.test(one) && one.length <= MAX_OPTION) &&
    new Set(words.map((one) => one.toLowerCase())).size === words.length
  );
}

/** Two lines with one sameness ask the same. */
export function sameness({ question, options }: AskedLine): string {
  return [question, ...options]
    .join(' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

type Written = AskedLine & { id: string; state: DecisionState };

/** What an edited check-in means for the decisions that it made before. */
export type LineChanges<T> = {
  add: AskedLine[];
  /** Lines whose wording changed, with the decision that each was. */
  reword: { decision: T; line: AskedLine }[];
  withdraw: T[];
};

/**
 * Compares the lines of a check-in with the decisions made of it. What was answered stays as it is; a line that took
 * the place of another one changes its wording, in their order.
 */
export function matchLines<T extends Written>(
  written: readonly T[],
  lines: readonly AskedLine[],
): LineChanges<T> {
  const keys = new Set(lines.map(sameness));
  const known = new Set(written.map(sameness));
  const fresh = lines.filter((line) => !known.has(sameness(line)));
  const gone = written.filter(
    (one) => !keys.has(sameness(one)) && (one.state === 'open' || one.state === 'expired'),
  );
  const reword = gone
    .slice(0, fresh.length)
    .flatMap((decision, index) => (fresh[index] ? [{ decision, line: fresh[index] }] : []));
  return { add: fresh.slice(reword.length), reword, withdraw: gone.slice(reword.length) };
}
