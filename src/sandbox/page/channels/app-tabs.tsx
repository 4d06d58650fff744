import type { TeamState } from '../../index.ts';
import { usePerson } from '../workspace/person-context.ts';

/** Home and messages of an app that has both. */
export function AppTabs({
  app,
  front,
}: {
  app: TeamState['apps'][number];
  front: 'home' | 'messages';
}) {
  const { person, act, show } = usePerson();
  if (!app.hasHome) return null;
  const name = `@${app.name}`;
  const channel = person.channels.find((one) => one.kind === 'im' && one.name === name)?.id ?? name;
  return (
    <div className="app-tabs">
      <button
        type="button"
        aria-pressed={front === 'home'}
        onClick={() => {
          show({ kind: 'home', app: app.id });
          void act({ do: 'open_home', app: app.id });
        }}
      >
        Home
      </button>
      <button
        type="button"
        aria-pressed={front === 'messages'}
        onClick={() => {
          show({ kind: 'channel', id: channel, thread: null });
          void act({ do: 'open', channel, wait: false });
        }}
      >
        Messages
      </button>
    </div>
  );
}
