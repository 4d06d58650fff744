import type { App, Context } from '@slack/bolt';

export type InFlight = {
  /** Resolves when nothing that people did is still being worked on. */
  idle(): Promise<void>;
};

const FINISH = 'finishInFlight';

/**
 * Keeps count of listeners at work: they go on after the acknowledgement, so nobody else waits for them. One that
 * fails is at work until its error has been told, see `finishInFlight`.
 */
export function trackListeners(app: App): InFlight {
  const running = new Set<Promise<void>>();
  app.use(async ({ context, next }) => {
    const work = Promise.withResolvers<void>();
    running.add(work.promise);
    context[FINISH] = () => {
      running.delete(work.promise);
      work.resolve();
    };
    await next();
    finishInFlight(context);
  });
  return {
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Says that nothing more will be done about this event, after its error was told. */
export function finishInFlight(context: Context): void {
  const finish = context[FINISH] as (() => void) | undefined;
  finish?.();
}
