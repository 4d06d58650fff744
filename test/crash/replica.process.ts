// One Tandem process. Its clock is the sandbox's: the parent sends the simulated time over IPC every few
// milliseconds, so it stands still between two messages and is never ahead of Slack. What the minute tick does
// happens several times a second, because simulated minutes pass that fast. Ends with its parent.
import { setTimeout } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { startTandem, type Tandem } from '../../src/tandem.ts';

const SWEEP_EVERY_MS = 250;

let nowMs = Number(process.argv[2]);
let stopping = false;
let tandem: Tandem | undefined;

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: { nowMs: number } | 'stop') => {
  if (message === 'stop') void stop();
  else nowMs = message.nowMs;
});

async function stop(): Promise<void> {
  stopping = true;
  await tandem?.stop();
  process.exit(0);
}

try {
  tandem = await startTandem({
    environment: process.env,
    now: () => DateTime.fromMillis(nowMs, { zone: 'utc' }),
    tick: 'manual',
  });
  process.send?.({ port: tandem.port });
  while (!stopping) {
    await tandem.sweep();
    await setTimeout(SWEEP_EVERY_MS);
  }
} catch (error) {
  console.log(JSON.stringify({ level: 60, msg: String(error) }));
  process.exit(1);
}
