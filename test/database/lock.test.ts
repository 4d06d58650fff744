import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runScript } from '../support/processes.ts';
import { type DataDirectory, makeDataDirectory } from './data-directory.ts';

const WRITER = new URL('writer.process.ts', import.meta.url);
const ROUNDS = process.env.LONG ? 100 : 20;

let directory: DataDirectory;

beforeEach(async () => {
  directory = await makeDataDirectory('migrated');
});
afterEach(() => directory.remove());

test('a second process is refused with a sentence that names the first, and the data survives', async () => {
  const first = runScript(WRITER, [directory.path, 'T']);
  await first.line((line) => line === 'T3');
  const second = runScript(WRITER, [directory.path, 'X']);
  const refusal = await second.line((line) => line.startsWith('refused'));
  expect(refusal).toContain(`pid ${first.pid}`);
  expect(refusal).toContain(directory.path);
  expect(await second.exited).toBe(1);
  const reached = first.lines.length;
  await first.line((line) => line === `T${reached + 3}`);
  await first.kill('SIGKILL');

  const database = await directory.open();
  const written = first.lines.filter((line) => line.startsWith('T'));
  expect(await database.prisma.workspace.count({ where: { id: { in: written } } })).toBe(
    written.length,
  );
  await database.close();
});

test('the same process cannot open its database twice, and can again after closing it', async () => {
  const database = await directory.open();
  await expect(directory.open()).rejects.toThrow(`pid ${process.pid}`);
  expect(await database.prisma.workspace.count()).toBe(0);
  await database.close();
  const again = await directory.open();
  expect(await again.isAlive()).toBe(true);
  await again.close();
  expect(await readFile(join(directory.path, 'tandem.lock'), 'utf8')).toBe('');
});

test(`killed ${ROUNDS} times while writing, every row that was reported is there`, async () => {
  const reported: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = runScript(WRITER, [directory.path, `R${round}-`]);
    const enough = Math.round(Math.random() * 12);
    await writer.line((line) => line === `R${round}-${enough}`);
    await writer.kill('SIGKILL');
    reported.push(...writer.lines.filter((line) => line.startsWith('R')));
  }
  const database = await directory.open();
  const rows = await database.prisma.workspace.findMany();
  const names = new Map(rows.map((row) => [row.id, row.name]));
  expect(reported.filter((id) => names.get(id) !== id)).toEqual([]);
  expect(rows.filter((row) => row.name !== row.id)).toEqual([]);
  expect(reported.length).toBeGreaterThanOrEqual(ROUNDS);
  await database.close();
}, 240_000);

test('killed while it creates the database, it can be started again', async () => {
  const empty = await makeDataDirectory('empty');
  for (let round = 0; round < 3; round += 1) {
    const starting = runScript(WRITER, [empty.path, 'T']);
    await setTimeout(Math.random() * 2_500);
    await starting.kill('SIGKILL');
  }
  const database = await empty.open();
  expect(await database.isAlive()).toBe(true);
  await database.close();
  await empty.remove();
}, 60_000);
