import type { Database } from '../../database/index.ts';
import { sealTokens } from './store.ts';
import { type Vault, VaultError } from './vault.ts';

/**
 * Encrypts every token under the newest key, one installation at a time. One that another process changes meanwhile
 * is done in the next round; one that cannot be read is named and left as it is.
 */
export async function rotateTokens(
  database: Pick<Database, 'prisma'>,
  vault: Vault,
): Promise<{ rotated: number; problems: string[] }> {
  const { prisma } = database;
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
      const { count } = await prisma.installation.updateMany({ where, data: sealed });
      rotated += count;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      problems.set(id, `${id}: ${error.message}`);
    }
  }
}
