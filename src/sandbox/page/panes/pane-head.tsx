import type { PersonState } from '../../index.ts';
import { Avatar } from '../messages/avatar.tsx';
import { usePerson } from '../workspace/person-context.ts';
import { ProfileMenu } from './profile-menu.tsx';

/** Who sits here, changeable to anybody else. */
export function PaneHead(o: {
  people: PersonState[];
  isListOpen: boolean;
  onPerson: (id: string) => void;
  onList: () => void;
}) {
  const { person } = usePerson();
  const unread = person.channels.reduce((sum, channel) => sum + channel.unread, 0);
  return (
    <div className="pane-head">
      <button
        type="button"
        className="pane-list"
        aria-expanded={o.isListOpen}
        onClick={() => o.onList()}
      >
        Channels
        {unread > 0 && (
          <span className="badge">
            {unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
      <Avatar id={person.id} name={person.name} isBot={false} />
      <label className="pane-person">
        <span className="visually-hidden">Person in this pane</span>
        <select value={person.id} onChange={(event) => o.onPerson(event.target.value)}>
          {o.people.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
              {one.deactivated ? ' (deactivated)' : ''}
            </option>
          ))}
        </select>
      </label>
      <span className="pane-title">{person.realName}</span>
      <ProfileMenu />
    </div>
  );
}
