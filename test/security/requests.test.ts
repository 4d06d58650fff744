import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSlackFetch } from '../../src/slack/outgoing.ts';
import {
  commandBody,
  FORM,
  type Forged,
  interactionBody,
  sendSigned,
} from '../support/signed-requests.ts';
import { openStage, type Stage } from '../support/stage.ts';

const lines: string[] = [];
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    receiver: 'signed HTTP',
    logTo: { write: (line) => lines.push(line) },
  });
});
afterAll(() => stage.close());

const EVENT = JSON.stringify({ type: 'url_verification', challenge: 'c' });

async function send(o: Forged): Promise<number> {
  const { signingSecret } = stage.demo.app;
  return (await sendSigned({ port: stage.tandem.port, signingSecret }, o)).status;
}

const command = (trigger: string) =>
  commandBody({
    command: '/ea',
    team: stage.demo.workspace.id,
    user: stage.person('Dana').id,
    trigger,
  });

describe('a request from the network', () => {
  test.each<[string, Forged, number]>([
    ['signed by Slack is taken', {}, 200],
    ['signed four minutes ahead is taken', { ahead: 240 }, 200],
    ['attack 4: signed six minutes ahead is refused', { ahead: 360 }, 401],
    ['attack 3: signed six minutes ago is refused', { ahead: -360 }, 401],
    ['attack 1: signed with another secret is refused', { secret: 'another' }, 401],
    ['attack 1: signed in another version is refused', { version: 'v1' }, 401],
    ['attack 2: changed by one byte is refused', { sentBody: EVENT.replace('"c"', '"d"') }, 401],
    ['to an unknown address is not found', { path: '/slack/elsewhere' }, 404],
    ['to an address that is none is not found', { path: '//' }, 404],
  ])('%s', async (_, forged, status) => {
    expect(await send(forged)).toBe(status);
  });

  test('attack 1: without a signature is refused', async () => {
    const url = `http://127.0.0.1:${stage.tandem.port}/slack/events`;
    const response = await fetch(url, { method: 'POST', body: EVENT });
    expect(response.status).toBe(401);
  });

  test('attack 2: with the valid signature of another body is refused, and nothing is done', async () => {
    const calls = stage.sandbox.record().length;
    expect(await send({ body: EVENT, sentBody: command('1.smuggled'), type: FORM })).toBe(401);
    expect(stage.sandbox.record()).toHaveLength(calls);
  });

  test.each<[string, () => Forged]>([
    ['attack 5: that is null', () => ({ body: 'null' })],
    ['attack 5: that is a list', () => ({ body: '[{"type":"event_callback"}]' })],
    ['attack 5: that is a number', () => ({ body: '42' })],
    ['attack 5: that is empty', () => ({ body: '' })],
    ['attack 5: that is no JSON', () => ({ body: '{"type":' })],
    ['attack 5: of nested lists', () => ({ body: `${'['.repeat(10_000)}${']'.repeat(10_000)}` })],
    [
      'attack 5: whose nesting is hidden in an object',
      () => ({
        body: `{"type":"event_callback","event":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      }),
    ],
    ['attack 5: of broken letters', () => ({ body: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22]) })],
    ['attack 5: with the payload twice', () => ({ body: 'payload={}&payload={}', type: FORM })],
    [
      'attack 5: that names the workspace twice',
      () => ({ body: `${command('1.twice')}&team_id=T0OTHER`, type: FORM }),
    ],
    ['attack 5: whose payload is null', () => ({ body: 'payload=null', type: FORM })],
    ['attack 5: that says nothing', () => ({ body: '{}' })],
    ['attack 5: whose event is no event', () => ({ body: '{"type":"event_callback","event":7}' })],
    [
      'attack 5: whose form has no fields',
      () => ({
        type: FORM,
        body: interactionBody({ type: 'view_submission', user: { id: 'U1' }, view: {} }),
      }),
    ],
    [
      'attack 7: with a prototype',
      () => ({ body: '{"__proto__":{"polluted":true},"type":"event_callback"}' }),
    ],
  ])('%s is answered with 400 at once, and the app goes on', async (_, forged) => {
    expect(await send(forged())).toBe(400);
    expect('polluted' in {}).toBe(false);
    expect(await send({})).toBe(200);
    expect(lines.some((line) => line.includes('a request could not be read'))).toBe(true);
  });

  test('attack 5: of more than a megabyte is refused with 413', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c'.repeat(1024 * 1024) });
    expect(await send({ body })).toBe(413);
    expect(await send({})).toBe(200);
  });

  test('attack 6: a check of the certificate carries nothing with it', async () => {
    const calls = stage.sandbox.record().length;
    const body = `ssl_check=1&${command('1.check')}`;
    expect(await send({ body, type: FORM, secret: 'unknown' })).toBe(200);
    await stage.tandem.settle();
    expect(stage.sandbox.record()).toHaveLength(calls);
  });

  test.each([
    ['of a bot', { bot_id: 'B0000000009', subtype: 'bot_message' }],
    ['that was edited', { subtype: 'message_changed' }],
    ['of an app', { bot_id: 'B0000000009', user: 'U0000000009' }],
  ])('attack 20: a message %s is acknowledged and answered by nothing', async (name, message) => {
    const calls = stage.sandbox.record().length;
    const event = { type: 'message', channel: 'C0000000001', ts: '1.1', text: '/ea', ...message };
    const envelope = { type: 'event_callback', event_id: `Ev ${name}`, event };
    const body = JSON.stringify({ ...envelope, team_id: stage.demo.workspace.id });
    expect(await send({ body })).toBe(200);
    await stage.tandem.settle();
    expect(stage.sandbox.record()).toHaveLength(calls);
  });

  test('attack 5: that never ends loses its connection', async () => {
    const socket = connect(stage.tandem.port, '127.0.0.1');
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => resolve(text));
      socket.on('error', () => {});
      socket.write('POST /slack/events HTTP/1.1\r\nhost: tandem\r\n');
    });
    expect(answer).toContain('408');
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
  ])('attack 13: to %s is refused before anything is sent', async (url) => {
    await expect(createSlackFetch('https://slack.com/api/')(url)).rejects.toThrow('not Slack’s');
  });

  test('attack 13: is not made for a command that names another place for its answer, and not tried again', async () => {
    let calls = 0;
    const elsewhere = createServer((_, response) => {
      calls += 1;
      response.end('ok');
    });
    const listening = Promise.withResolvers<void>();
    elsewhere.listen(0, '127.0.0.1', () => listening.resolve());
    await listening.promise;
    const { port } = elsewhere.address() as AddressInfo;
    const responseUrl = `http://127.0.0.1:${port}/answer`;
    lines.length = 0;
    expect(
      await send({
        type: FORM,
        body: commandBody({
          command: '/ea',
          team: stage.demo.workspace.id,
          user: stage.person('Dana').id,
          trigger: '1.1',
          responseUrl,
        }),
      }),
    ).toBe(200);
    await stage.tandem.settle();
    elsewhere.close();
    expect(calls).toBe(0);
    const about = lines.filter((line) => line.includes('not Slack’s'));
    expect(about).toHaveLength(1);
  });
});
