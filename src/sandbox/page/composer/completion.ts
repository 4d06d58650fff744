import type { ChannelState, TeamState } from '../../index.ts';

export type Completion = { insert: string; title: string; note: string };

export const BUILT_IN = [
  { command: '/invite', note: 'Bring @somebody or an app into this channel' },
  { command: '/leave', note: 'Leave this channel' },
] as const;

/** What the text before the cursor can become: commands at the start, names after "@", channels after "#". */
export function completionsOf(
  before: string,
  o: { team: TeamState; channels: ChannelState[] },
): { start: number; found: Completion[] } {
  const command = /^\/\S*$/.exec(before);
  if (command) return { start: 0, found: commandsIn(o.team, before) };
  const word = /(?:^|\s)([@#][^\s]*)$/.exec(before)?.[1];
  if (word === undefined) return { start: 0, found: [] };
  const wanted = word.slice(1).toLowerCase();
  const found = word.startsWith('@')
    ? peopleIn(o.team)
    : o.channels
        .filter((channel) => channel.name.startsWith('#'))
        .map((channel) => ({ insert: channel.name, title: channel.name, note: '' }));
  return {
    start: before.length - word.length,
    found: found.filter(({ title, note }) => `${title} ${note}`.toLowerCase().includes(wanted)),
  };
}

function commandsIn(team: TeamState, typed: string): Completion[] {
  const ofApps = team.apps.flatMap((app) =>
    app.commands.map(({ command, usageHint, description }) => ({
      insert: command,
      title: `${command} ${usageHint}`.trim(),
      note: `${description} (${app.name})`,
    })),
  );
  const builtIn = BUILT_IN.map(({ command, note }) => ({ insert: command, title: command, note }));
  return [...ofApps, ...builtIn].filter(({ insert }) => insert.startsWith(typed));
}

function peopleIn(team: TeamState): Completion[] {
  const people = team.people
    .filter((person) => !person.deactivated)
    .map(({ name, realName }) => ({ insert: `@${name}`, title: `@${name}`, note: realName }));
  const apps = team.apps.map(({ name }) => ({
    insert: `@${name}`,
    title: `@${name}`,
    note: 'App',
  }));
  return [...people, ...apps];
}
