import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { fieldsOf, readBody } from './body.ts';
import { type Controls, controlRoutes } from './control-routes.ts';
import { SandboxError } from './errors.ts';
import { type CallAnswer, type CallServices, runCall } from './web-api/call.ts';
import { respond } from './web-api/response.ts';

export type ServerParts = {
  services: CallServices;
  controls: Controls;
  /** Takes a WebSocket connection with this ticket; undefined when the ticket is worth nothing. */
  connect: (ticket: string) => ((socket: WebSocket) => void) | undefined;
  /** Further routes: OAuth, files, the page. */
  routes: RequestHandler[];
};

export type Listening = { url: string; close(): Promise<void> };

/** Serves the workspace on 127.0.0.1 alone. Other hosts and foreign pages are refused. */
export async function listen(port: number, parts: ServerParts): Promise<Listening> {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(refuseForeign);
  app.all('/api/:method', (request, response) => callMethod(parts.services, request, response));
  app.post('/response/:team/:key', (request, response) =>
    answerResponseUrl(parts.services, request, response),
  );
  app.use(controlRoutes(parts.controls));
  for (const route of parts.routes) app.use(route);
  app.use((request, response) => {
    response
      .status(404)
      .json({ ok: false, error: 'not_found', message: `There is nothing at ${request.path}.` });
  });
  app.use(sendError);

  const server = createServer(app);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 * 1024 });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const ticket = ticketOf(request);
    const take = isForeign(request) || ticket === null ? undefined : parts.connect(ticket);
    if (!take) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, take);
  });
  await start(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function start(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      server.on('error', (error) => console.error('sandbox: server error', error));
      resolve();
    });
  });
}

function ticketOf(request: IncomingMessage): string | null {
  const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
  return url?.pathname === '/link' ? url.searchParams.get('ticket') : null;
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Whether a request was made for another host or by a page that is not ours. */
function isForeign(request: IncomingMessage): boolean {
  const own = [`127.0.0.1:${request.socket.localPort}`, `localhost:${request.socket.localPort}`];
  if (!own.includes(request.headers.host ?? '')) return true;
  const { origin } = request.headers;
  return origin !== undefined && !own.some((host) => origin === `http://${host}`);
}

function refuseForeign(request: Request, response: Response, next: NextFunction): void {
  if (!isForeign(request)) return next();
  response.status(403).json({
    ok: false,
    error: 'foreign_origin',
    message: 'The sandbox answers requests to its own address and from its own page only.',
  });
}

async function callMethod(
  services: CallServices,
  request: Request<{ method: string }>,
  response: Response,
): Promise<void> {
  const body = await readBody(request);
  if (!body.ok) {
    response.status(200).json({ ok: false, error: body.error });
    return;
  }
  const query = URL.parse(request.url, 'http://127.0.0.1')?.searchParams ?? [];
  const args = { ...fieldsOf(query), ...body.fields };
  const answer = await runCall(services, {
    method: request.params.method,
    args,
    token: bearerOf(request) ?? (typeof args.token === 'string' ? args.token : undefined),
    basic: basicOf(request),
  });
  send(request, response, answer);
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function basicOf(request: Request): { user: string; password: string } | null {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!encoded) return null;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { user, password: rest.join(':') };
}

async function answerResponseUrl(
  services: CallServices,
  request: Request<{ team: string; key: string }>,
  response: Response,
): Promise<void> {
  const body = await readBody(request);
  if (!body.ok) {
    response.status(400).json({ ok: false, error: 'invalid_payload' });
    return;
  }
  const { team, key } = request.params;
  send(request, response, respond(services, { teamId: team, key, args: body.fields }));
}

function send(request: Request, response: Response, answer: CallAnswer): void {
  if (answer.body === null) {
    request.socket.destroy();
    return;
  }
  response.status(answer.status).set(answer.headers).json(answer.body);
}

/** Every failure is JSON with a sentence; a defect of ours is logged and never stops the server. */
// oxlint-disable-next-line eslint/max-params -- Express tells error handlers by their four parameters
function sendError(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (response.headersSent) return next(error);
  if (error instanceof SandboxError) {
    response.status(error.status).json({ ok: false, error: error.code, message: error.message });
    return;
  }
  if (error instanceof z.ZodError) {
    const message = error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
    response.status(400).json({ ok: false, error: 'bad_request', message: `${message}.` });
    return;
  }
  if (error instanceof URIError) {
    response
      .status(400)
      .json({ ok: false, error: 'bad_request', message: 'The address is malformed.' });
    return;
  }
  console.error('sandbox: request failed', error);
  response.status(500).json({
    ok: false,
    error: 'internal_error',
    message: 'The sandbox has a defect; see its log.',
  });
}
