import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { fieldInstant, fieldText } from '../workspace/local-time.ts';

/** Sets the clock to any later date and time, in the zone of the person on the left. */
export function SetClock(o: {
  nowMs: number;
  zone: string;
  isMoving: boolean;
  onSet: (at: string) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const at = text === null ? null : fieldInstant(text, o.zone);
  const close = () => {
    setText(null);
    opener.current?.focus();
  };
  return (
    <div
      className="clock-set"
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape' && text !== null) close();
      }}
    >
      <button
        ref={opener}
        type="button"
        aria-expanded={text !== null}
        aria-controls={text === null ? undefined : id}
        disabled={o.isMoving}
        onClick={() => setText(text === null ? fieldText(o.nowMs, o.zone) : null)}
      >
        Set time
      </button>
      {text !== null && (
        <form
          id={id}
          onSubmit={(event) => {
            event.preventDefault();
            if (at === null) return;
            o.onSet(at);
            close();
          }}
        >
          <label>
            Date and time in {o.zone.split('/').at(-1)?.replaceAll('_', ' ')}
            <input
              ref={(field) => field?.focus()}
              type="datetime-local"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button type="submit" className="button primary" disabled={at === null}>
            Move the clock
          </button>
        </form>
      )}
    </div>
  );
}
