import type { WebClient } from '@slack/web-api';
import { authorizeAdmin } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Pair } from '../domain.ts';
import { OVERVIEW_SIZE } from '../views/overview.ts';

/** One page of the pairs of the workspace, for its admins. */
export async function preparePairs(
  deps: Deps,
  o: { caller: Caller; client: WebClient; offset: number },
): Promise<{
  pairs: Pair[];
  total: number;
  offset: number;
  unreachable: ReadonlySet<string>;
}> {
  const { caller, offset } = o;
  await authorizeAdmin(o.client, caller, { to: 'pairs.list' });
  const { workspaceId } = caller;
  const page = await deps.pairs.page({ workspaceId, offset, size: OVERVIEW_SIZE });
  const people = page.pairs.flatMap(({ executive, ea }) => [executive.userId, ea.userId]);
  const unreachable = await deps.pairs.findUnreachable(workspaceId, people);
  return { ...page, offset, unreachable };
}
