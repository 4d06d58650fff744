import { type ReactNode, useState } from 'react';
import type { PersonState, TeamState } from '../../index.ts';
import { cityText } from '../workspace/local-time.ts';
import { STEPS, type Step, stepOf } from './steps.ts';

const KEY = 'tandem-sandbox-welcome';

/** Who and where the card speaks of. */
type Cast = { executive: PersonState; ea: PersonState; channel: string };

const WHAT_TO_DO: Record<Step, (cast: Cast) => ReactNode> = {
  propose: ({ executive, channel }) => (
    <>
      As <b>{executive.name}</b>, write <code>/ea-setup</code> in <b>{channel}</b> and propose the
      agreement.
    </>
  ),
  accept: ({ ea }) => (
    <>
      As <b>{ea.name}</b>, open the message from <b>Tandem</b> and accept.
    </>
  ),
  'check in': ({ ea }) => (
    <>
      Press <b>Next event</b> above until <b>{ea.name}</b> is asked for her check-in. As{' '}
      <b>{ea.name}</b>, start it.
    </>
  ),
  'hand over': ({ executive, ea }) => (
    <>
      As <b>{executive.name}</b>, write <code>/ea-delegate Book the flights</code>, and as{' '}
      <b>{ea.name}</b> accept the task.
    </>
  ),
  explore: () => (
    <>
      The rest has a button: open <b>Tandem</b>, then <b>Home</b>. <code>/ea</code> lists
      everything.
    </>
  ),
};

function castOf(team: TeamState): Cast | null {
  const [executive, ea] = team.people.filter((one) => !one.isBot && !one.deactivated);
  const channel = executive?.channels.find(({ kind }) => kind === 'private');
  return executive && ea && channel ? { executive, ea, channel: channel.name } : null;
}

/** What a newcomer does next: it moves on by itself, and is gone for good once dismissed. */
export function WelcomeCard({ team }: { team: TeamState }) {
  const [isOpen, setIsOpen] = useState(() => localStorage.getItem(KEY) !== 'seen');
  const cast = castOf(team);
  if (!isOpen || !cast) return null;
  const { executive, ea } = cast;
  const dismiss = () => {
    localStorage.setItem(KEY, 'seen');
    setIsOpen(false);
  };
  const step = stepOf(team);
  return (
    <aside className="welcome" aria-label="What to try">
      {step === 'propose' && (
        <p>
          <strong>Here you are both.</strong> {executive.name} is the executive, in{' '}
          {cityText(executive.zone ?? 'UTC')}. {ea.name} is her assistant, in{' '}
          {cityText(ea.zone ?? 'UTC')}. Nothing leaves this machine.
        </p>
      )}
      <p role="status">
        <strong>
          Step {STEPS.indexOf(step) + 1} of {STEPS.length}.
        </strong>{' '}
        {WHAT_TO_DO[step](cast)}
      </p>
      <button type="button" onClick={dismiss}>
        {step === 'explore' ? 'Got it' : 'Hide'}
      </button>
    </aside>
  );
}
