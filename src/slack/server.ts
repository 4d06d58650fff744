import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { toBoltLogger } from './bolt-logger.ts';
import { webClientOptions } from './clients.ts';
import {
  acknowledgeMalformed,
  answerFailures,
  guardRequests,
  type Requests,
  SERVER_TIMEOUTS,
} from './entrance/requests.ts';
import { explainRefusal } from './installations.ts';

/** Where Slack sends its requests when Socket Mode is off. */
export const REQUEST_PATH = '/slack/events';

export type Server = {
  receiver: Receiver;
  /** Begins to receive; resolves with the port when Slack can reach the app. */
  start(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * How Slack reaches the app, by configuration, and the health checks beside it: `/healthz` says that the process
 * runs, `/readyz` that it can do its work.
 */
export function openServer(o: {
  config: Config;
  log: Logger;
  isReady: () => Promise<boolean>;
  machineTime: (() => DateTime) | undefined;
}): Server {
  const { config, log } = o;
  const { connection, apiUrl } = config.slack;
  const logger = toBoltLogger(log);
  let connected = false;
  const { receiver, requests } =
    connection.mode === 'socket'
      ? openSocket({ appToken: connection.appToken.reveal(), apiUrl, logger, log })
      : openHttp({
          signingSecret: connection.signingSecret.reveal(),
          machineTime: o.machineTime,
          logger,
          log,
        });
  const http = createServer(SERVER_TIMEOUTS, (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/healthz') answer(response, true);
    else if (path === '/readyz')
      void o.isReady().then((ready) => answer(response, ready && connected));
    else if (requests && path === REQUEST_PATH) requests(request, response);
    else response.writeHead(404).end();
  });
  return {
    receiver,
    async start() {
      await listen(http, config.port);
      if (connection.mode === 'socket') await connect(receiver, apiUrl);
      connected = true;
      return (http.address() as AddressInfo).port;
    },
    async stop() {
      connected = false;
      if (connection.mode === 'socket') await receiver.stop();
      const closed = Promise.withResolvers<void>();
      http.close(() => closed.resolve());
      http.closeIdleConnections();
      await closed.promise;
    },
  };
}

async function connect(receiver: Receiver, apiUrl: string): Promise<void> {
  try {
    await receiver.start();
  } catch (error) {
    throw new Error(explainRefusal(error, { variable: 'SLACK_APP_TOKEN', apiUrl }), {
      cause: error,
    });
  }
}

type Opened = { receiver: Receiver; requests: Requests | null };

function openSocket(o: {
  appToken: string;
  apiUrl: string;
  logger: ReturnType<typeof toBoltLogger>;
  log: Logger;
}): Opened {
  const clientOptions = {
    ...webClientOptions(o.apiUrl),
    retryConfig: { forever: true, maxTimeout: 30_000 },
  };
  const receiver = new SocketModeReceiver({
    appToken: o.appToken,
    logger: o.logger,
    installerOptions: { clientOptions },
    processEventErrorHandler: acknowledgeMalformed(o.log),
  });
  return { receiver, requests: null };
}

function openHttp(o: {
  signingSecret: string;
  machineTime: (() => DateTime) | undefined;
  logger: ReturnType<typeof toBoltLogger>;
  log: Logger;
}): Opened {
  const receiver = new HTTPReceiver({
    signingSecret: o.signingSecret,
    endpoints: REQUEST_PATH,
    logger: o.logger,
    processEventErrorHandler: answerFailures(o.log),
  });
  const requests = guardRequests({
    machineTime: o.machineTime,
    log: o.log,
    next: receiver.requestListener,
  });
  return { receiver, requests };
}

function answer(response: ServerResponse, ok: boolean): void {
  response
    .writeHead(ok ? 200 : 503, { 'content-type': 'application/json' })
    .end(JSON.stringify({ ok }));
}

async function listen(http: ReturnType<typeof createServer>, port: number): Promise<void> {
  const listening = Promise.withResolvers<void>();
  http.once('error', (error: NodeJS.ErrnoException) => {
    const message =
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Set PORT to another one.`
        : error.message;
    listening.reject(new Error(message, { cause: error }));
  });
  http.listen(port, () => listening.resolve());
  await listening.promise;
}
