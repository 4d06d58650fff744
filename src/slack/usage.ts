import type { KnownBlock } from '@slack/types';
import { context, mrkdwn, section } from './blocks.ts';
import { escapeText, shorten } from './text.ts';

/** What somebody typed, in a sentence of ours: shown to the letter and commanding nothing. */
export function quoteTyped(typed: string): string {
  return `\`${escapeText(shorten(typed, 100)).replaceAll('`', "'")}\``;
}

/** What is answered to `help` behind a command, and to words that it does not know; one line for each thing it can do. */
export function buildUsage(o: {
  command: string;
  typed: string;
  lines: readonly string[];
  note: string;
}): { text: string; blocks: KnownBlock[] } {
  const unknown = o.typed === 'help' ? '' : `I do not know ${quoteTyped(o.typed)}. `;
  const text = `${unknown}Here is what \`${o.command}\` can do:`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      section(mrkdwn(o.lines.map((line) => `• ${line}`).join('\n'))),
      context(o.note),
    ],
  };
}
