import type { Pair } from '../../pairs/index.ts';
import { option } from '../../slack/blocks.ts';
import type { DelegationLevel, DelegationState, Priority } from '../domain/delegation.ts';
import type { ChangeStep } from '../domain/history.ts';
import type { Step } from '../domain/steps.ts';

type Names = { executive: Pick<Pair['executive'], 'name'>; ea: Pick<Pair['ea'], 'name'> };

const PRIORITY_NAMES: Record<Priority, string> = { 1: 'Urgent', 2: 'High', 3: 'Normal', 4: 'Low' };

export function priorityName(priority: Priority): string {
  return PRIORITY_NAMES[priority];
}

const LEVEL_NAMES: Record<DelegationLevel, string> = {
  do: 'Do it, then tell me',
  propose: 'Propose first, then do it',
  ask: 'Ask me before each step',
};

export function levelName(level: DelegationLevel): string {
  return LEVEL_NAMES[level];
}

export const PRIORITY_OPTIONS = ([1, 2, 3, 4] as const).map((one) =>
  option(`${one} - ${PRIORITY_NAMES[one]}`, String(one)),
);

export const LEVEL_OPTIONS = (['do', 'propose', 'ask'] as const).map((one) =>
  option(LEVEL_NAMES[one], one),
);

/** What a state says to people, with the name of whom it waits for. Not escaped. */
export function stateName(state: DelegationState, { executive, ea }: Names): string {
  switch (state) {
    case 'new':
      return `New, waits for ${ea.name} to accept`;
    case 'question':
      return `Question for ${executive.name}`;
    case 'accepted':
      return 'Accepted';
    case 'in_progress':
      return 'In progress';
    case 'waiting_executive':
      return `Waiting for ${executive.name}`;
    case 'waiting_third':
      return 'Waiting for somebody else';
    case 'delivered':
      return `Delivered, waits for ${executive.name} to check`;
    case 'done':
      return 'Done';
    case 'reopened':
      return 'Reopened';
    case 'wont_do':
      return 'Will not be done';
  }
}

const BUTTONS: Record<Step, string> = {
  accept: 'Accept',
  ask: 'Ask a question…',
  answer: 'Answer…',
  start: 'Start',
  wait_executive: 'Wait for executive…',
  wait_third: 'Wait for others…',
  resume: 'Carry on',
  deliver: 'Deliver',
  approve: 'Done',
  reopen: 'Reopen…',
  drop: 'Will not be done…',
};

/** A button that opens a question first ends in an ellipsis. */
export function stepButton(step: Step): string {
  return BUTTONS[step];
}

const DEEDS: Record<ChangeStep, string> = {
  create: 'handed it over',
  accept: 'accepted it',
  ask: 'asked',
  answer: 'answered',
  start: 'started',
  wait_executive: 'waits for the executive',
  wait_third: 'waits for somebody else',
  resume: 'carried on',
  deliver: 'delivered it',
  approve: 'marked it as done',
  reopen: 'reopened it',
  drop: 'said that it will not be done',
  edit: 'changed it',
  undo: 'took the last step back',
  delete: 'deleted it',
  restore: 'restored it',
};

/** Follows a person's name: 'accepted it'. */
export function deed(step: ChangeStep): string {
  return DEEDS[step];
}
