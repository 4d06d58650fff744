import { DateTime } from 'luxon';
import type { Sandbox } from '../../src/sandbox/index.ts';

const STEP_MS = 20;

export type FastClock = {
  /** Simulated milliseconds that pass in each real one; 0 stands still. */
  setSpeed(speed: number): void;
  /** Sets the clock forward at once; what was due in between is late. */
  jumpTo(at: DateTime): void;
  stop(): void;
};

/** Moves the sandbox's clock faster than real time and tells everybody who follows it. */
export function driveClock(o: { sandbox: Sandbox; tell: (nowMs: number) => void }): FastClock {
  const { sandbox } = o;
  let speed = 0;
  let last = performance.now();
  const move = (at: DateTime) => {
    sandbox.jumpTo(at);
    o.tell(sandbox.now().toMillis());
  };
  const timer = setInterval(() => {
    const passed = (performance.now() - last) * speed;
    last = performance.now();
    move(sandbox.now().plus({ milliseconds: Math.floor(passed) }));
  }, STEP_MS);
  return {
    setSpeed(wanted) {
      last = performance.now();
      speed = wanted;
    },
    jumpTo: (at) => move(DateTime.max(at, sandbox.now())),
    stop: () => clearInterval(timer),
  };
}
