import type { PersonState } from '../../index.ts';

type Side = 0 | 1;

/** Chooses who is seen where there is room for one only. */
export function PaneSwitch(o: {
  people: [PersonState | undefined, PersonState | undefined];
  front: Side;
  onFront: (side: Side) => void;
}) {
  return (
    <nav className="pane-switch" aria-label="Who is shown">
      {([0, 1] as const).map((side) => {
        const person = o.people[side];
        if (!person) return null;
        const unread = person.channels.reduce((sum, channel) => sum + channel.unread, 0);
        return (
          <button
            key={side}
            type="button"
            aria-pressed={o.front === side}
            onClick={() => o.onFront(side)}
          >
            {person.name}
            {unread > 0 && (
              <span className="badge">
                {unread}
                <span className="visually-hidden"> unread</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
