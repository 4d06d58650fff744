import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { listRepositoryFiles, readRepositoryFile } from './repository-files.ts';

const Manifest = z.strictObject({
  _metadata: z.object({ major_version: z.literal(2), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z-]{1,31}$/),
        description: z.string().min(1).max(2000),
        usage_hint: z.string().max(1000).optional(),
        should_escape: z.literal(true),
      }),
    ),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      )
      .optional(),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

const manifest = Manifest.parse(parse(readRepositoryFile('manifest.yml')));
const paths = await listRepositoryFiles();
const code = paths
  .filter((path) => /^src\/(?!sandbox\/).*\.ts$/.test(path))
  .map(readRepositoryFile)
  .join('\n');

const alphabetically = (a: string | undefined, b: string | undefined) =>
  String(a).localeCompare(String(b));

function findAll(pattern: RegExp): string[] {
  return [...new Set([...code.matchAll(pattern)].map((match) => match[1] ?? ''))].toSorted(
    alphabetically,
  );
}

test('the manifest lists exactly the commands that the code listens to', () => {
  const declared = manifest.features.slash_commands.map(({ command }) => command);
  expect(findAll(/(?:onCommand\(app, |app\.command\()'(\/[^']+)'/g)).toEqual(
    declared.toSorted(alphabetically),
  );
});

test('the manifest subscribes to exactly the events that the code listens to', () => {
  const declared = manifest.settings.event_subscriptions.bot_events;
  expect(findAll(/app\.event\('([^']+)'/g)).toEqual([...declared].toSorted(alphabetically));
});

test('the manifest lists exactly the shortcuts that the code listens to', () => {
  const declared = (manifest.features.shortcuts ?? []).map((one) => one.callback_id);
  expect(findAll(/(?:onShortcut\(app, |app\.shortcut\()'([^']+)'/g)).toEqual(
    declared.toSorted(alphabetically),
  );
});

/** What each call and event needs, from Slack's reference; a scope that serves one of several needs is listed there. */
const SCOPES_OF_METHOD: Record<string, string[]> = {
  'auth.test': [],
  'auth.teams.list': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'files.info': ['files:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
const SCOPES_OF_EVENT: Record<string, string[]> = {
  app_uninstalled: [],
  tokens_revoked: [],
  team_access_granted: [],
  team_access_revoked: [],
  app_home_opened: [],
  member_joined_channel: ['channels:read', 'groups:read'],
  user_change: ['users:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
};

test('the manifest asks for exactly the scopes that the calls and events in the code need', () => {
  const methods = findAll(
    /\b(?:client|WebClient\([^)]*\))\.((?:auth|chat|conversations|users|views|files|reactions|dnd|team|bots|apps|oauth|pins|bookmarks)\.[a-zA-Z.]+)\(/g,
  );
  const events = manifest.settings.event_subscriptions.bot_events;
  expect(methods.filter((method) => !(method in SCOPES_OF_METHOD))).toEqual([]);
  expect(events.filter((event) => !(event in SCOPES_OF_EVENT))).toEqual([]);
  const needed = new Set([
    'commands',
    ...methods.flatMap((method) => SCOPES_OF_METHOD[method] ?? []),
    ...events.flatMap((event) => SCOPES_OF_EVENT[event] ?? []),
  ]);
  expect(manifest.oauth_config.scopes.bot.toSorted(alphabetically)).toEqual(
    [...needed].toSorted(alphabetically),
  );
});

test('what is optional stands among the scopes as well, as Slack asks for it', () => {
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
  expect(optional.filter((scope) => !bot.includes(scope))).toEqual([]);
});

test('the readme gives a reason for every scope and for no other', () => {
  const readme = readRepositoryFile('README.md');
  const table = readme.slice(
    readme.indexOf('### Why each scope'),
    readme.indexOf('## Configuration'),
  );
  const explained = [...table.matchAll(/`([a-z.]+(?::[a-z.]+)?)`/g)].map((match) => match[1]);
  expect([...new Set(explained)].toSorted(alphabetically)).toEqual(
    manifest.oauth_config.scopes.bot.toSorted(alphabetically),
  );
});
