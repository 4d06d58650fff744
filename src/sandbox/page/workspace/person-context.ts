import type { ConfirmationDialog } from '@slack/types';
import { createContext, useContext } from 'react';
import type { Action, ActResult, PersonState, TeamState } from '../../index.ts';

type WithoutWho<T> = T extends unknown ? Omit<T, 'team' | 'user'> : never;

/** Something to do, without who does it. */
export type Deed = WithoutWho<Action>;

/** What everything inside one person's pane needs. */
export type PersonContextValue = {
  team: TeamState;
  person: PersonState;
  nowMs: number;
  zone: string;
  /** Null when the sandbox refused; the person has then been told why. */
  act(deed: Deed): Promise<ActResult | null>;
  /** Asks in front of everything else; true when the person agrees. */
  ask(question: ConfirmationDialog): Promise<boolean>;
  show(place: Place): void;
};

/** What a pane shows beside its list of channels. */
export type Place =
  /** A channel by its id, or by its name while it is being made. */
  { kind: 'channel'; id: string; thread: string | null } | { kind: 'home'; app: string };

export const PersonContext = createContext<PersonContextValue | null>(null);

export function usePerson(): PersonContextValue {
  const value = useContext(PersonContext);
  if (!value) throw new Error('this belongs inside a pane');
  return value;
}
