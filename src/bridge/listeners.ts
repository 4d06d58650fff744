import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { type CommandCall, onCommand, onPress } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { prepareBridges } from './flows/overview.ts';
import { buildBridgeModal, OPEN_BRIDGE } from './views/bridge.ts';

export function registerBridgeListeners(app: App, deps: Deps): void {
  const open = async (o: Pick<CommandCall, 'caller' | 'client' | 'triggerId'>) => {
    const { caller, client, triggerId } = o;
    const build = async () => buildBridgeModal(await prepareBridges(deps, caller));
    await openModal({ client, triggerId, title: 'Shared time', build });
  };

  onCommand(app, '/ea-bridge', open);
  onPress(app, { actionId: OPEN_BRIDGE, value: z.object({}), handle: open });
}
