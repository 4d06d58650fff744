import { useEffect, useState } from 'react';
import type { PersonState, TeamState } from '../../index.ts';
import { AppMenu } from '../apps/app-menu.tsx';
import { type ClockMove, moveClock, RefusedError } from '../workspace/api.ts';
import { clockText, momentText, nextHourOfDay, spanText } from '../workspace/local-time.ts';
import type { Workspace } from '../workspace/use-workspace.ts';
import { SetClock } from './set-clock.tsx';

const MORNING_HOUR = 9;

/** The workspace's clock: what time it is for both, and everything that moves it. */
export function ClockBar(o: {
  teams: TeamState[];
  team: TeamState;
  people: PersonState[];
  workspace: Workspace;
  isLost: boolean;
  onTeam: (id: string) => void;
}) {
  const nowMs = useNow(o.workspace);
  const [isMoving, setIsMoving] = useState(false);
  const [problem, setProblem] = useState('');
  const zone = o.people[0]?.zone ?? 'UTC';
  const next = o.workspace.nextEventAt;

  const move = async (to: ClockMove) => {
    setIsMoving(true);
    setProblem('');
    try {
      await moveClock(to);
    } catch (error) {
      setProblem(error instanceof RefusedError ? error.message : String(error));
    } finally {
      setIsMoving(false);
    }
  };

  return (
    <header className="clock-bar">
      <h1>
        {o.teams.length > 1 ? (
          <select
            aria-label="Workspace"
            value={o.team.id}
            onChange={(event) => o.onTeam(event.target.value)}
          >
            {o.teams.map((team) => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
          </select>
        ) : (
          o.team.name
        )}
        <small>sandbox</small>
      </h1>
      <AppMenu
        apps={o.workspace.state.apps}
        team={o.team}
        by={o.people[0]}
        onProblem={setProblem}
      />
      <ul className="clock-times" aria-label="Local times">
        {o.people.map((person) => (
          <li key={person.id}>
            <span className="clock-who">{person.name}</span>{' '}
            <time dateTime={new Date(nowMs).toISOString()}>
              {momentText(nowMs, person.zone ?? 'UTC')}
            </time>
          </li>
        ))}
      </ul>
      <fieldset className="clock-moves" aria-busy={isMoving}>
        <legend className="visually-hidden">Move the clock</legend>
        <button
          type="button"
          className="clock-next"
          disabled={isMoving || next === null}
          onClick={() => next !== null && void move({ to: later(next, nowMs) })}
        >
          Next event
          <small>
            {next === null
              ? 'nothing is planned'
              : `${clockText(next, zone)}, ${spanText(nowMs, Date.parse(next))}`}
          </small>
        </button>
        <button type="button" disabled={isMoving} onClick={() => void move({ advance: 'PT1H' })}>
          +1 h
        </button>
        <button
          type="button"
          disabled={isMoving}
          onClick={() => void move({ to: nextHourOfDay(nowMs, { zone, hour: MORNING_HOUR }) })}
        >
          Next morning
        </button>
        <SetClock nowMs={nowMs} zone={zone} isMoving={isMoving} onSet={(to) => void move({ to })} />
      </fieldset>
      <p className="clock-problem" role="alert">
        {problem || (o.isLost ? 'The sandbox does not answer. Is it still running?' : '')}
      </p>
    </header>
  );
}

/** What is overdue happens now; the clock is never asked to go back. */
function later(at: string, nowMs: number): string {
  return new Date(Math.max(Date.parse(at), nowMs)).toISOString();
}

function useNow(workspace: Workspace): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return Date.parse(workspace.state.now) + (performance.now() - workspace.receivedMs);
}
