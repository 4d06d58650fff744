import type { Feature, HelpLine } from '../feature.ts';
import { onCommand } from '../slack/listen.ts';
import { buildHelp } from './views.ts';

/** `/ea`: what can be done, whatever was typed behind it. */
export function help(features: readonly Feature[]): Feature {
  const lines: HelpLine[] = [
    ...features.flatMap((feature) => feature.help ?? []),
    { command: '/ea help', does: 'show this list' },
  ];
  return {
    name: 'help',
    register(app) {
      onCommand(app, '/ea', async ({ text, answer }) => answer(buildHelp(lines, text)));
    },
  };
}
