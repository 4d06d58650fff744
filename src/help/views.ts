import { context, mrkdwn, section } from '../slack/blocks.ts';
import type { OutgoingMessage } from '../slack/deliveries/domain.ts';
import { quoteTyped } from '../slack/usage.ts';

export const OPEN_HELP = 'help.open';

/** One command and what it does. */
export type Line = { command: string; does: string };

export function buildHelp(lines: readonly Line[], typed: string): OutgoingMessage {
  const isKnown = typed === '' || typed === 'help';
  const unknown = isKnown ? '' : `I do not know ${quoteTyped(`/ea ${typed}`)}. `;
  const text = `${unknown}Tandem helps an executive and their assistant (EA) work well together. What you can do:`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      section(mrkdwn(lines.map(({ command, does }) => `• \`${command}\` ${does}`).join('\n'))),
      context(
        'Tandem keeps what you write in its forms. It does not store messages from your channels.',
      ),
    ],
  };
}
