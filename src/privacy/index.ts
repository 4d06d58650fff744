import type { Feature } from '../feature.ts';
import { handleEach } from '../jobs/index.ts';
import { takeAway } from './flows/erase.ts';
import { deliverExport } from './flows/export/deliver.ts';
import { showAdminsInHome } from './flows/home.ts';
import { sweepRetention } from './flows/retention.ts';
import { privacyWords, registerPrivacyListeners } from './listeners.ts';
import { exportJob, unpostJob } from './queues.ts';
import { NO_VALUE, OPEN } from './views/overview.ts';
import { PRIVACY_RECORDS } from './views/records.ts';

export type { AuditAction, AuditSubject } from './domain/audit.ts';
export { OPERATOR } from './domain/audit.ts';
export type { RecordKind } from './domain/records.ts';
export { describeKept, isChangeable } from './domain/records.ts';
export { erasePair, erasePerson } from './flows/erase.ts';
export { collectFiles } from './flows/export/collect.ts';
export { prepareExport } from './flows/export/form.ts';
export { noteInstallation } from './flows/installation.ts';
export { changePeriods } from './flows/retention.ts';
export { unpostJob } from './queues.ts';
export { createPrivacyStore, type PrivacyStore } from './store/all.ts';
export { type AuditStore, createAuditStore } from './store/audit.ts';

/** What is recorded, who sees it, how to get a copy of it, how long it is kept and how to erase it, for all `features`. */
export function privacy(features: readonly Feature[]): Feature {
  const kindsOf = () => features.flatMap((feature) => feature.records ?? []);
  return {
    name: 'privacy',
    help: [
      {
        command: '/ea privacy',
        does: 'see what is recorded about you, get a copy of it, or erase it',
        button: {
          text: 'What is recorded about me',
          actionId: OPEN,
          value: NO_VALUE,
          group: 'settings',
          rank: 4,
        },
      },
      { command: '/ea audit', does: 'for admins: who exported, erased or changed what' },
      { command: '/ea retention', does: 'for admins: choose how long records are kept' },
    ],
    records: PRIVACY_RECORDS,
    home: showAdminsInHome,
    words: (deps) => privacyWords(deps, kindsOf()),
    register: (app, deps) => registerPrivacyListeners(app, deps, kindsOf()),
    jobs: (deps) => [
      handleEach(
        exportJob,
        (job, context) => deliverExport(deps, { ...job, kinds: kindsOf(), context }),
        {
          batchSize: 1,
        },
      ),
      handleEach(
        unpostJob,
        async ({ workspaceId, places }) =>
          takeAway(await deps.slack.clientFor(workspaceId), places),
        { batchSize: 1 },
      ),
    ],
    sweeps: (deps) => [{ name: 'privacy.retention', run: () => sweepRetention(deps, kindsOf()) }],
  };
}
