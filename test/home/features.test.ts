import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { listFeatures } from '../../src/app.ts';
import type { Database } from '../../src/database/index.ts';
import type { Feature } from '../../src/feature.ts';
import { prepareHome } from '../../src/home/flows/view.ts';
import { mrkdwn, section } from '../../src/slack/blocks.ts';
import { openFixture } from '../reminders/fixture.ts';
import { readRepositoryFile } from '../repository/repository-files.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const DANA = {
  workspaceId: 'T1',
  userId: 'U00000D1',
  visits: 2,
  slackZone: 'America/New_York',
  isAdmin: false,
  profileAt: null,
  offsets: {},
  version: 1,
  attempts: 0,
  viewHash: null,
  contentHash: null,
};

test('a feature that fails leaves a line, and everything else is shown', async () => {
  const { deps } = await openFixture(database);
  const broken: Feature = {
    name: 'broken',
    home: async () => {
      throw new Error('no');
    },
  };
  const whole: Feature = {
    name: 'whole',
    home: async () => [{ place: 'next', blocks: [section(mrkdwn('Still here.'))] }],
  };
  const { view, isPartial } = await prepareHome(deps, [broken, whole], DANA);
  const text = JSON.stringify(view);
  expect(text).toContain('Still here.');
  expect(text).toContain('is tried again in a minute: broken.');
  expect(isPartial).toBe(true);
});

test('each command has a button in Home: a line of its help with `button`', () => {
  const { features } = z
    .object({ features: z.object({ slash_commands: z.array(z.object({ command: z.string() })) }) })
    .parse(parse(readRepositoryFile('manifest.yml')));
  const lines = listFeatures().flatMap((feature) => feature.help ?? []);
  const reachable = lines.flatMap(({ command, button }) =>
    button ? [command.split(' ')[0] ?? ''] : [],
  );
  const commands = features.slash_commands.map(({ command }) => command);
  expect(commands.filter((command) => !reachable.includes(command))).toEqual([]);
});

test('no two of these buttons do the same, and one block of them never repeats an id', () => {
  const ids = listFeatures().flatMap((feature) =>
    (feature.help ?? []).flatMap(({ button }) => button?.actionId ?? []),
  );
  expect(ids).toEqual([...new Set(ids)]);
});
