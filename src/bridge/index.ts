import type { Feature } from '../feature.ts';
import { showInHome } from './flows/overview.ts';
import { registerBridgeListeners } from './listeners.ts';
import { OPEN_BRIDGE } from './views/bridge.ts';

export { handoffKind, handoffRoutine } from './flows/handoff.ts';

/** What two people in two time zones share of their days, and what one hands over to the other. */
export const bridge: Feature = {
  name: 'bridge',
  help: [
    {
      command: '/ea-bridge',
      does: 'see when both of you work, today and next, and what the clocks will change',
      button: {
        text: 'Shared time',
        actionId: OPEN_BRIDGE,
        needs: 'leave.read',
        group: 'time',
        rank: 1,
      },
    },
  ],
  home: showInHome,
  register: registerBridgeListeners,
};
