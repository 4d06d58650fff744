import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type Proxy = { port: number; close(): Promise<void> };

/** A load balancer: gives each request to the next port, and to another one when nothing listens there. */
export async function openProxy(ports: () => number[]): Promise<Proxy> {
  let turn = 0;

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const all = ports();
    const first = turn++;
    for (let tried = 0; tried < all.length; tried += 1) {
      const port = all[(first + tried) % all.length];
      const outcome = port && (await forward({ port, incoming, body, answer }));
      if (outcome === 'answered') return;
      if (outcome === 'lost') break;
    }
    answer.writeHead(502).end();
  }

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy());
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    async close() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

/** 'refused' when the request did not get there, so that another one may have it; 'lost' when nobody knows. */
function forward(o: {
  port: number;
  incoming: IncomingMessage;
  body: Buffer;
  answer: ServerResponse;
}): Promise<'answered' | 'refused' | 'lost'> {
  const { incoming, answer } = o;
  return new Promise((resolve) => {
    const { url, method, headers } = incoming;
    const target = { host: '127.0.0.1', port: o.port, path: url, method, headers };
    const outgoing = request(target, (reply) => {
      void buffer(reply).then(
        (content) => {
          answer.writeHead(reply.statusCode ?? 502, reply.headers).end(content);
          resolve('answered');
        },
        () => resolve('lost'),
      );
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'lost'),
    );
    outgoing.end(o.body);
  });
}
