import type { Stores } from '../../deps.ts';

/** Why what only this person may read may not reach them, null when their direct messages arrive as far as is known. */
export async function explainUnreached(
  stores: Pick<Stores, 'pairs'>,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<string | null> {
  const unreachable = await stores.pairs.findUnreachable(workspaceId, [userId]);
  if (!unreachable.has(userId)) return null;
  return 'The last time I tried, Slack did not let me send you a direct message, and this does not belong into a channel. If nothing comes, ask a workspace admin to let the Tandem app write to you.';
}
