import type { Feature } from '../feature.ts';
import { showInHome } from './flows/home.ts';
import { nextNoticeAt, sweepNotices } from './flows/notices.ts';
import { purgeDelegations } from './flows/step.ts';
import { registerHandOverListeners } from './listeners/hand-over.ts';
import { registerListListeners } from './listeners/lists.ts';
import { registerRatingListeners } from './listeners/rating.ts';
import { registerStepListeners } from './listeners/steps.ts';
import { NEW, OPEN_LIST } from './views/list.ts';
import { DELEGATION_RECORDS } from './views/records.ts';

export {
  type Delegation,
  isOpen,
} from './domain/delegation.ts';
export { type Step, stateAfter, stateAfterEdit } from './domain/steps.ts';
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
export { refOf } from './views/values.ts';

/** Work that the executive hands over: its card, its steps, its list, and what is said about it. */
export const delegations: Feature = {
  name: 'delegations',
  records: DELEGATION_RECORDS,
  help: [
    {
      command: '/ea-delegate',
      does: 'hand work over: `/ea-delegate Book the flights to Boston`',
      button: { text: 'Hand over work', actionId: NEW, value: '{}' },
    },
    {
      command: '/ea-tasks',
      does: 'see what was handed over, what waits, and what is overdue',
      button: { text: 'Tasks', actionId: OPEN_LIST, value: '{}' },
    },
  ],
  home: showInHome,
  register(app, deps) {
    registerHandOverListeners(app, deps);
    registerStepListeners(app, deps);
    registerRatingListeners(app, deps);
    registerListListeners(app, deps);
  },
  sweeps: (deps) => [
    {
      name: 'delegations.notices',
      run: () => sweepNotices(deps),
      nextAt: () => nextNoticeAt(deps),
    },
    { name: 'delegations.purge', run: () => purgeDelegations(deps) },
  ],
};
