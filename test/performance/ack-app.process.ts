import { App, HTTPReceiver } from '@slack/bolt';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { toBoltLogger } from '../../src/slack/bolt-logger.ts';
import { startTandem } from '../../src/tandem.ts';

// Tandem, with or without the usual limits on people (`limited`), or an app that does nothing but acknowledge, each behind signed HTTP. Says its port.
const [which, apiUrl = '', botToken = '', signingSecret = '', databaseUrl = ''] =
  process.argv.slice(2);

async function startBare(): Promise<number> {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: toBoltLogger(pino({ level: 'silent' })),
  });
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken, botId: 'B1', botUserId: 'U1', teamId: 'T1' }),
  });
  app.command('/ea', async ({ ack }) => {
    await ack();
  });
  app.action(/./, async ({ ack }) => {
    await ack();
  });
  const server = await receiver.start(0);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startProduct(): Promise<number> {
  const tandem = await startTandem({
    environment: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: apiUrl,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...(which !== 'limited' && {
        LIMIT_PER_PERSON: '1000000',
        LIMIT_PER_WORKSPACE: '1000000',
      }),
    },
    now: () => DateTime.utc(),
  });
  return tandem.port;
}

console.log(JSON.stringify({ port: await (which === 'bare' ? startBare() : startProduct()) }));
process.once('SIGTERM', () => process.exit(0));
