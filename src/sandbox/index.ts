export type { Fault } from './faults.ts';
export type { InstalledApp, InstallRequest, Workspace } from './installing.ts';
export type { ActResult } from './people/act.ts';
export type { Action } from './people/action.ts';
export type {
  ChannelState,
  ControlState,
  HomeState,
  MessageState,
  ModalState,
  PersonState,
  State,
  TeamState,
} from './people/screen/types.ts';
export type { Problem } from './people/stage.ts';
export type { RecordedCall } from './record.ts';
export {
  type AppHooks,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from './sandbox.ts';
export type { Manifest } from './state/manifest.ts';
export type { ChannelSeed, UserSeed, WorkspaceSeed } from './state/seed.ts';
