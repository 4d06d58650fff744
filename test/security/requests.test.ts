import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSlackFetch } from '../../src/slack/outgoing.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ receiver: 'signed HTTP' });
});
afterAll(() => stage.close());

type Forged = {
  type?: string;
  body?: string;
  sentBody?: string;
  ahead?: number;
  secret?: string;
  version?: string;
};

const EVENT = JSON.stringify({ type: 'url_verification', challenge: 'c' });

/** Sends a body as Slack signs it, but for what is said otherwise; resolves with the status. */
async function send(o: Forged): Promise<number> {
  const { body = EVENT, version = 'v0', secret = stage.demo.app.signingSecret } = o;
  const timestamp = Math.floor(Date.now() / 1000) + (o.ahead ?? 0);
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${stage.tandem.port}/slack/events`, {
    method: 'POST',
    body: o.sentBody ?? body,
    headers: {
      'content-type': o.type ?? 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `${version}=${signature}`,
    },
  });
  await response.arrayBuffer();
  return response.status;
}

describe('a request from the network', () => {
  test.each<[string, Forged, number]>([
    ['signed by Slack is taken', {}, 200],
    ['signed four minutes ahead is taken', { ahead: 240 }, 200],
    ['signed six minutes ahead is refused', { ahead: 360 }, 401],
    ['signed six minutes ago is refused', { ahead: -360 }, 401],
    ['signed with another secret is refused', { secret: 'another' }, 401],
    ['signed in another version is refused', { version: 'v1' }, 401],
    ['changed by one byte is refused', { sentBody: EVENT.replace('"c"', '"d"') }, 401],
  ])('%s', async (_, forged, status) => {
    expect(await send(forged)).toBe(status);
  });

  test('without a signature is refused', async () => {
    const url = `http://127.0.0.1:${stage.tandem.port}/slack/events`;
    const response = await fetch(url, { method: 'POST', body: EVENT });
    expect(response.status).toBe(401);
  });

  test.each([
    ['of nested lists', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['that is no JSON', '{"type":'],
    ['with a prototype', '{"__proto__":{"polluted":true},"type":"event_callback"}'],
  ])('%s does not stop the app', async (_, body) => {
    await send({ body });
    expect('polluted' in {}).toBe(false);
    expect(await send({})).toBe(200);
  });
});

describe('a call to the outside', () => {
  test.each([
    'https://evil.example/commands',
    'http://169.254.169.254/latest/meta-data',
    'https://hooks.slack.com.evil.example/x',
    'https://evilslack.com/x',
    'http://hooks.slack.com/x',
    'https://hooks.slack.com@evil.example/x',
  ])('to %s is refused before anything is sent', async (url) => {
    await expect(createSlackFetch('https://slack.com/api/')(url)).rejects.toThrow('not Slack’s');
  });

  test('is not made for a command that names another place for its answer', async () => {
    let calls = 0;
    const elsewhere = createServer((_, response) => {
      calls += 1;
      response.end('ok');
    });
    const listening = Promise.withResolvers<void>();
    elsewhere.listen(0, '127.0.0.1', () => listening.resolve());
    await listening.promise;
    const { port } = elsewhere.address() as AddressInfo;
    const body = new URLSearchParams({
      command: '/ea',
      text: '',
      team_id: stage.demo.workspace.id,
      user_id: stage.person('Dana').id,
      channel_id: 'C1',
      trigger_id: '1.1',
      response_url: `http://127.0.0.1:${port}/answer`,
    }).toString();
    expect(await send({ body, type: 'application/x-www-form-urlencoded' })).toBe(200);
    await stage.tandem.settle();
    elsewhere.close();
    expect(calls).toBe(0);
  });
});
