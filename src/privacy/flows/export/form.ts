import type { ModalView } from '@slack/types';
import type { Stores } from '../../../deps.ts';
import type { Caller } from '../../../slack/caller.ts';
import { buildExportModal } from '../../views/export.ts';

/** The form that asks for a copy: of one's own records, or of those of a pair. */
export async function prepareExport(
  stores: Pick<Stores, 'privacy'>,
  { workspaceId, userId }: Caller,
): Promise<ModalView> {
  return buildExportModal(await stores.privacy.listPairs(workspaceId, userId));
}
