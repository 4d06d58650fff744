import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBrowser } from '../../src/sandbox/play/install.ts';
import { type InstallStage, openInstallStage } from '../slack/installations/stage.ts';

let stage: InstallStage;
beforeAll(async () => {
  stage = await openInstallStage();
});
afterAll(() => stage.close());

/** Exchanges of codes so far: what an attacker must not get to. */
const exchanges = () =>
  stage.sandbox.record().filter(({ method }) => method === 'oauth.v2.access').length;

/** Codes that Slack gave a token for. */
const installed = () =>
  stage.sandbox.record().filter(({ method, reply }) => method === 'oauth.v2.access' && isOk(reply))
    .length;

function isOk(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok === true;
}

describe('attack 15, installing by OAuth', () => {
  test.each<[string, (back: URL) => void, string]>([
    ['without a state', (back) => back.searchParams.delete('state'), 'not complete'],
    [
      'with a made-up state',
      (back) => back.searchParams.set('state', 'x'.repeat(80)),
      'not begun here',
    ],
    [
      'with a state whose time was moved',
      (back) => {
        const [nonce, at, signature] = (back.searchParams.get('state') ?? '').split('.');
        back.searchParams.set('state', `${nonce}.${Number(at) + 1}.${signature}`);
      },
      'not begun here',
    ],
    ['without a code', (back) => back.searchParams.delete('code'), 'not complete'],
    [
      'with a script as a code',
      (back) => back.searchParams.set('code', '<script>'),
      'did not confirm',
    ],
  ])('a return %s installs nothing', async (_, change, says) => {
    const browser = openBrowser();
    const back = new URL(await stage.allow(await stage.begin(browser), stage.acme));
    change(back);
    const page = await browser.open(back.href);
    expect(page.status).toBe(400);
    expect(page.text).toContain(says);
    expect(page.text).not.toContain('<script>');
    expect(page.text).toContain(`${stage.url}/slack/install`);
    expect(installed()).toBe(0);
  });

  test('the return of somebody else, sent to a victim, installs nothing in the victim’s browser', async () => {
    const before = exchanges();
    const attacker = openBrowser();
    const back = await stage.allow(await stage.begin(attacker), stage.acme);
    for (const victim of [openBrowser(), await begun()]) {
      const page = await victim.open(back);
      expect(page.status).toBe(400);
      expect(page.text).toContain('another browser');
    }
    expect(exchanges()).toBe(before);
  });

  async function begun() {
    const browser = openBrowser();
    await stage.begin(browser);
    return browser;
  }

  test('after ten minutes it has to be begun again', async () => {
    const browser = openBrowser();
    const back = await stage.allow(await stage.begin(browser), stage.acme);
    await stage.sandbox.advanceTo(stage.sandbox.now().plus({ seconds: 601 }));
    const before = exchanges();
    expect((await browser.open(back)).text).toContain('took too long');
    expect(exchanges()).toBe(before);
  });

  test('cancelling changes nothing and says so', async () => {
    const browser = openBrowser();
    const back = await stage.allow(await stage.begin(browser), stage.acme, 'deny');
    const page = await browser.open(back);
    expect(page).toMatchObject({
      status: 200,
      text: expect.stringContaining('Nothing was installed'),
    });
    expect(installed()).toBe(0);
  });

  test('the same return works once, also where the cookie was kept, and the code is not tried again', async () => {
    const browser = openBrowser();
    const back = await stage.allow(await stage.begin(browser), stage.acme);
    const cookies = [...browser.cookies];
    const first = await browser.open(back);
    expect(first.status).toBe(200);
    const before = exchanges();
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    const second = await browser.open(back);
    expect(second.status).toBe(400);
    expect(second.text).toContain('used before');
    expect(exchanges()).toBe(before);
  });

  test('a code that was used elsewhere installs nothing more', async () => {
    const first = openBrowser();
    const used = new URL(await stage.allow(await stage.begin(first), stage.beta));
    await first.open(used.href);
    const second = openBrowser();
    const back = new URL(await stage.allow(await stage.begin(second), stage.acme));
    back.searchParams.set('code', used.searchParams.get('code') ?? '');
    expect((await second.open(back.href)).text).toContain('did not confirm');
  });

  test('installing over an existing workspace leaves one installation and all that is in it', async () => {
    const { acme } = stage;
    await stage.install(acme);
    await stage.setUpPair(acme);
    expect((await stage.install(acme)).status).toBe(200);
    await stage.act(acme, 'Ana', { do: 'command', command: '/ea-checkin' });
    const fill = { 'What got done?': 'still here', 'What is planned today?': 'more' };
    await stage.act(acme, 'Ana', { do: 'submit', fill });
    expect(JSON.stringify(stage.read(acme, 'Dana', '#pair'))).toContain('still here');
    expect(stage.sandbox.problems()).toEqual([]);
  });

  test.each(['POST', 'PUT', 'HEAD'])('%s does nothing', async (method) => {
    const response = await fetch(`${stage.url}/slack/install`, { method });
    expect(response.status).toBe(405);
  });

  test('the page may not be framed, kept or told of, and runs no script', async () => {
    const { headers } = await fetch(`${stage.url}/slack/install`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
  });

  test('no code, state, token or secret gets into the log', () => {
    const log = stage.log.join('');
    expect(log).not.toMatch(/xox[a-z]-|code=|state=/);
    expect(log).not.toContain(stage.client.clientSecret);
  });
});
