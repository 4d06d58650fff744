import type { ChannelState } from '../../index.ts';
import { type Place, usePerson } from '../workspace/person-context.ts';
import { AddMenu } from './add-menu.tsx';

/** Channels, people and apps of one person, with what is unread. */
export function Sidebar({ place, current }: { place: Place; current: ChannelState | undefined }) {
  const { team, person, act, show } = usePerson();
  const appNames = team.apps.map((app) => `@${app.name}`);
  const isApp = (channel: ChannelState) => channel.kind === 'im' && appNames.includes(channel.name);
  const rooms = person.channels.filter(({ kind }) => kind === 'public' || kind === 'private');
  const talks = person.channels.filter(
    (channel) => channel.kind === 'mpim' || (channel.kind === 'im' && !isApp(channel)),
  );

  const item = (channel: ChannelState, isCurrent: boolean) => (
    <SidebarItem
      key={channel.id}
      name={channel.kind === 'im' ? channel.name.slice(1) : channel.name.replace(/^#/, '')}
      kind={channel.kind}
      unread={isCurrent ? 0 : channel.unread}
      isCurrent={isCurrent}
      onOpen={() => {
        show({ kind: 'channel', id: channel.id, thread: null });
        void act({ do: 'open', channel: channel.id, wait: false });
      }}
    />
  );
  const isShown = (channel: ChannelState) => place.kind === 'channel' && channel === current;

  return (
    <nav className="sidebar" aria-label={`Channels of ${person.name}`}>
      <SidebarGroup title="Channels">
        {rooms.map((channel) => item(channel, isShown(channel)))}
      </SidebarGroup>
      <SidebarGroup title="Direct messages">
        {talks.map((channel) => item(channel, isShown(channel)))}
      </SidebarGroup>
      <SidebarGroup title="Apps">
        {team.apps.map((app) => {
          const channel = person.channels.find((one) => one.name === `@${app.name}`);
          const isHome = place.kind === 'home' && place.app === app.id;
          if (channel && !isHome) return item(channel, isShown(channel));
          return (
            <SidebarItem
              key={app.id}
              name={app.name}
              kind="im"
              unread={channel?.unread ?? 0}
              isCurrent={isHome}
              onOpen={() => {
                if (app.hasHome) {
                  show({ kind: 'home', app: app.id });
                  void act({ do: 'open_home', app: app.id });
                } else {
                  show({ kind: 'channel', id: `@${app.name}`, thread: null });
                  void act({ do: 'open', channel: `@${app.name}` });
                }
              }}
            />
          );
        })}
      </SidebarGroup>
      <AddMenu />
    </nav>
  );
}

function SidebarGroup({ title, children }: { title: string; children: React.ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </>
  );
}

function SidebarItem(o: {
  name: string;
  kind: ChannelState['kind'];
  unread: number;
  isCurrent: boolean;
  onOpen: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        className={o.unread > 0 ? 'unread' : ''}
        aria-current={o.isCurrent ? 'page' : undefined}
        onClick={o.onOpen}
      >
        <span className="sidebar-mark" aria-hidden="true">
          {o.kind === 'public' ? '#' : o.kind === 'private' ? <Lock /> : <Dot />}
        </span>
        <span className="sidebar-name">{o.name}</span>
        {o.unread > 0 && (
          <span className="badge">
            {o.unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}

function Lock() {
  return (
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path
        d="M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
    </svg>
  );
}

function Dot() {
  return (
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
}
