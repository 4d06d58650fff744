import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { runAdmin } from '../../src/admin/run.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { ANA, createPairFixture, DANA, WORKSPACE } from '../away/pair-fixture.ts';
import { openPlace, type Place } from '../support/place.ts';

const now = () => DateTime.fromISO('2026-11-24T09:00:00Z', { zone: 'utc' });
const SECRET = 'the gala is moved';

describe('npm run admin -- export, retention, erase and audit', () => {
  let directory: string;
  let place: Place;
  let pairId: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tandem-admin-'));
    place = await openPlace();
    await withDatabase(async (database) => {
      const pair = await createPairFixture(database);
      ({ pairId } = pair);
      for (const { userId } of [DANA, ANA])
        await pair.checkins.save({
          key: { workspaceId: WORKSPACE, pairId, userId, dueOn: '2026-11-23' },
          answers: { done: userId === ANA.userId ? SECRET : 'Board call' },
          baseVersion: 0,
          now: pair.now(),
        });
    });
  });
  afterAll(async () => {
    await place.remove();
    await rm(directory, { recursive: true, force: true });
  });

  async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
    const log = pino({ level: 'silent' });
    const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = place.environment;
    const database = await openDatabase({ url, dataDir, log, now });
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  }

  async function run(...args: string[]): Promise<{ code: number; out: string; complaint: string }> {
    const out: string[] = [];
    const complaints: string[] = [];
    const code = await runAdmin({
      args,
      environment: place.environment,
      now,
      print: (line) => out.push(line),
      complain: (line) => complaints.push(line),
    });
    return { code, out: out.join('\n'), complaint: complaints.join('\n') };
  }

  test('export writes a file for each kind of record, of a person or of a pair', async () => {
    const own = join(directory, 'own');
    const both = join(directory, 'both');
    expect(await run('export', 'person', ANA.userId, '--to', own)).toMatchObject({ code: 0 });
    expect(await readdir(own)).toEqual(expect.arrayContaining(['checkins.csv', 'checkins.json']));
    expect(await readFile(join(own, 'checkins.csv'), 'utf8')).toContain(SECRET);
    expect(await readFile(join(own, 'checkins.csv'), 'utf8')).not.toContain('Board call');
    await run('export', 'pair', pairId, '--to', both, '--format', 'json');
    expect(await readFile(join(both, 'checkins.json'), 'utf8')).toContain('Board call');
    expect(await run('export', 'person', 'U0000404', '--to', own)).toMatchObject({ code: 1 });
    const later = join(directory, 'later');
    await run('export', 'person', ANA.userId, '--to', later, '--from', '2027-01-01');
    expect(await readdir(later)).not.toContain('checkins.csv');
  });

  test('retention shows and changes how long records are kept', async () => {
    expect((await run('retention')).out).toContain('messages  90 days; after that');
    expect(await run('retention', 'set', 'messages', '30')).toMatchObject({ code: 0 });
    expect((await run('retention')).out).toContain('messages  30 days');
    for (const wrong of [['messages', '1'], ['messages'], ['inbound', '3'], ['nothing', '30']])
      expect(await run('retention', 'set', ...wrong)).toMatchObject({ code: 2 });
  });

  test('erase asks for --yes, then leaves nothing of a person but what others wrote', async () => {
    expect(await run('erase', 'person', ANA.userId)).toMatchObject({ code: 2 });
    expect(await run('erase', 'person', 'U0000404', '--yes')).toMatchObject({ code: 1 });
    expect(await run('erase', 'person', ANA.userId, '--yes')).toMatchObject({ code: 0 });
    await withDatabase(async ({ prisma }) => {
      const checkins = await prisma.checkin.findMany();
      expect(checkins.map(({ userId }) => userId)).toEqual([DANA.userId]);
      const pair = await prisma.pair.findFirstOrThrow({ include: { ea: true } });
      expect(pair).toMatchObject({ liveKey: null, ea: { name: 'a former colleague' } });
      const rows = await prisma.agreement.findMany();
      expect(JSON.stringify([pair, rows, checkins])).not.toContain(ANA.userId);
    });
  });

  test('erase takes a pair with all that it owns', async () => {
    expect(await run('erase', 'pair', pairId, '--yes')).toMatchObject({ code: 0 });
    expect(await run('erase', 'pair', pairId, '--yes')).toMatchObject({ code: 1 });
    await withDatabase(async ({ prisma }) => {
      expect([await prisma.checkin.count(), await prisma.member.count()]).toEqual([0, 0]);
    });
  });

  test('audit tells all of it, and names nobody who was erased', async () => {
    const { out } = await run('audit', '--limit', '3');
    expect(out).toContain(`operator  pair.erased  pair ${pairId}`);
    expect(out).toMatch(/operator {2}person\.erased {2}person person-[0-9a-f]{10}/);
    expect(out).toContain('The newest 3 of');
    expect((await run('audit')).out).not.toContain(ANA.userId);
    expect(await run('audit', 'everything')).toMatchObject({ code: 2 });
  });
});
