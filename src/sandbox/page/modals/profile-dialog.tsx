import { useEffect, useId, useRef, useState } from 'react';
import { Combobox } from '../controls/combobox.tsx';
import type { Offer } from '../controls/offers.ts';
import { usePerson } from '../workspace/person-context.ts';

const ZONES: Offer[] = Intl.supportedValuesOf('timeZone').map((zone) => ({
  key: zone,
  text: zone.replaceAll('_', ' '),
  answer: zone,
}));

/** Changes the time zone in somebody's Slack profile, and whether apps reach them; apps hear of it. */
export function ProfileDialog({ onDone }: { onDone: () => void }) {
  const { person, zone, act } = usePerson();
  const [chosen, setChosen] = useState(zone);
  const [refusesApps, setRefusesApps] = useState(person.refusesApps);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector('input')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const save = async () => {
    const isSame = chosen === zone && refusesApps === person.refusesApps;
    if (isSame || (await act({ do: 'profile', zone: chosen, refusesApps }))) onDone();
  };
  return (
    <div className="modal-shade">
      <div
        ref={box}
        className="modal profile"
        role="dialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <header className="modal-head">
            <h2 id={`${id}-title`}>Profile of {person.name}</h2>
          </header>
          <div className="modal-content field">
            <label htmlFor={id}>Time zone</label>
            <Combobox
              id={id}
              label={undefined}
              describedBy={undefined}
              isInvalid={false}
              placeholder="Choose a time zone"
              isMulti={false}
              canClear={false}
              most={undefined}
              selected={[{ key: chosen, text: chosen.replaceAll('_', ' '), answer: chosen }]}
              offers={ZONES}
              shortest={0}
              onSearch={undefined}
              onSelect={([offer]) => offer && setChosen(offer.answer)}
            />
          </div>
          <div className="modal-content">
            <label>
              <input
                type="checkbox"
                checked={refusesApps}
                onChange={(event) => setRefusesApps(event.target.checked)}
              />{' '}
              Apps cannot send me direct messages, as with some guests
            </label>
          </div>
          <footer className="modal-foot">
            <button type="button" className="button" onClick={onDone}>
              Cancel
            </button>
            <button type="submit" className="button primary">
              Save
            </button>
          </footer>
        </form>
      </div>
    </div>
  );
}
