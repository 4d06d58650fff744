import { afterEach, describe, expect, test } from '@jest/globals';
import { postgresPlace } from '../../support/place.ts';
import { findPostgres, runSql } from '../../support/postgres.ts';
import { type InstallStage, openInstallStage } from './stage.ts';

let stage: InstallStage;
afterEach(() => stage.close());

const callsOf = (team: string) => stage.sandbox.record().filter((call) => call.team === team);

async function openWithPairs() {
  stage = await openInstallStage();
  for (const workspace of [stage.acme, stage.beta]) {
    await stage.install(workspace);
    await stage.setUpPair(workspace);
  }
  return stage;
}

/** Lets days pass with everything that is due on the way. */
async function days(count: number) {
  await stage.sandbox.advanceTo(stage.sandbox.now().plus({ days: count }));
}

/** The clock is moved at once, as after an outage. */
async function later(count: number) {
  stage.sandbox.jumpTo(stage.sandbox.now().plus({ days: count }));
  await stage.sandbox.settle();
}

describe('when Tandem is removed from a workspace', () => {
  test('nothing is called, asked or planned there any more, the other one goes on, and installing again takes up the work', async () => {
    const { acme, beta, sandbox } = await openWithPairs();
    await days(1);
    expect(stage.read(acme, 'Ana', 'DM').length).toBeGreaterThan(1);
    await stage.act(acme, 'Dana', { do: 'uninstall' });
    const [calls, seen] = [callsOf(acme.id).length, stage.read(acme, 'Ana', 'DM').length];
    const elsewhere = stage.read(beta, 'Ana', 'DM').length;

    await days(1);
    expect(callsOf(acme.id)).toHaveLength(calls);
    expect(stage.read(beta, 'Ana', 'DM').length).toBeGreaterThan(elsewhere);
    // Refused calls would stand in the record without a workspace.
    expect(
      sandbox.record().filter(({ reply }) => JSON.stringify(reply).includes('account_inactive')),
    ).toEqual([]);

    expect((await stage.install(acme)).status).toBe(200);
    await sandbox.settle();
    // At most the check-in of today, and none of the days between.
    expect(stage.read(acme, 'Ana', 'DM').length).toBeLessThanOrEqual(seen + 1);
    const back = stage.read(acme, 'Ana', 'DM').length;
    await days(1);
    expect(stage.read(acme, 'Ana', 'DM').length).toBeGreaterThan(back);
    await stage.act(acme, 'Ana', { do: 'command', command: '/ea-checkin' });
    const fill = { 'What got done?': 'back again', 'What is planned today?': 'more' };
    await stage.act(acme, 'Ana', { do: 'submit', fill });
    expect(JSON.stringify(stage.read(acme, 'Dana', '#pair'))).toContain('back again');
    expect(sandbox.problems()).toEqual([]);
  });
});

const server = await findPostgres();
if ('missing' in server) process.stderr.write(`not run on PostgreSQL: ${server.missing}\n`);

const isOnPostgres = 'url' in server;
(isOnPostgres ? describe : describe.skip)('in the database', () => {
  test('the token is nowhere in the database, its row goes with the removal, and everything else after 30 days', async () => {
    const place = await postgresPlace();
    const url = place.environment.DATABASE_URL;
    stage = await openInstallStage({ place });
    const { acme, beta } = stage;
    for (const workspace of [acme, beta]) {
      await stage.install(workspace);
      await stage.setUpPair(workspace);
    }
    const rows = async (sql: string) => await runSql(url, sql);
    const tokens = callTokens();
    expect(tokens).toHaveLength(2);
    const dump = await dumpAll(url);
    expect(dump).toContain('Acme');
    for (const token of tokens) {
      expect(dump).not.toContain(token);
      expect(dump).not.toContain(Buffer.from(token).toString('base64').slice(0, 20));
      expect(dump).not.toContain(Buffer.from(token).toString('hex'));
    }

    // Somebody with the database gives one workspace the other one's token.
    await rows(`UPDATE installations a SET "botToken" = b."botToken" FROM installations b
    WHERE a.id = '${acme.id}' AND b.id = '${beta.id}'`);
    const before = callsOf(beta.id).length;
    await stage.sandbox
      .act({ team: acme.id, user: 'Dana', do: 'command', command: '/ea' })
      .catch(() => undefined);
    expect(callsOf(beta.id)).toHaveLength(before);
    expect(stage.log.join('')).toContain('cannot be read');

    await stage.act(beta, 'Dana', { do: 'uninstall' });
    expect(await rows(`SELECT id FROM installations`)).toEqual([{ id: acme.id }]);
    const waiting = `SELECT count(*)::int AS n FROM deliveries WHERE "workspaceId" = '${beta.id}' AND "notBefore" IS NOT NULL`;
    expect(await rows(waiting)).toEqual([{ n: 0 }]);
    await later(29);
    expect(
      await rows(`SELECT count(*)::int AS n FROM pairs WHERE "workspaceId" = '${beta.id}'`),
    ).toEqual([{ n: 1 }]);
    await later(2);
    // The queue keeps ids of finished work for one more day of real time.
    const left = await dumpAll(url, ['public']);
    expect(left).not.toContain(beta.id);
    expect(left).toContain(acme.id);
  });
});

/** The bot tokens that the local Slack gave out. */
function callTokens(): string[] {
  return [...new Set(stage.sandbox.tokens())];
}

/** Every row of every table as text. */
async function dumpAll(url: string, schemas?: string[]): Promise<string> {
  const tables = await runSql(
    url,
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname ${schemas ? `IN ('${schemas.join("','")}')` : `NOT IN ('pg_catalog', 'information_schema')`}`,
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await runSql(url, `SELECT t::text AS row FROM ${String(name)} t`);
      return rows.map(({ row }) => String(row)).join('\n');
    }),
  );
  return texts.join('\n');
}
