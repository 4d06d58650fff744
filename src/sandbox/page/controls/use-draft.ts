import { useEffect, useRef, useState } from 'react';
import { useSurface } from './surface.tsx';

/**
 * A text that a person is typing. It is handed over when they leave the field, or before the form
 * is submitted, or `afterMs` after the last change where that is asked.
 */
export function useDraft(o: {
  name: string;
  saved: string;
  handOver: (text: string) => Promise<unknown>;
  afterMs?: number;
}) {
  const surface = useSurface();
  const [draft, setDraft] = useState<{ text: string; isDirty: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // What the app or the sandbox set since wins over a text that was handed over before.
  useEffect(() => setDraft((before) => (before?.isDirty ? before : null)), [o.saved]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const commitText = async (text: string) => {
    clearTimeout(timer.current);
    surface.drafts.delete(o.name);
    setDraft({ text, isDirty: false });
    if (text !== o.saved) await o.handOver(text);
  };
  return {
    text: draft?.text ?? o.saved,
    change(text: string) {
      setDraft({ text, isDirty: true });
      surface.drafts.set(o.name, () => commitText(text));
      clearTimeout(timer.current);
      if (o.afterMs !== undefined)
        timer.current = setTimeout(() => void commitText(text), o.afterMs);
    },
    commit: () => (draft?.isDirty ? commitText(draft.text) : Promise.resolve()),
  };
}
