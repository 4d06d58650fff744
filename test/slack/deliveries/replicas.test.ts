import { afterEach, describe, expect, test } from '@jest/globals';
import { createPostgresDatabase } from '../../support/databases.ts';
import { findPostgres } from '../../support/postgres.ts';
import { runScript, type Script } from '../../support/processes.ts';
import { type Bench, message, openBench } from './fixture.ts';

const server = await findPostgres();
const onPostgres = 'url' in server ? describe : describe.skip;
if ('missing' in server) process.stderr.write(`not run: ${server.missing}\n`);

onPostgres('several replicas that send', () => {
  let bench: Bench;
  let url = '';
  let scripts: Script[] = [];
  afterEach(async () => {
    await Promise.all(scripts.map((script) => script.kill('SIGKILL')));
    scripts = [];
    await bench.close();
  });

  async function open(): Promise<void> {
    const database = await createPostgresDatabase();
    url = database.url;
    bench = await openBench({ database, realTime: true, historyOfDirectMessages: true });
  }

  function startReplica(): Script {
    const { id, botToken } = bench.workspace;
    const script = runScript(new URL('sender.process.ts', import.meta.url), [
      url,
      bench.sandbox.apiUrl,
      id,
      botToken,
    ]);
    scripts.push(script);
    return script;
  }

  /** Cards in as many channels, so that only the limit of the workspace slows them. */
  async function writePosts(count: number): Promise<void> {
    const { id: workspaceId, users } = bench.workspace;
    const names = [users.Dana ?? '', users.Ana ?? ''];
    for (let n = 0; n < count; n += 1) {
      await bench.outbox.post({
        workspaceId,
        key: `post ${n}`,
        purpose: 'card',
        recipient: names[n % names.length] ?? '',
        message: message(`post ${n}`),
      });
    }
  }

  const posted = () =>
    bench.sandbox
      .record()
      .filter((call) => call.method === 'chat.postMessage' && call.status !== 429)
      .map((call) => String(call.args['text']));

  async function allSent(): Promise<void> {
    const { prisma } = bench.database;
    for (;;) {
      const left = await prisma.delivery.count({ where: { state: { not: 'sent' } } });
      if (left === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('send each message once and keep to the limits together', async () => {
    await open();
    await writePosts(16);
    const started = bench.now().toMillis();
    const replicas = [startReplica(), startReplica(), startReplica()];
    await Promise.all(replicas.map((one) => one.line((line) => line === 'sending')));
    await allSent();
    expect(posted().toSorted()).toEqual(
      Array.from({ length: 16 }, (_, n) => `post ${n}`).toSorted(),
    );
    const rate = await bench.database.prisma.rateLimit.findFirst({
      where: { scope: 'method:chat.postMessage' },
    });
    // Each of them moved the one clock of the workspace on by 0.6 seconds, whoever sent it.
    expect((rate?.freeAt.getTime() ?? 0) - started).toBeGreaterThanOrEqual(16 * 600);
  }, 60_000);

  test('hand back at once what is under way when they are stopped', async () => {
    await open();
    await writePosts(1);
    bench.fault('chat.postMessage', { delayMs: 120_000 });
    const replica = startReplica();
    await replica.line((line) => line === 'sending');
    await stateBecomes('sending');
    await replica.kill('SIGTERM');
    expect(replica.lines).toContain('stopped');
    const row = await bench.database.prisma.delivery.findFirst();
    expect(row).toMatchObject({ state: 'uncertain', error: 'process_ended', claimedUntil: null });
  }, 60_000);

  test('that are killed with messages under way lose and double none', async () => {
    await open();
    await writePosts(6);
    bench.fault('chat.postMessage', { delayMs: 1500 }, 2);
    const victim = startReplica();
    await stateBecomes('sending');
    await victim.kill('SIGKILL');
    const { prisma } = bench.database;
    expect(await prisma.delivery.count({ where: { state: 'sending' } })).toBeGreaterThan(0);
    // The lease runs on the database's clock; here it runs out early.
    await prisma.delivery.updateMany({
      where: { state: 'sending' },
      data: { claimedUntil: new Date(0) },
    });
    startReplica();
    await allSent();
    expect(posted().toSorted()).toEqual(Array.from({ length: 6 }, (_, n) => `post ${n}`));
  }, 90_000);

  async function stateBecomes(state: 'sending'): Promise<void> {
    const { prisma } = bench.database;
    while ((await prisma.delivery.count({ where: { state } })) === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
