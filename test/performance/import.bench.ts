import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { DateTime } from 'luxon';
import { IMPORT_MODAL } from '../../src/delegations/views/import/form.ts';
import { CONFIRM_IMPORT } from '../../src/delegations/views/import/messages.ts';
import { startTandem } from '../../src/tandem.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import { BOT_TOKEN, SECRET, sendSigned, startSlack, WORKSPACE } from './commands.ts';
import type { Measurement } from './measurement.ts';
import { createPair, type Owner } from './tasks-seed.ts';

const LINES = 10_000;
const GOAL_SECONDS = 20;
const GIVE_UP_MS = 120_000;

/** As people fill in such a file: nearly every field of every line. */
function writeFile(): string {
  const today = DateTime.utc();
  const header = 'title,definition of done,due,priority,level,category,estimate,instructions,id';
  const lines = Array.from({ length: LINES }, (_, n) => {
    const due = today.plus({ days: 1 + (n % 200) }).toISODate();
    const time = `${10 + (n % 8)}:30`;
    return `"Task ${n}, with the team",Receipts in the folder,${due} ${time},${1 + (n % 4)},do,Travel,45 min,https://example.com/sop/${n % 30},A-${n}`;
  });
  return [header, ...lines].join('\n');
}

/**
 * A file of 10,000 lines, from the form that names it to the message that all are tasks, in the whole product over
 * signed HTTP with Slack's limits kept: the file is fetched, checked, shown, confirmed at once, and written.
 */
export async function run(): Promise<Measurement[]> {
  const file = writeFile();
  const shown: string[] = [];
  const waiting = new Set<() => void>();
  const slack = await startSlack(({ path, body }) => {
    if (path === '/file') return file;
    if (path.endsWith('/files.info')) {
      const url = `${slack.url}/file`;
      return { file: { user: owner.userId, size: file.length, url_private_download: url } };
    }
    if (!/chat\.(postMessage|update)$/.test(path)) return;
    shown.push(new URLSearchParams(body).get('text') ?? '');
    for (const look of waiting) look();
    return { channel: 'D1BENCH', ts: '1.1' };
  });
  const said = async (words: string): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => shown.some((text) => text.includes(words)) && resolve();
    const timer = setTimeout(() => reject(new Error(`nobody was told: ${words}`)), GIVE_UP_MS);
    waiting.add(look);
    look();
    await promise.finally(() => clearTimeout(timer));
    waiting.delete(look);
  };
  const database = await createPostgresDatabase();
  const owner = await createPair(database, 'U1');
  const tandem = await startTandem({
    environment: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: `${slack.url}/api/`,
      DATABASE_URL: database.url,
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
    now: () => DateTime.utc(),
  });
  const agent = new Agent({ keepAlive: true });
  const send = async (payload: object) => {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    await sendSigned({ agent, port: tandem.port }, body);
  };
  try {
    const cpu = process.cpuUsage();
    const started = performance.now();
    await send(chooseFile(owner));
    await said('Nothing is written yet.');
    const checked = performance.now();
    const { id } = await database.prisma.delegationImport.findFirstOrThrow();
    await send(confirm({ owner, id, slackUrl: slack.url }));
    await said('are imported');
    const ended = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const written = await database.prisma.delegation.count();
    if (written !== LINES) throw new Error(`${written} were written`);
    const seconds = (ended - started) / 1000;
    return [
      {
        name: `${LINES} lines are tasks, from the choice of the file to the message about it`,
        value: seconds,
        unit: 's',
        goal: `under ${GOAL_SECONDS} s`,
        met: seconds < GOAL_SECONDS,
      },
      { name: 'of which until its preview', value: (checked - started) / 1000, unit: 's' },
      {
        name: 'messages about how far it is, on the way to the preview',
        value: shown.filter((text) => text.includes('lines are checked')).length,
        unit: 'messages',
        goal: 'at least 1',
        met: shown.some((text) => text.includes('lines are checked')),
      },
      {
        name: 'processor time of the importing process',
        value: (user + system) / 1_000_000,
        unit: 's',
      },
    ];
  } finally {
    agent.destroy();
    await tandem.stop();
    await database.close();
    slack.stop();
  }
}

function chooseFile({ userId }: Owner): object {
  const files = [{ id: 'F1BENCH', name: 'tasks.csv' }];
  return {
    type: 'view_submission',
    team: { id: WORKSPACE.team_id, domain: 'bench' },
    user: { id: userId, username: 'dana', team_id: WORKSPACE.team_id },
    api_app_id: 'A1BENCH',
    trigger_id: randomUUID(),
    view: {
      id: 'V1BENCH',
      team_id: WORKSPACE.team_id,
      type: 'modal',
      callback_id: IMPORT_MODAL,
      private_metadata: '',
      hash: '1.1',
      state: { values: { file: { file: { type: 'file_input', files } } } },
    },
  };
}

function confirm(o: { owner: Owner; id: string; slackUrl: string }): object {
  const value = JSON.stringify({ id: o.id });
  return {
    type: 'block_actions',
    team: { id: WORKSPACE.team_id, domain: 'bench' },
    user: { id: o.owner.userId, username: 'dana', team_id: WORKSPACE.team_id },
    api_app_id: 'A1BENCH',
    trigger_id: randomUUID(),
    channel: { id: 'D1BENCH', name: 'directmessage' },
    container: { type: 'message', message_ts: '1.1', channel_id: 'D1BENCH' },
    message: { ts: '1.1', text: 'a preview' },
    response_url: `${o.slackUrl}/actions/answer`,
    actions: [
      { type: 'button', action_id: CONFIRM_IMPORT, block_id: 'import', value, action_ts: '1.1' },
    ],
  };
}
