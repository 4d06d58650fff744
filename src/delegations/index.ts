import type { Feature } from '../feature.ts';
import { handleEach } from '../jobs/index.ts';
import { showInHome } from './flows/home.ts';
import { nextPreviewEndAt, sweepPreviews } from './flows/import/decide.ts';
import { readImport } from './flows/import/read.ts';
import { writeImport } from './flows/import/write.ts';
import { nextNoticeAt, replanRest, sweepNotices } from './flows/notices.ts';
import { purgeDelegations } from './flows/step.ts';
import { registerHandOverListeners } from './listeners/hand-over.ts';
import { registerImportListeners } from './listeners/imports.ts';
import { registerListListeners } from './listeners/lists.ts';
import { registerOfferListeners } from './listeners/offers.ts';
import { registerRatingListeners } from './listeners/rating.ts';
import { registerStepListeners } from './listeners/steps.ts';
import { readImportJob, replanJob, writeImportJob } from './queues.ts';
import { OPEN_IMPORT } from './views/import/form.ts';
import { NEW, OPEN_LIST } from './views/list.ts';
import { DELEGATION_RECORDS } from './views/records.ts';

export {
  type Delegation,
  isOpen,
} from './domain/delegation.ts';
export { DUTY_ID_PREFIX, delegationIdOf } from './domain/duty.ts';
export { COUNTED_TO, filterTimes } from './domain/filters.ts';
export { stateAfter, stateAfterEdit } from './domain/steps.ts';
export { draftCheckin } from './flows/checkin.ts';
export { loadCalendars } from './flows/load.ts';
export { replanNotices } from './flows/notices.ts';
export {
  createDelegation,
  createDelegations,
  type NewDelegation,
  writeChange,
} from './flows/write.ts';
export { createDelegationStore, type DelegationStore } from './store/all.ts';
export { buildEntry, OPEN } from './views/card.ts';
export { LOG_TIME, MAKE_DUTY } from './views/detail.ts';
export { DelegationValue, refOf } from './views/values.ts';

/** Work that the executive hands over: its card, its steps, its list, and what is said about it. */
export const delegations: Feature = {
  name: 'delegations',
  records: DELEGATION_RECORDS,
  help: [
    {
      command: '/ea-delegate',
      does: 'hand work over: `/ea-delegate Book the flights to Boston`',
      button: {
        text: 'Hand over work',
        actionId: NEW,
        value: '{}',
        needs: 'delegations.create',
        group: 'follow',
        rank: 1,
      },
    },
    {
      command: '/ea-tasks',
      does: 'see what was handed over, what waits, and what is overdue',
      button: {
        text: 'Tasks',
        actionId: OPEN_LIST,
        value: '{}',
        needs: 'delegations.read',
        group: 'follow',
        rank: 3,
      },
    },
    {
      command: '/ea-tasks import',
      does: 'hand over many tasks at once, from a CSV file; `/ea-tasks export` gives you a copy',
      button: {
        text: 'Import tasks',
        actionId: OPEN_IMPORT,
        value: '{}',
        needs: 'delegations.create',
        group: 'follow',
        rank: 5,
      },
    },
  ],
  home: showInHome,
  register(app, deps) {
    registerHandOverListeners(app, deps);
    registerOfferListeners(app, deps);
    registerStepListeners(app, deps);
    registerRatingListeners(app, deps);
    registerListListeners(app, deps);
    registerImportListeners(app, deps);
  },
  jobs: (deps) => [
    handleEach(readImportJob, (job, context) => readImport(deps, job, context), { batchSize: 1 }),
    handleEach(writeImportJob, (job, context) => writeImport(deps, job, context), {
      batchSize: 1,
    }),
    handleEach(replanJob, (job) => replanRest(deps, job), { batchSize: 1 }),
  ],
  sweeps: (deps) => [
    {
      name: 'delegations.notices',
      run: () => sweepNotices(deps),
      nextAt: () => nextNoticeAt(deps),
    },
    {
      name: 'delegations.previews',
      run: () => sweepPreviews(deps),
      nextAt: () => nextPreviewEndAt(deps),
    },
    { name: 'delegations.purge', run: () => purgeDelegations(deps) },
  ],
};
