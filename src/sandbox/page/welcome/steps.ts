import type { MessageState, TeamState } from '../../index.ts';

export const STEPS = ['propose', 'accept', 'check in', 'hand over', 'explore'] as const;
export type Step = (typeof STEPS)[number];

/** What a newcomer does next, from what the app has written so far. */
export function stepOf(team: TeamState): Step {
  const channels = team.people.flatMap((person) => person.channels);
  const fromApp = ({ byBot, subtype, ephemeral }: MessageState) =>
    byBot && subtype === null && !ephemeral;
  const direct = channels.filter((one) => one.kind === 'im').flatMap((one) => one.messages);
  const shared = channels.filter((one) => one.kind !== 'im').flatMap((one) => one.messages);
  const posted = shared.filter(fromApp);
  const isPosted = (start: string) => posted.some(({ text }) => text.startsWith(start));
  if (isPosted('Task #')) return 'explore';
  if (isPosted('Check-in by')) return 'hand over';
  if (posted.length > 0) return 'check in';
  return direct.some(fromApp) ? 'accept' : 'propose';
}
