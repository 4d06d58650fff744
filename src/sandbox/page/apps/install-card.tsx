import type { State, TeamState } from '../../index.ts';

/** The way to the install page of an app that is not in this workspace. */
export function InstallCard({ apps, team }: { apps: State['apps']; team: TeamState }) {
  const missing = apps.filter((app) => !team.apps.some(({ id }) => id === app.id));
  return missing.map(({ id, name, installUrl }) =>
    installUrl === null ? null : (
      <aside key={id} className="welcome" aria-label={`${name} is not installed`}>
        <p>
          <strong>
            {name} is not in {team.name}.
          </strong>{' '}
          Its install page leads to one of this sandbox, where you choose the workspace and what{' '}
          {name} may do. Then bring it into the channel with <code>/invite @{name}</code>.
        </p>
        <a className="button" href={installUrl}>
          Install {name}
        </a>
      </aside>
    ),
  );
}
