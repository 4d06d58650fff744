import { useEffect, useState } from 'react';
import type { State } from '../../index.ts';
import { getClock, getState } from './api.ts';

export type Workspace = {
  state: State;
  nextEventAt: string | null;
  /** Milliseconds of `performance.now()` at which the state came. */
  receivedMs: number;
};

const SHORTEST_PAUSE_MS = 120;

/** What everybody sees, kept up to date by server-sent events. `isLost` while the sandbox does not answer. */
export function useWorkspace(): { workspace: Workspace | null; isLost: boolean } {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  const [isLost, setIsLost] = useState(false);

  useEffect(() => {
    let isLoading = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const load = async () => {
      if (isLoading) {
        isStale = true;
        return;
      }
      isLoading = true;
      isStale = false;
      try {
        const [state, clock] = await Promise.all([getState(), getClock()]);
        setWorkspace({ state, nextEventAt: clock.nextEventAt, receivedMs: performance.now() });
        setIsLost(false);
      } catch {
        setIsLost(true);
      }
      timer = setTimeout(() => {
        isLoading = false;
        if (isStale) void load();
      }, SHORTEST_PAUSE_MS);
    };

    const events = new EventSource('/_sandbox/events');
    events.addEventListener('open', () => void load());
    events.addEventListener('message', () => void load());
    events.addEventListener('error', () => setIsLost(true));
    return () => {
      clearTimeout(timer);
      events.close();
    };
  }, []);

  return { workspace, isLost };
}
