// Opens the database named by its arguments and writes one workspace after another, saying each id
// only after its row is committed. `--hold` writes nothing and stays.
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { openDatabase } from '../../src/database/index.ts';

const [dataDir = '', prefix = '', mode] = process.argv.slice(2);

try {
  const database = await openDatabase({
    dataDir,
    log: pino({ level: 'silent' }),
    now: () => DateTime.now(),
  });
  process.stdout.write('ready\n');
  if (mode === '--hold') await new Promise((resolve) => setTimeout(resolve, 60_000));
  for (let number = 0; ; number += 1) {
    const id = `${prefix}${number}`;
    await database.prisma.$transaction(async (tx) => {
      await tx.workspace.create({ data: { id, name: '', botUserId: '', createdAt: new Date() } });
      await tx.workspace.update({ where: { id }, data: { name: id } });
    });
    process.stdout.write(`${id}\n`);
  }
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
