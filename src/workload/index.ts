import type { Feature } from '../feature.ts';
import { showInHome } from './flows/home.ts';
import { sweepChecks } from './flows/question.ts';
import { registerWorkloadListeners, START } from './listeners.ts';
import { WORKLOAD_RECORDS } from './views/records.ts';

export { createWorkloadStore, type WorkloadStore } from './store/all.ts';

/** How much work there is against how much time, and the hours that the EA logs. */
export const workload: Feature = {
  name: 'workload',
  records: WORKLOAD_RECORDS,
  help: [
    {
      command: '/ea-workload',
      does: 'see whether the next seven days fit, and the hours of the month',
      button: { text: 'Workload', actionId: START, needs: 'workload.read', group: 'time', rank: 4 },
    },
  ],
  home: showInHome,
  register: registerWorkloadListeners,
  sweeps: (deps) => [
    {
      name: 'workload.check',
      run: () => sweepChecks(deps),
      nextAt: () => deps.workload.nextCheckAt(),
    },
  ],
};
