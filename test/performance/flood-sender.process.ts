import { Agent } from 'node:http';
import { setPriority } from 'node:os';
import { sendCommand, sendSteadily } from './commands.ts';

// One person who floods, in a process of its own that gives way: on a machine with few cores its work would else count
// as the app's. Begins at SIGUSR2, and says how many commands were answered in how many seconds.
const [port, perSecond, seconds] = process.argv.slice(2, 5).map(Number);
const [slackUrl = ''] = process.argv.slice(5);
const LESS_THAN_OTHERS = 10;
setPriority(LESS_THAN_OTHERS);
const agent = new Agent({ keepAlive: true });
const to = { agent, port: port ?? 0, slackUrl, team: 'T0FLOOD', user: 'U0FLOOD' };

process.on('SIGUSR2', () => {
  const started = performance.now();
  const sending = sendSteadily({
    perSecond: perSecond ?? 0,
    seconds: seconds ?? 0,
    send: () => sendCommand(to),
  });
  void sending.then(({ length: answered }) => {
    console.log(JSON.stringify({ answered, seconds: (performance.now() - started) / 1000 }));
  });
});
process.once('SIGTERM', () => process.exit(0));
console.log('ready');
setInterval(() => {}, 60_000);
