import type { Database, Tx } from '../../database/index.ts';
import { sealTokens } from './store.ts';
import { type Vault, VaultError } from './vault.ts';

/**
 * Encrypts every token under the newest key, one installation at a time. One that another process changes meanwhile
 * is done in the next round; one that cannot be read is named and left as it is. `note` hears of each in the
 * transaction of its change.
 */
export async function rotateTokens(o: {
  database: Pick<Database, 'prisma'>;
  vault: Vault;
  note: (tx: Tx, ownerId: string) => Promise<void>;
}): Promise<{ rotated: number; problems: string[] }> {
  const { vault, note } = o;
  const { prisma } = o.database;
  const problems = new Map<string, string>();
  let rotated = 0;
  for (;;) {
    const row = await prisma.installation.findFirst({
      where: { keyVersion: { not: vault.newest }, id: { notIn: [...problems.keys()] } },
      orderBy: { id: 'asc' },
    });
    if (!row) return { rotated, problems: [...problems.values()] };
    const { id, botToken, refreshToken } = row;
    try {
      const sealed = sealTokens(vault, {
        id,
        botToken: vault.open(botToken, { owner: id, column: 'botToken' }),
        refreshToken:
          refreshToken && vault.open(refreshToken, { owner: id, column: 'refreshToken' }),
      });
      const where = { id, botToken, refreshToken };
      rotated += await prisma.$transaction(async (tx) => {
        const { count } = await tx.installation.updateMany({ where, data: sealed });
        if (count > 0) await note(tx, id);
        return count;
      });
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      problems.set(id, `${id}: ${error.message}`);
    }
  }
}
