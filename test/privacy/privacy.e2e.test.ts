import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openPlace, type Place } from '../support/place.ts';
import { MANILA, openStage, PAIR, type Stage, setUpPair, waitFor } from '../support/stage.ts';

/** Said by Ana and nobody else, each in another form. */
const SECRETS = ['the gala is moved', 'buy a bonsai'];

describe('what Tandem records of somebody', () => {
  let stage: Stage;
  let place: Place;

  beforeAll(async () => {
    place = await openPlace();
    stage = await openStage({ place });
    await setUpPair(stage);
    await stage.act('Ana', { do: 'open_home' });
    await stage.act('Ana', { do: 'command', command: '/ea-checkin', in: PAIR });
    await stage.act('Ana', {
      do: 'submit',
      fill: { 'What got done?': SECRETS[0] ?? '', 'What is planned today?': '=1+1' },
    });
    await stage.act('Dana', { do: 'command', command: '/ea-checkin', in: PAIR });
    await stage.act('Dana', {
      do: 'submit',
      fill: { 'Top priorities today': 'Board call' },
    });
    await stage.act('Ana', {
      do: 'command',
      command: `/ea-remind me to ${SECRETS[1]} tomorrow at 10:00`,
      in: PAIR,
    });
    await stage.act('Ana', { do: 'submit', fill: {} });
    await stage.act('Ana', { do: 'close', all: true });
  });
  afterAll(() => stage.close());

  const modal = (who: string) => stage.person(who).modals.at(-1);
  const files = (who: string) =>
    stage
      .person(who)
      .channels.filter((one) => one.kind === 'im')
      .flatMap((one) => one.messages.flatMap((message) => message.files));
  const texts = (who: string, place: string) => stage.read(who, place).map((one) => one.text);
  const privacy = (who: string) =>
    stage.act(who, { do: 'command', command: '/ea privacy', in: PAIR });

  async function download(url: string): Promise<string> {
    return await (await fetch(new URL(url, stage.sandbox.url))).text();
  }

  test('is said in plain words, with who sees it, why, and for how long', async () => {
    await privacy('Ana');
    expect(modal('Ana')?.text).toContain('Check-ins (1 of yours)');
    expect(modal('Ana')?.text).toContain('Who sees it: You and your partner');
    expect(modal('Ana')?.text).toContain('Kept: 365 days after the end of the pair.');
    expect(modal('Ana')?.buttons.map(({ label }) => label)).toEqual(['Get a copy', 'Erase…']);
  });

  test('comes as files in a direct message, which no spreadsheet takes for formulas', async () => {
    await stage.act('Ana', { do: 'click', click: 'Get a copy' });
    await stage.act('Ana', { do: 'submit', fill: { 'As what?': 'Both' } });
    await stage.act('Ana', { do: 'close', all: true });
    await stage.until('2026-03-03', '08:00', MANILA);
    expect(texts('Ana', 'DM').join()).toMatch(
      /The copy that you asked for is here: \d+ files with \d+ records/,
    );
    const csv = files('Ana').find(({ name }) => name === 'checkins.csv');
    const json = files('Ana').find(({ name }) => name === 'checkins.json');
    expect(await download(csv?.url ?? '')).toContain("'=1+1");
    const rows: unknown = JSON.parse(await download(json?.url ?? ''));
    expect(rows).toMatchObject([{ answers: { done: SECRETS[0] } }]);
    expect(files('Ana').map(({ name }) => name)).toContain('reminders.csv');
    expect(files('Dana')).toEqual([]);
  });

  test('is handed over once, although Slack takes the files and its answer is lost', async () => {
    stage.sandbox.fault({
      method: 'files.completeUploadExternal',
      times: 1,
      reply: { acceptThenReset: true },
    });
    await privacy('Dana');
    await stage.act('Dana', { do: 'click', click: 'Get a copy' });
    await stage.act('Dana', {
      do: 'submit',
      fill: { 'Whose records?': 'All of Ana Reyes and me' },
    });
    await stage.act('Dana', { do: 'close', all: true });
    await waitFor(stage, () => texts('Dana', 'DM').some((one) => one.includes('is here')));
    const checkins = files('Dana').filter(({ name }) => name === 'checkins.csv');
    expect(checkins).toHaveLength(1);
    const csv = await download(checkins[0]?.url ?? '');
    expect(csv).toContain(SECRETS[0]);
    expect(csv).toContain('Board call');
    // A reminder that Ana wrote for herself is hers.
    expect(files('Dana').map(({ name }) => name)).not.toContain('reminders.csv');
  });

  test('and who asked for it stands in the audit log, for admins only', async () => {
    await stage.act('Ana', { do: 'command', command: '/ea audit', in: PAIR });
    expect(stage.person('Ana').toasts.at(-1)?.text ?? texts('Ana', PAIR).at(-1)).toContain(
      'Only an admin of this workspace can read the audit log.',
    );
    await stage.act('Dana', { do: 'command', command: '/ea audit', in: PAIR });
    expect(modal('Dana')?.text).toContain('@Ana received an export');
    expect(modal('Dana')?.text).toContain('@Dana asked for an export: pair ');
    expect(modal('Dana')?.text).toContain('@Ana accepted a working agreement: pair ');
    expect(modal('Dana')?.text).toContain('@Dana proposed a working agreement: pair ');
    expect(modal('Dana')?.text).toContain('Whoever runs the server installed the app');
    await stage.act('Dana', { do: 'close', all: true });
  });

  test('and admins, nobody else, find the installation, the log and the periods in Home', async () => {
    const home = (who: string) => stage.person(who).homes[0]?.text ?? '';
    await stage.act('Dana', { do: 'open_home' });
    expect(home('Dana')).toContain('For admins of this workspace. Installed since');
    expect(home('Dana')).toMatch(/The audit log has \d+ entries/);
    expect(home('Ana')).not.toContain('For admins');
    const opened = await stage.act('Dana', { do: 'click', click: 'Audit log', in: { home: true } });
    expect(opened.modal?.text).toContain('@Ana received an export');
    await stage.act('Dana', { do: 'close', all: true });
  });

  test('is kept for as long as an admin chooses', async () => {
    await stage.act('Dana', { do: 'command', command: '/ea retention', in: PAIR });
    const refused = await stage.act('Dana', { do: 'submit', fill: { 'Check-ins: days': '5' } });
    expect(Object.keys(refused.modal?.errors ?? {})).toEqual(['Check-ins: days']);
    await stage.act('Dana', { do: 'submit', fill: { 'Check-ins: days': '60' } });
    expect(modal('Dana')?.text).toContain('Saved.');
    await stage.act('Dana', { do: 'close', all: true });
    await privacy('Dana');
    expect(modal('Dana')?.text).toContain('Kept: 60 days.');
    await stage.act('Dana', { do: 'close', all: true });
  });

  test('is gone when somebody erases themselves; what the other one wrote stays', async () => {
    const ana = stage.person('Ana').id;
    const dana = stage.person('Dana').id;
    await privacy('Ana');
    await stage.act('Ana', { do: 'click', click: 'Erase…' });
    await stage.act('Ana', { do: 'click', click: 'Erase me' });
    expect(modal('Ana')?.text).toContain('Your records are erased.');
    await waitFor(stage, () => texts('Dana', PAIR).every((one) => !one.includes(SECRETS[0] ?? '')));
    expect(texts('Dana', PAIR).join()).toContain('Board call');
    expect(texts('Dana', 'DM').at(-1)).toContain('had their records in Tandem erased');
    // The embedded database is looked at by test/privacy/dump.test.ts.
    if (!place.environment.DATABASE_URL) return;
    const dump = await dumpTables(place.environment.DATABASE_URL);
    expect(dump).toContain('Board call');
    expect(dump).toContain(dana);
    expect(dump).toContain('person.erased');
    for (const trace of [ana, 'Ana Reyes', ...SECRETS]) {
      expect(dump.split('\n').filter((line) => line.includes(trace))).toEqual([]);
    }
  });

  test('nothing comes due any more for the one who is left, and no other call was refused', async () => {
    const before = texts('Dana', 'DM').length;
    await stage.until('2026-03-05', '23:00', MANILA);
    expect(texts('Dana', 'DM')).toHaveLength(before);
    await stage.act('Dana', { do: 'command', command: '/ea audit', in: PAIR });
    expect(modal('Dana')?.text).toMatch(/a former colleague \(person-[0-9a-f]+\) erased a person/);
    // The one whose answer was lost, and its second try.
    expect(stage.rejected()).toEqual([
      'files.completeUploadExternal null',
      'files.completeUploadExternal {"ok":false,"error":"file_update_failed"}',
    ]);
  });
});

/** Every row of every table, the queue's too, one a line. */
async function dumpTables(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
     WHERE schemaname IN ('public', 'pgboss')`,
  );
  const lines: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ line: string }>(
      `SELECT to_jsonb(t)::text AS line FROM "${schema}"."${name}" t`,
    );
    lines.push(...rows.map(({ line }) => `${name} ${line}`));
  }
  await client.end();
  return lines.join('\n');
}
