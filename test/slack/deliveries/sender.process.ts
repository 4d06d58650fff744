import { DateTime } from 'luxon';
import { pino } from 'pino';
import { openDatabase } from '../../../src/database/index.ts';
import { createJobs, handleBatch } from '../../../src/jobs/index.ts';
import { createSlackClients } from '../../../src/slack/clients.ts';
import { sendJob } from '../../../src/slack/deliveries/job.ts';
import { createPump } from '../../../src/slack/deliveries/pump.ts';

// One replica of the sender. Says 'sending' when it runs, stops on SIGTERM and then says 'stopped'.
const [url = '', apiUrl = '', workspaceId = '', botToken = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const now = () => DateTime.utc();
const database = await openDatabase({ url, dataDir: '', log, now });
const jobs = createJobs({ database, log });
const installation = {
  workspaceId,
  workspaceName: '',
  botToken,
  botId: '',
  botUserId: '',
  scopes: [],
};
const slack = createSlackClients({
  apiUrl,
  installations: { find: () => Promise.resolve(installation) },
});
const pump = createPump({ database, slack, jobs, now, log });
const handler = handleBatch(sendJob, (items) =>
  Promise.resolve(items.map(() => ({ status: 'fulfilled', value: pump.wake() }))),
);
await jobs.start({ handlers: [handler], sweeps: [], tick: 'manual' });
pump.wake();
console.log('sending');
// The timers of the pump keep no process alive.
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  clearInterval(alive);
  void pump
    .stop()
    .then(() => jobs.stop())
    .then(() => database.close())
    .then(() => {
      console.log('stopped');
      process.exit(0);
    });
});
