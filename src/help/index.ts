import { z } from 'zod';
import type { Feature, HelpLine } from '../feature.ts';
import { onCommand, onPress } from '../slack/listen.ts';
import { buildHelp, OPEN_HELP } from './views.ts';

/** `/ea`: what a feature does behind this word, else what can be done. */
export function help(features: readonly Feature[]): Feature {
  const own: HelpLine = {
    command: '/ea help',
    does: 'show this list',
    button: { text: 'Help', actionId: OPEN_HELP, group: 'settings', rank: 5 },
  };
  const lines: HelpLine[] = [...features.flatMap((feature) => feature.help ?? []), own];
  return {
    name: 'help',
    help: [own],
    register(app, deps) {
      onPress(app, {
        actionId: OPEN_HELP,
        value: z.object({}),
        handle: ({ answer }) => answer(buildHelp(lines, '')),
      });

      const words = new Map(
        features.flatMap((feature) => Object.entries(feature.words?.(deps) ?? {})),
      );
      onCommand(app, '/ea', async (call) => {
        const act = words.get(call.text.toLowerCase());
        await (act ? act(call) : call.answer(buildHelp(lines, call.text)));
      });
    },
  };
}
