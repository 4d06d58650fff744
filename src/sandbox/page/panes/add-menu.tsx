import { Menu } from '../menus/menu.tsx';
import { usePerson } from '../workspace/person-context.ts';

/** Starts direct messages and joins public channels. */
export function AddMenu() {
  const { team, person, act, show } = usePerson();
  const others = team.people.filter((one) => one.id !== person.id && !one.deactivated);
  const joined = new Set(person.channels.map((channel) => channel.id));
  const joinable = new Map(
    team.people
      .flatMap((one) => one.channels)
      .filter((channel) => channel.kind === 'public' && !joined.has(channel.id))
      .map((channel) => [channel.id, channel]),
  );
  const open = (name: string) => {
    void act({ do: 'open', channel: `@${name}`, wait: false });
    show({ kind: 'channel', id: `@${name}`, thread: null });
  };
  return (
    <Menu
      label="Add"
      className="sidebar-add"
      items={[
        ...others.map((one) => ({
          key: one.id,
          text: `Message ${one.name}`,
          onPick: () => open(one.name),
        })),
        ...[...joinable.values()].map((channel) => ({
          key: channel.id,
          text: `Join ${channel.name}`,
          onPick: () => {
            void act({ do: 'join', channel: channel.id });
            show({ kind: 'channel', id: channel.id, thread: null });
          },
        })),
      ]}
    >
      + Add
    </Menu>
  );
}
