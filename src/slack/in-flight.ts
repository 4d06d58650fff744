import type { App } from '@slack/bolt';

export type InFlight = {
  /** Resolves when nothing that people did is still being worked on. */
  idle(): Promise<void>;
};

/** Keeps count of listeners at work: they go on after the acknowledgement, so nobody else waits for them. */
export function trackListeners(app: App): InFlight {
  const running = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = Promise.withResolvers<void>();
    running.add(work.promise);
    try {
      await next();
    } finally {
      running.delete(work.promise);
      work.resolve();
    }
  });
  return {
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
