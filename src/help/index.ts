import { z } from 'zod';
import type { Feature, HelpLine } from '../feature.ts';
import { onCommand, onPress } from '../slack/listen.ts';
import { buildHelp, OPEN_HELP } from './views.ts';

/** `/ea`: what can be done, whatever was typed behind it. */
export function help(features: readonly Feature[]): Feature {
  const own: HelpLine = {
    command: '/ea help',
    does: 'show this list',
    button: { text: 'Help', actionId: OPEN_HELP, forAnybody: true },
  };
  const lines: HelpLine[] = [...features.flatMap((feature) => feature.help ?? []), own];
  return {
    name: 'help',
    help: [own],
    register(app) {
      onCommand(app, '/ea', async ({ text, answer }) => answer(buildHelp(lines, text)));

      onPress(app, {
        actionId: OPEN_HELP,
        value: z.object({}),
        handle: ({ answer }) => answer(buildHelp(lines, '')),
      });
    },
  };
}
