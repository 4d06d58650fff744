import type { WebClient } from '@slack/web-api';
import { isAdmin } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import type { Caller } from '../../slack/caller.ts';
import type { RecordKind } from '../domain/records.ts';
import type { Overview } from '../views/overview.ts';

/** What is recorded about the caller, kind by kind. */
export async function prepareOverview(
  stores: Stores,
  o: { caller: Caller; client: WebClient; kinds: readonly RecordKind[] },
): Promise<Overview> {
  const { caller, kinds } = o;
  const chosen = await stores.privacy.findPeriods(caller.workspaceId);
  const counted: Overview['kinds'] = [];
  for (const kind of kinds) {
    let count = 0;
    for (const table of kind.tables) {
      if (table.owners.length > 0) count += await stores.privacy.countOwn(table, caller);
    }
    counted.push({ kind, count, days: chosen.get(kind.kind) });
  }
  return { kinds: counted, isAdmin: await isAdmin(o.client, caller) };
}
