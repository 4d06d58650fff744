import type { App } from '@slack/bolt';

export type InFlight = {
  /** Resolves when nothing that people did is still being worked on. */
  idle(): Promise<void>;
};

/**
 * Keeps count of what is being worked on: it goes on after the acknowledgement, so nobody else waits for it. It begins
 * before the first middleware, with looking up what came before and who it is from, and ends when an error was told.
 */
export function trackListeners(app: App): InFlight {
  const running = new Set<Promise<void>>();
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const work = process(event);
    const done = work.then(
      () => {},
      () => {},
    );
    running.add(done);
    await work.finally(() => running.delete(done));
  };
  return {
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
