export type { Fault } from './faults.ts';
export type { InstalledApp, Workspace } from './installing.ts';
export type { ActResult } from './people/act.ts';
export type { Action } from './people/action.ts';
export type {
  ChannelState,
  HomeState,
  MessageState,
  ModalState,
  PersonState,
  State,
  TeamState,
} from './people/screen/types.ts';
export type { RecordedCall } from './record.ts';
export {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from './sandbox.ts';
export type { SavedWorld } from './state/saving.ts';
