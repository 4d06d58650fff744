import { escapeText, shorten } from '../../../slack/text.ts';
import type { Import, Reserved } from '../../domain/import/import.ts';

export function sayTasks(count: number): string {
  return count === 1 ? '1 task' : `${count.toLocaleString('en')} tasks`;
}

/** For mrkdwn. */
export function nameOf({ fileName }: Pick<Import, 'fileName'>): string {
  return `*${escapeText(shorten(fileName, 100))}*`;
}

const SHOWN_CATEGORIES = 6;
const SHOWN_LINES = 8;

/** What is in which category that stays with the executive, a sentence for each, for mrkdwn. */
export function describeReserved(reserved: readonly Reserved[]): string[] {
  const shown = reserved.slice(0, SHOWN_CATEGORIES).map(({ category, words, lines }) => {
    const zone = `${escapeText(category)} is in the zone “${escapeText(words)}”`;
    return `${zone}: ${sayTasks(lines.length)}, in ${sayLines(lines)}.`;
  });
  const rest = reserved.slice(SHOWN_CATEGORIES);
  if (rest.length === 0) return shown;
  const count = rest.reduce((sum, { lines }) => sum + lines.length, 0);
  const others =
    rest.length === 1 ? '1 more category stays' : `${rest.length} more categories stay`;
  return [...shown, `${others} with the executive: ${sayTasks(count)}.`];
}

function sayLines(lines: readonly number[]): string {
  const shown = lines.slice(0, SHOWN_LINES).map((line) => line.toLocaleString('en'));
  const more = lines.length - shown.length;
  const all = more > 0 ? [...shown, `${more.toLocaleString('en')} more`] : shown;
  if (all.length === 1) return `line ${all[0]}`;
  return `lines ${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
