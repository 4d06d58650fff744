import type { DateTime } from 'luxon';
import type { Role } from '../../pairs/index.ts';
import type { DelegationState } from './delegation.ts';
import { type Change, isStep, undoOf } from './history.ts';
import { type Step, stateAfter } from './steps.ts';

/** What can be pressed. */
export type Pressed = Step | 'undo' | 'delete' | 'restore';

export type Verdict =
  | { type: 'change'; to: DelegationState }
  /** A copy of a press that was done already: nothing is left to do. */
  | { type: 'repeat' }
  /** The button was drawn before something else happened. */
  | { type: 'changed' }
  /** It cannot be done from here. */
  | { type: 'impossible' }
  | { type: 'no_undo'; because: 'nothing' | 'other_person' | 'too_late' };

/** What comes of a press on a button that was drawn at `version`: the only place that decides. */
export function judgePress(
  current: { state: DelegationState; version: number; isDeleted: boolean },
  history: readonly Change[],
  press: { pressed: Pressed; role: Role; userId: string; version: number; now: DateTime },
): Verdict {
  const { state, version, isDeleted } = current;
  const { pressed, role, userId } = press;
  const last = history.at(-1);
  const isSame = last?.step === pressed && last.byId === userId;
  if (isSame && press.version === version - 1) return { type: 'repeat' };
  if (press.version !== version) return { type: 'changed' };
  if (pressed === 'delete' || pressed === 'restore')
    return isDeleted === (pressed === 'restore')
      ? { type: 'change', to: state }
      : { type: 'impossible' };
  if (isDeleted) return { type: 'impossible' };
  if (pressed === 'undo') {
    const undo = undoOf(last, press);
    return undo.ok ? { type: 'change', to: undo.to } : { type: 'no_undo', because: undo.because };
  }
  const to = isStep(pressed) ? stateAfter(state, { step: pressed, role }) : null;
  return to ? { type: 'change', to } : { type: 'impossible' };
}
