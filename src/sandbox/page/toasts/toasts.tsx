import { useCallback, useEffect, useRef, useState } from 'react';
import { usePerson } from '../workspace/person-context.ts';

export type Complaint = { id: number; sentence: string };

let lastId = 0;

/** What the sandbox refused to do for this person, until they have read it. */
export function useComplaints() {
  const [complaints, setComplaints] = useState<Complaint[]>([]);
  const complain = useCallback((sentence: string) => {
    lastId += 1;
    const complaint = { id: lastId, sentence };
    setComplaints((before) => [...before.slice(-2), complaint]);
  }, []);
  const forget = useCallback((id: number) => {
    setComplaints((before) => before.filter((one) => one.id !== id));
  }, []);
  return { complaints, complain, forget };
}

/** Passing messages at the foot of a pane: from Slack itself, and from the sandbox. */
export function Toasts(o: { complaints: Complaint[]; onForget: (id: number) => void }) {
  const { person, act } = usePerson();
  return (
    <div className="toasts" role="alert">
      {person.toasts.map((toast) => (
        <Toast
          key={`${toast.at} ${toast.text}`}
          text={toast.text}
          onDismiss={() => void act({ do: 'dismiss', wait: false })}
        />
      ))}
      {o.complaints.map(({ id, sentence }) => (
        <Toast key={id} text={sentence} onDismiss={() => o.onForget(id)} />
      ))}
    </div>
  );
}

/** Long enough to be read twice; then it no longer covers what is below it. */
const SHOWN_MS = 10_000;

function Toast({ text, onDismiss }: { text: string; onDismiss: () => void }) {
  const dismiss = useRef(onDismiss);
  dismiss.current = onDismiss;
  useEffect(() => {
    const timer = setTimeout(() => dismiss.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="toast">
      <span>{text}</span>
      <button type="button" aria-label="Dismiss" onClick={onDismiss}>
        ×
      </button>
    </div>
  );
}
