import { DateTime } from 'luxon';
import { SandboxError } from './errors.ts';

export type Clock = {
  /** The simulated instant, in UTC. */
  now(): DateTime<true>;
  /** Simulated milliseconds since the epoch. */
  nowMs(): number;
  /** Real milliseconds since an arbitrary start; never jumps. */
  realMs(): number;
  /** Moves forward to `at`; an instant that has passed is refused. */
  moveTo(at: DateTime): void;
  /** Stops the clock from running on by itself until the returned function is called. */
  hold(): () => void;
};

/** A simulated clock that starts at `startAt` and runs on with real time when `running`. */
export function createClock(options: {
  startAt?: DateTime;
  running: boolean;
  /** Real milliseconds; the machine's own unless a test brings its own. */
  realMs?: () => number;
}): Clock {
  const realMs = options.realMs ?? (() => performance.now());
  let baseMs = options.startAt?.toMillis() ?? DateTime.utc().toMillis();
  let baseRealMs = realMs();
  let holds = options.running ? 0 : 1;

  const nowMs = () => (holds > 0 ? baseMs : baseMs + Math.floor(realMs() - baseRealMs));
  const rebase = (ms: number) => {
    baseMs = ms;
    baseRealMs = realMs();
  };

  return {
    now: () => DateTime.fromMillis(nowMs(), { zone: 'utc' }) as DateTime<true>,
    nowMs,
    realMs,
    moveTo(at) {
      if (!at.isValid) throw new SandboxError('bad_clock', 'That is not a time.');
      const current = nowMs();
      if (at.toMillis() < current) {
        const shown = DateTime.fromMillis(current, { zone: 'utc' }).toISO();
        throw new SandboxError(
          'clock_backwards',
          `The clock cannot be set backwards: it shows ${shown}, asked for was ${at.toUTC().toISO()}.`,
        );
      }
      rebase(at.toMillis());
    },
    hold() {
      rebase(nowMs());
      holds += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        rebase(nowMs());
        holds -= 1;
        baseRealMs = realMs();
      };
    },
  };
}

/** Real Unix seconds, for signatures: receivers compare them with their own clock. */
export function realUnixSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
