export type { Fault } from './faults.ts';
export type { Action, ActResult } from './people/act.ts';
export type {
  ChannelState,
  ControlState,
  HomeState,
  MessageState,
  ModalState,
  PersonState,
  State,
  TeamState,
} from './people/screen.ts';
export type { Problem } from './people/stage.ts';
export type { RecordedCall } from './record.ts';
export {
  type AppHooks,
  type InstalledApp,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type Workspace,
} from './sandbox.ts';
export type { Manifest } from './state/manifest.ts';
export type { ChannelSeed, UserSeed, WorkspaceSeed } from './state/seed.ts';
