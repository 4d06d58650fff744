import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Endpoints } from '../operation/endpoints.ts';
import { toBoltLogger } from './bolt-logger.ts';
import { webClientOptions } from './clients.ts';
import {
  acknowledgeMalformed,
  answerFailures,
  guardRequests,
  type Requests,
  SERVER_TIMEOUTS,
} from './entrance/requests.ts';
import { explainRefusal } from './installations/identify.ts';
import type { InstallRoutes } from './installations/routes.ts';

/** Where Slack sends its requests when Socket Mode is off. */
export const REQUEST_PATH = '/slack/events';

export type Server = {
  receiver: Receiver;
  /** Begins to receive; resolves with the port when Slack can reach the app. */
  start(): Promise<number>;
  /** Whether Slack can reach the app right now. */
  isConnected(): boolean;
  stop(): Promise<void>;
};

/** How Slack reaches the app, by configuration, and what operators ask for beside it. */
export function openServer(o: {
  config: Config;
  log: Logger;
  endpoints: Endpoints;
  /** Answers browsers that install the app; null where there is nothing to install. */
  install: InstallRoutes | null;
  machineTime: (() => DateTime) | undefined;
}): Server {
  const { config, log } = o;
  const { connection, apiUrl } = config.slack;
  const logger = toBoltLogger(log);
  let isOpen = false;
  const { receiver, requests, isReachable } =
    connection.mode === 'socket'
      ? openSocket({ appToken: connection.appToken.reveal(), apiUrl, logger, log })
      : openHttp({
          signingSecret: connection.signingSecret.reveal(),
          machineTime: o.machineTime,
          logger,
          log,
        });
  const http = createServer(SERVER_TIMEOUTS, (request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (o.endpoints(request, response)) return;
    if (requests && path === REQUEST_PATH) requests(request, response);
    else if (o.install?.(request, response)) return;
    else response.writeHead(404).end();
  });
  return {
    receiver,
    async start() {
      await listen(http, config.port);
      if (connection.mode === 'socket') await connect(receiver, apiUrl);
      isOpen = true;
      return (http.address() as AddressInfo).port;
    },
    isConnected: () => isOpen && isReachable(),
    async stop() {
      isOpen = false;
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

type Opened = { receiver: Receiver; requests: Requests | null; isReachable: () => boolean };

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
  const isReachable = () => receiver.client.websocket?.isActive() ?? false;
  return { receiver, requests: null, isReachable };
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
  return { receiver, requests, isReachable: () => true };
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
