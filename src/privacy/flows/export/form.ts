import type { ModalView } from '@slack/types';
import type { Stores } from '../../../deps.ts';
import type { Caller } from '../../../slack/caller.ts';
import { buildExportModal, type OnlyKind } from '../../views/export.ts';

/** The form that asks for a copy: of one's own records, or of those of a pair; with `only`, of one kind of them. */
export async function prepareExport(
  stores: Pick<Stores, 'privacy'>,
  { workspaceId, userId }: Caller,
  only: OnlyKind | null = null,
): Promise<ModalView> {
  return buildExportModal({ pairs: await stores.privacy.listPairs(workspaceId, userId), only });
}
