import { type ReactNode, useState } from 'react';
import type { TeamState } from '../../index.ts';
import { STEPS, type Step, stepOf } from './steps.ts';

const KEY = 'tandem-sandbox-welcome';

const WHAT_TO_DO: Record<Step, ReactNode> = {
  propose: (
    <>
      As <b>Dana</b>, write <code>/ea-setup</code> in <b>#dana-ana</b> and propose the agreement.
    </>
  ),
  accept: (
    <>
      As <b>Ana</b>, open the message from <b>Tandem</b> and accept.
    </>
  ),
  'check in': (
    <>
      Press <b>Next event</b> above until <b>Ana</b> is asked for her check-in. As <b>Ana</b>, start
      it.
    </>
  ),
  'hand over': (
    <>
      As <b>Dana</b>, write <code>/ea-delegate Book the flights</code>, and as <b>Ana</b> accept the
      task.
    </>
  ),
  explore: (
    <>
      The rest has a button: open <b>Tandem</b>, then <b>Home</b>. <code>/ea</code> lists
      everything.
    </>
  ),
};

/** What a newcomer does next: it moves on by itself, and is gone for good once dismissed. */
export function WelcomeCard({ team }: { team: TeamState }) {
  const [isOpen, setIsOpen] = useState(() => localStorage.getItem(KEY) !== 'seen');
  if (!isOpen) return null;
  const dismiss = () => {
    localStorage.setItem(KEY, 'seen');
    setIsOpen(false);
  };
  const step = stepOf(team);
  return (
    <aside className="welcome" aria-label="What to try">
      {step === 'propose' && (
        <p>
          <strong>Here you are both.</strong> Dana is the executive, in New York. Ana is her
          assistant, in Manila. Nothing leaves this machine.
        </p>
      )}
      <p role="status">
        <strong>
          Step {STEPS.indexOf(step) + 1} of {STEPS.length}.
        </strong>{' '}
        {WHAT_TO_DO[step]}
      </p>
      <button type="button" onClick={dismiss}>
        {step === 'explore' ? 'Got it' : 'Hide'}
      </button>
    </aside>
  );
}
