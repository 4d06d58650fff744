import type { PersonState, State, TeamState } from '../../index.ts';
import { Menu, type MenuItem } from '../menus/menu.tsx';
import { RefusedError, sendAction } from '../workspace/api.ts';

/** Brings apps that have an install page into the workspace, and takes them out. */
export function AppMenu(o: {
  apps: State['apps'];
  team: TeamState;
  by: PersonState | undefined;
  onProblem: (sentence: string) => void;
}) {
  const { team, by } = o;
  const remove = async (app: string, user: string) => {
    try {
      await sendAction({ do: 'uninstall', app, team: team.id, user });
      o.onProblem('');
    } catch (error) {
      o.onProblem(error instanceof RefusedError ? error.message : String(error));
    }
  };
  const items = o.apps.flatMap(({ id, name, installUrl }): MenuItem[] => {
    if (installUrl === null || !by) return [];
    const isThere = team.apps.some((app) => app.id === id);
    const install = {
      key: `install ${id}`,
      text: isThere ? `Install ${name} again` : `Install ${name}`,
      onPick: () => window.location.assign(installUrl),
    };
    if (!isThere) return [install];
    const text = `Remove ${name} from ${team.name}`;
    return [install, { key: id, text, isDanger: true, onPick: () => void remove(name, by.id) }];
  });
  return (
    <Menu label="Apps of this workspace" className="clock-apps" items={items}>
      Apps
    </Menu>
  );
}
