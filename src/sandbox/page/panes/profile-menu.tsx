import { useState } from 'react';
import { ProfileDialog } from '../modals/profile-dialog.tsx';
import { cityText, clockText } from '../workspace/local-time.ts';
import { usePerson } from '../workspace/person-context.ts';

/** Where the person is, and a way to be somewhere else. */
export function ProfileMenu() {
  const { person, zone, nowMs } = usePerson();
  const [isOpen, setIsOpen] = useState(false);
  const city = cityText(zone);
  return (
    <>
      <button
        type="button"
        className="pane-profile"
        aria-haspopup="dialog"
        aria-label={`Profile of ${person.name}, in ${city}, ${clockText(nowMs, zone)}`}
        onClick={() => setIsOpen(true)}
      >
        {city}
      </button>
      {isOpen && <ProfileDialog onDone={() => setIsOpen(false)} />}
    </>
  );
}
