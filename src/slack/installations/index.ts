import type { Feature } from '../../feature.ts';
import { findExpiring, nextRefreshAt } from './refresh.ts';
import { deleteExpired, nextDeletionAt } from './removal.ts';

/** Keeps tokens fresh, and forgets workspaces that removed the app when their time is over. */
export const installations: Feature = {
  name: 'installations',
  records: [
    {
      kind: 'installations',
      title: 'Installation',
      what: 'Who installed Tandem in this workspace, when, and with which permissions.',
      why: 'To work in this workspace, and to say who can grant a missing permission.',
      seenBy: 'Whoever runs the server.',
      kept: { days: null, text: 'until the app is removed' },
      tables: [{ table: 'installations', owners: [], exported: false }],
    },
  ],
  sweeps: ({ database, slack, now, log }) => [
    {
      name: 'installations.refresh',
      run: async () => {
        for (const workspaceId of await findExpiring(database.prisma, now()))
          await slack.clientFor(workspaceId).catch((error: unknown) => {
            log.error({ err: error, workspaceId }, 'a token could not be replaced');
          });
      },
      nextAt: () => nextRefreshAt(database.prisma, now()),
    },
    {
      name: 'installations.delete',
      run: async () => {
        await deleteExpired({ database, log }, now());
      },
      nextAt: () => nextDeletionAt(database.prisma, now()),
    },
  ],
};
