import type { Deps } from '../../deps.ts';
import { excuseMember } from '../../routines/index.ts';
import { partnerOf } from '../domain.ts';
import { buildAccountNotice } from '../views/ended.ts';

/** Takes note that somebody's account is deactivated, or active again; everybody paired with them is told once. */
export async function noteAccount(
  deps: Pick<Deps, 'transact' | 'now' | 'pairs'>,
  o: { workspaceId: string; userId: string; isDeactivated: boolean },
): Promise<void> {
  const { workspaceId, userId, isDeactivated } = o;
  if (!(await deps.pairs.findMember(workspaceId, userId))) return;
  await deps.transact(async (stores) => {
    const now = deps.now();
    const isNews = await stores.pairs.setDeactivated(
      { workspaceId, userId },
      isDeactivated ? now : null,
    );
    if (!isNews) return;
    if (isDeactivated) await excuseMember(stores, { workspaceId, userId, now });
    for (const pair of await stores.pairs.listOf(workspaceId, userId)) {
      await stores.outbox.post({
        workspaceId,
        pairId: pair.id,
        key: `account:${pair.id}:${userId}:${now.toMillis()}`,
        purpose: 'alert',
        recipient: partnerOf(pair, userId).userId,
        forBoth: true,
        message: buildAccountNotice({ userId, isDeactivated }),
      });
    }
  });
}
