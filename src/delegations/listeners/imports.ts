import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { explainUnreached } from '../../pairs/index.ts';
import { type CommandCall, onPress, onSubmit } from '../../slack/listen.ts';
import { buildNotice, openModal } from '../../slack/modals.ts';
import { beginImport, prepareImport } from '../flows/import/begin.ts';
import { cancelImport, confirmImport, undoImport } from '../flows/import/decide.ts';
import {
  buildImportModal,
  IMPORT_MODAL,
  OPEN_IMPORT,
  parseImportModal,
} from '../views/import/form.ts';
import {
  CANCEL_IMPORT,
  CONFIRM_IMPORT,
  ImportValue,
  UNDO_IMPORT,
} from '../views/import/messages.ts';

const TITLE = 'Import tasks';

type Asked = Pick<CommandCall, 'caller' | 'client' | 'triggerId'> & { channelId: string | null };

/** What `/ea-tasks import` opens. */
export async function openImport(deps: Deps, asked: Asked): Promise<void> {
  const build = async () => buildImportModal(await prepareImport(deps, asked));
  await openModal({ ...asked, title: TITLE, build });
}

/** Choosing a file, and what is decided about it. */
export function registerImportListeners(app: App, deps: Deps): void {
  onPress(app, {
    actionId: OPEN_IMPORT,
    value: z.object({}),
    handle: (press) => openImport(deps, { ...press, channelId: null }),
  });

  onSubmit(app, {
    callbackId: IMPORT_MODAL,
    log: deps.log,
    parse: parseImportModal,
    handle: async ({ caller, value: choice }) => {
      await beginImport(deps, { caller, choice });
      const text = 'I am reading the file. What would come of it is in a direct message from me.';
      const unreached = await explainUnreached(deps, caller);
      return { next: buildNotice(TITLE, text, ...(unreached ? [unreached] : [])) };
    },
  });

  for (const [actionId, decide] of [
    [CONFIRM_IMPORT, confirmImport],
    [CANCEL_IMPORT, cancelImport],
    [UNDO_IMPORT, undoImport],
  ] as const) {
    onPress(app, {
      actionId,
      value: ImportValue,
      handle: ({ caller, value }) => decide(deps, { caller, ...value }),
    });
  }
}
