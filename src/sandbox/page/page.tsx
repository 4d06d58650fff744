import { useState } from 'react';
import type { PersonState } from '../index.ts';
import { InstallCard } from './apps/install-card.tsx';
import { ClockBar } from './clock/clock-bar.tsx';
import { Pane } from './panes/pane.tsx';
import { PaneSwitch } from './panes/pane-switch.tsx';
import { WelcomeCard } from './welcome/welcome-card.tsx';
import { useWorkspace, type Workspace } from './workspace/use-workspace.ts';

/** The whole screen: a clock above two people at their desks. */
export function Page() {
  const { workspace, isLost } = useWorkspace();
  if (!workspace) {
    return (
      <p className="waiting" role="status">
        {isLost ? 'The sandbox does not answer. Is it still running?' : 'Opening the workspace …'}
      </p>
    );
  }
  return <Desk workspace={workspace} isLost={isLost} />;
}

const SIDES = [0, 1] as const;
type Side = (typeof SIDES)[number];

function Desk({ workspace, isLost }: { workspace: Workspace; isLost: boolean }) {
  const { teams, now } = workspace.state;
  const [teamId, setTeamId] = useState(
    () => new URLSearchParams(window.location.search).get('team') ?? '',
  );
  const [chosen, setChosen] = useState<Record<Side, string>>({ 0: '', 1: '' });
  const [front, setFront] = useState<Side>(0);
  const team = teams.find((one) => one.id === teamId) ?? teams[0];
  if (!team) {
    return (
      <p className="waiting" role="status">
        There is no workspace yet.
      </p>
    );
  }
  const people = team.people.filter((person) => !person.isBot);
  const [left, right] = pairOf(people, chosen);
  const shown = [left, right].flatMap((person) => person ?? []);
  return (
    <>
      <ClockBar
        teams={teams}
        team={team}
        people={shown}
        workspace={workspace}
        isLost={isLost}
        onTeam={setTeamId}
      />
      {team.apps.length > 0 && <WelcomeCard team={team} />}
      <InstallCard apps={workspace.state.apps} team={team} />
      <PaneSwitch people={[left, right]} front={front} onFront={setFront} />
      <main className="panes" data-front={front}>
        {SIDES.map((side) => {
          const person = side === 0 ? left : right;
          return person ? (
            <Pane
              key={`${side} ${team.id} ${person.id}`}
              side={side}
              team={team}
              person={person}
              people={people}
              nowMs={Date.parse(now)}
              onPerson={(id) => setChosen({ ...chosen, [side]: id })}
            />
          ) : null;
        })}
      </main>
    </>
  );
}

/** Who sits left and right: whoever was chosen, else the first two who can do anything. */
function pairOf(
  people: PersonState[],
  chosen: Record<Side, string>,
): [PersonState | undefined, PersonState | undefined] {
  const active = people.filter((person) => !person.deactivated);
  const left = people.find((person) => person.id === chosen[0]) ?? active[0];
  const usual = active[1] === left ? active[0] : active[1];
  const right = people.find((person) => person.id === chosen[1]) ?? usual;
  return [left, right];
}
