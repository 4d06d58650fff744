/** Settles with the first truthy answer, asked again whenever a waker says so. */
export function until<T>(
  wakers: ((wake: () => void) => () => void)[],
  o: { condition: () => T; timeoutMs: number },
): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      settle();
    };
    const check = () => {
      try {
        const value = o.condition();
        if (value) finish(() => resolve(value));
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const stops = wakers.map((waker) => waker(check));
    const timer = setTimeout(
      () =>
        finish(() => reject(new Error(`not so within ${o.timeoutMs} ms: ${String(o.condition)}`))),
      o.timeoutMs,
    );
    check();
  });
}
