import type { Feature } from '../feature.ts';
import { sweepDecisions } from './flows/clock.ts';
import { showInHome } from './flows/home.ts';
import { registerDecisionListeners } from './listeners.ts';
import { OPEN_FORM } from './views/form.ts';
import { OPEN_LIST } from './views/list.ts';
import { DECISION_RECORDS } from './views/records.ts';

export { choiceText, type Decision, decisionMark } from './domain/decision.ts';
export { askFromCheckin } from './flows/checkin.ts';
export { createDecisionStore, type DecisionStore } from './store/decisions.ts';

/** What the EA needs answered by the executive, and how long the EA waits for it. */
export const decisions: Feature = {
  name: 'decisions',
  records: DECISION_RECORDS,
  help: [
    {
      command: '/ea-decide',
      does: 'ask your executive for a decision: `/ea-decide Should I book the earlier flight?`',
      button: {
        text: 'Ask for a decision',
        actionId: OPEN_FORM,
        needs: 'decisions.ask',
        group: 'follow',
        rank: 2,
      },
    },
    {
      command: '/ea-decide list',
      does: 'see what waits for an answer, and answer it',
      button: {
        text: 'Decisions',
        actionId: OPEN_LIST,
        needs: 'decisions.read',
        group: 'follow',
        rank: 4,
      },
    },
  ],
  register: registerDecisionListeners,
  home: showInHome,
  sweeps: (deps) => [
    {
      name: 'decisions.clock',
      run: () => sweepDecisions(deps),
      nextAt: () => deps.decisions.nextAt(),
    },
  ],
};
