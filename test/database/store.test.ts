import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { bothKinds } from '../support/databases.ts';

const acme = {
  id: 'T1',
  name: 'Acme',
  botUserId: 'U1',
  createdAt: new Date('2026-03-08T07:30:00.123Z'),
};

describe.each(await bothKinds())('on $kind', ({ create }) => {
  let database: Database;

  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.close());

  test('an instant is read back as it was written, to the millisecond', async () => {
    await database.prisma.workspace.create({ data: acme });
    const found = await database.prisma.workspace.findUniqueOrThrow({ where: { id: 'T1' } });
    expect(found.createdAt.toISOString()).toBe('2026-03-08T07:30:00.123Z');
    const [raw] = await database.prisma.$queryRaw<{ text: string }[]>`
      SELECT to_char("createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') AS text FROM workspaces`;
    expect(raw?.text).toBe('2026-03-08 07:30:00.123');
  });

  test('an instant compares with a parameter of raw SQL at the same instant', async () => {
    await database.prisma.workspace.create({ data: acme });
    const count = async (at: string) => {
      const [row] = await database.prisma.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM workspaces WHERE "createdAt" <= ${new Date(at)}`;
      return row?.n;
    };
    expect(await count('2026-03-08T07:30:00.122Z')).toBe(0);
    expect(await count('2026-03-08T07:30:00.123Z')).toBe(1);
  });

  test('of a transaction that fails nothing stays', async () => {
    const failing = database.prisma.$transaction(async (tx) => {
      await tx.workspace.create({ data: acme });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await database.prisma.workspace.count()).toBe(0);
  });

  test('a second row with the same key is refused by name, and a transaction may go on after it asked first', async () => {
    await database.prisma.workspace.create({ data: acme });
    await expect(database.prisma.workspace.create({ data: acme })).rejects.toMatchObject({
      code: 'P2002',
    });
    const { count } = await database.prisma.workspace.createMany({
      data: [acme, { ...acme, id: 'T2' }],
      skipDuplicates: true,
    });
    expect(count).toBe(1);
  });

  test('a commit that the database refuses is an error and not a silent loss', async () => {
    await database.prisma.$executeRaw`CREATE TABLE later (id text PRIMARY KEY,
      workspace text REFERENCES workspaces (id) DEFERRABLE INITIALLY DEFERRED)`;
    const committing = database.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO later VALUES ('a', 'nobody')`;
    });
    await expect(committing).rejects.toThrow(/foreign ?key/i);
    const [row] = await database.prisma.$queryRaw<
      { n: number }[]
    >`SELECT count(*)::int AS n FROM later`;
    expect(row?.n).toBe(0);
  });

  test('many transactions at once all succeed', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `T${index}`);
    await Promise.all(
      ids.map((id) =>
        database.prisma.$transaction(async (tx) => {
          await tx.workspace.create({ data: { ...acme, id } });
          await tx.workspace.update({ where: { id }, data: { name: id } });
        }),
      ),
    );
    const rows = await database.prisma.workspace.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map((row) => row.name)).toEqual(ids.toSorted());
  });

  test('it says whether it is alive', async () => {
    expect(await database.isAlive()).toBe(true);
  });
});
