import { useEffect, useRef, useState } from 'react';

/**
 * What a person chose, shown at once: the sandbox answers a moment later, and the next choice may
 * come before that. `key` tells one saved value from another.
 */
export function useChosen<T>(saved: T, key: string) {
  const [local, setLocal] = useState<{ value: T } | null>(null);
  const pending = useRef(0);

  useEffect(() => {
    if (pending.current === 0) setLocal(null);
  }, [key]);

  return {
    chosen: local ? local.value : saved,
    /** `hand` answers false when it was not taken; then the saved value shows again. */
    async choose(value: T, hand: () => Promise<boolean>): Promise<void> {
      setLocal({ value });
      pending.current += 1;
      const isTaken = await hand();
      pending.current -= 1;
      if (!isTaken) setLocal(null);
    },
  };
}
