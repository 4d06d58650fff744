import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { runAdmin } from '../../src/admin/run.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { embeddedPlace, type Place, postgresPlace } from '../support/place.ts';
import { findPostgres } from '../support/postgres.ts';

const now = () => DateTime.fromISO('2026-03-03T09:00:00Z', { zone: 'utc' });
const SECRET = 'Dana wants to buy a competitor';

let places: { kind: string; create(): Promise<Place> }[] = [
  { kind: 'the embedded database', create: embeddedPlace },
];
const server = await findPostgres();
const postgres = { kind: 'PostgreSQL', create: postgresPlace };
// Each command opens the database anew, which takes long where it is embedded.
if ('url' in server) places = process.env.LONG ? [...places, postgres] : [postgres];
else process.stderr.write(`not run on PostgreSQL: ${server.missing}\n`);

for (const { kind, create } of places) {
  describe(`npm run admin -- deliveries, on ${kind}`, () => {
    let place: Place;
    beforeEach(async () => {
      place = await create();
      await withDatabase(seed);
    });
    afterEach(() => place.remove());

    async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
      const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = place.environment;
      const log = pino({ level: 'silent' });
      const database = await openDatabase({ url, dataDir, log, now });
      try {
        return await use(database);
      } finally {
        await database.close();
      }
    }

    async function run(
      ...args: string[]
    ): Promise<{ code: number; out: string; complaint: string }> {
      const out: string[] = [];
      const complaints: string[] = [];
      const { environment } = place;
      const code = await runAdmin({
        args: ['deliveries', ...args],
        environment,
        now,
        print: (line) => out.push(line),
        complain: (line) => complaints.push(line),
      });
      return { code, out: out.join('\n'), complaint: complaints.join('\n') };
    }

    const states = () =>
      withDatabase(async ({ prisma }) => {
        const rows = await prisma.delivery.findMany({ orderBy: { seq: 'asc' } });
        return rows.map((row) => `${row.id} ${row.state}`);
      });

    test('list shows what failed and why, and never what it says', async () => {
      const { code, out } = await run('list');
      expect(code).toBe(0);
      expect(out).toContain('not_in_channel');
      expect(out).toContain('invalid_blocks');
      expect(out).toContain('4 failed deliveries.');
      expect(out).not.toContain('d-sent');
      expect(out).not.toContain(SECRET);
    });

    test('list can be narrowed to a state, a workspace, an error and a number of lines', async () => {
      expect((await run('list', '--state', 'sent')).out).toContain('1 sent delivery.');
      expect((await run('list', '--state', 'all')).out).toContain('5 deliveries.');
      expect((await run('list', '--workspace', 'T2')).out).toContain('1 failed delivery.');
      expect((await run('list', '--error', 'invalid_blocks')).out).toContain('1 failed delivery.');
      expect((await run('list', '--limit', '2')).out).toContain(
        'The newest 2 of 4 failed deliveries.',
      );
      expect((await run('list', '--state', 'uncertain')).out).toBe(
        'There are no uncertain deliveries.',
      );
    });

    test('show tells all about one', async () => {
      const { out } = await run('show', 'd-blocks');
      expect(JSON.parse(out)).toMatchObject({
        id: 'd-blocks',
        error: 'invalid_blocks',
        message: { text: SECRET },
      });
      expect(await run('show', 'd-none')).toMatchObject({
        code: 1,
        out: 'There is no delivery d-none.',
      });
    });

    test('resend sends named ones again, with the replies that failed because of them', async () => {
      const { code, out } = await run('resend', 'd-channel', 'd-sent', 'd-none');
      expect(code).toBe(1);
      expect(out).toContain('1 is sent again');
      expect(out).toContain('d-sent is no delivery that failed.');
      expect(out).toContain('d-none is no delivery that failed.');
      expect(await states()).toEqual([
        'd-sent sent',
        'd-channel pending',
        'd-reply pending',
        'd-blocks failed',
        'd-other failed',
      ]);
    });

    test('resend --all sends all again that failed in one way, in one workspace if wanted', async () => {
      const all = ['resend', '--all', '--error', 'not_in_channel'];
      expect(await run(...all, '--workspace', 'T2')).toMatchObject({ code: 0 });
      expect(await states()).toContain('d-channel failed');
      expect(await states()).toContain('d-other pending');
      await run(...all);
      expect(await states()).toContain('d-channel pending');
      expect((await run(...all)).out).toBe('Nothing is to be sent again.');
    });

    test('what is not understood gets the usage, and changes nothing', async () => {
      const before = await states();
      for (const args of [
        ['resend'],
        ['resend', '--all'],
        ['resend', 'd-channel', '--error', 'x'],
        ['resend', '--all', '--error', 'not_in_channel', 'd-channel'],
        ['list', '--state', 'lost'],
        ['list', '--limit', '-1'],
        ['list', '--nonsense'],
        ['show'],
        ['burn'],
        [],
      ]) {
        const { code, complaint } = await run(...args);
        expect({ args, code }).toEqual({ args, code: 2 });
        expect(complaint).toContain('npm run admin -- deliveries list');
      }
      expect(await states()).toEqual(before);
    });
  });
}

test('an embedded database that Tandem is using is refused in a sentence', async () => {
  const place = await embeddedPlace();
  const dataDir = place.environment.DATA_DIR;
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ dataDir, log, now });
  const complaints: string[] = [];
  const code = await runAdmin({
    args: ['deliveries', 'list'],
    environment: place.environment,
    now,
    print: () => undefined,
    complain: (line) => complaints.push(line),
  });
  await database.close();
  await place.remove();
  expect(code).toBe(1);
  expect(complaints.join()).toContain('stop that process first');
});

async function seed({ prisma }: Database): Promise<void> {
  const at = now().toJSDate();
  for (const id of ['T1', 'T2'])
    await prisma.workspace.create({ data: { id, name: id, botUserId: 'U0', createdAt: at } });
  const base = {
    workspaceId: 'T1',
    kind: 'post',
    purpose: 'card',
    recipient: 'C1',
    message: { text: SECRET, blocks: [] },
    state: 'failed',
    error: 'not_in_channel',
    attempts: 3,
    createdAt: at,
  } as const;
  const rows = [
    { ...base, id: 'd-sent', state: 'sent' as const, error: null },
    { ...base, id: 'd-channel' },
    { ...base, id: 'd-reply', targetId: 'd-channel', error: 'first_message_failed' },
    { ...base, id: 'd-blocks', error: 'invalid_blocks' },
    { ...base, id: 'd-other', workspaceId: 'T2' },
  ];
  for (const row of rows) await prisma.delivery.create({ data: { ...row, dedupeKey: row.id } });
}
