import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { createPage } from '../../../src/sandbox/page-server.ts';
import { type Bench, makeManifest, startBench } from '../bench.ts';
import { inChromium, keepPicture, openScreen, type Screen, scan } from './browser.ts';
import { everyControl } from './every-control.ts';

inChromium('what an app can show and ask on the page', () => {
  const heard: unknown[] = [];
  let bench: Bench;
  let screen: Screen;
  let dana: Locator;
  let ana: Locator;

  beforeAll(async () => {
    bench = await startBench({
      options: { page: await createPage(), rateLimits: 'off' },
      register: (app) => everyControl(app, heard),
    });
    screen = await openScreen(bench.sandbox.url, { height: 1000 });
    await screen.page.getByRole('button', { name: 'Hide' }).click();
    dana = screen.pane('Dana');
    ana = screen.pane('Ana');
  }, 90_000);
  afterAll(async () => {
    await screen?.close();
    await bench?.stop();
  });

  async function write(pane: Locator, text: string): Promise<void> {
    const composer = pane.getByRole('textbox', { name: /^Message / });
    await composer.fill(text);
    await composer.press('Enter');
  }

  /** What the app hears next because of `doing`. */
  async function hear(doing: () => Promise<void>): Promise<unknown> {
    const before = heard.length;
    await doing();
    return bench.sandbox.until(() => heard[before]);
  }

  test('a message shows text, a table, a chart and the times of the reader', async () => {
    await write(dana, '/probe');
    for (const pane of [dana, ana]) {
      await pane.getByRole('heading', { name: 'The week', exact: true }).waitFor();
      await pane.getByRole('cell', { name: '8.5' }).waitFor();
      await pane.getByRole('table', { name: 'Hours by person' }).waitFor();
      await pane.getByRole('img', { name: /Mood of the week/ }).waitFor();
    }
    expect(await dana.getByText('Two').first().innerText()).toBe('Two');
    expect(await dana.getByRole('log').innerText()).toContain('9:30 AM');
    expect(await ana.getByRole('log').innerText()).toContain('9:30 PM');
    expect(await dana.getByRole('log').innerText()).not.toContain('@here');
    await keepPicture(screen.page, 'page-every-block');
    expect(await scan(screen.page)).toEqual([]);
  });

  test('a button asks first when the app wants that', async () => {
    await dana.getByRole('button', { name: 'Wipe' }).click();
    await keepPicture(screen.page, 'page-confirm');
    await dana.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
    const action = await hear(async () => {
      await dana.getByRole('button', { name: 'Wipe' }).click();
      await dana.getByRole('alertdialog').getByRole('button', { name: 'Yes, wipe' }).click();
    });
    expect(action).toMatchObject({ action_id: 'wipe' });
    expect(heard).toHaveLength(1);
  });

  test('a menu beside a text, a select and a date in a message act at once', async () => {
    const overflow = await hear(async () => {
      await dana.getByRole('button', { name: 'More options' }).click();
      await dana.getByRole('menuitem', { name: 'Pin it' }).click();
    });
    expect(overflow).toMatchObject({ selected_option: { value: 'pin it' } });
    const select = await hear(async () => {
      await dana.getByRole('combobox', { name: 'Workload' }).fill('hea');
      await dana.getByRole('option', { name: 'Heavy' }).click();
    });
    expect(select).toMatchObject({ selected_option: { value: 'heavy' } });
    const day = await hear(() => dana.getByLabel('Which day').fill('2026-03-12'));
    expect(day).toMatchObject({ selected_date: '2026-03-12' });
  });

  test('a form takes every kind of answer and shows what the app finds wrong', async () => {
    await write(dana, '/probe form');
    const form = dana.getByRole('dialog', { name: 'Everything' });
    await form.getByLabel('Name').fill('nobody');
    await form.getByText('6 / 20').waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Somebody must come.').waitFor();
    await form.getByLabel('Name').fill('Ana');
    await form.getByLabel('Notes').fill('first\nsecond');
    await form.getByLabel('City').fill('man');
    await form.getByRole('option', { name: 'Manchester' }).click();
    await form.getByLabel('Drinks').click();
    await form.getByRole('option', { name: 'Coffee' }).click();
    await form.getByRole('button', { name: 'Remove Coffee' }).waitFor();
    await form.getByRole('option', { name: 'Tea' }).click();
    await form.getByRole('button', { name: 'Remove Tea' }).waitFor();
    await form.getByLabel('Who comes').fill('Dana');
    await form.getByRole('option', { name: /^Dana/ }).click();
    await form.getByLabel(/^Where /).fill('pair');
    await form.getByRole('option', { name: '#pair' }).click();
    await form.getByLabel('Open channel').click();
    await form.getByRole('option', { name: '#open' }).click();
    await form.getByRole('checkbox', { name: 'Friday' }).check();
    await form.getByRole('radio', { name: 'Big' }).check();
    await form.getByLabel(/^On /).fill('2026-03-20');
    await form.getByLabel(/^At /).fill('16:45');
    await form.getByLabel('Moment, date and time').fill('2026-03-20T09:00');
    await form.getByLabel('Count').fill('12');
    await keepPicture(screen.page, 'page-every-input');
    expect(await scan(screen.page)).toEqual([]);
    const values = await hear(() => form.getByRole('button', { name: 'Save' }).click());
    expect(values).toMatchObject({
      name: { value: { value: 'Ana' } },
      notes: { value: { value: 'first\nsecond' } },
      city: { value: { selected_option: { value: 'manchester' } } },
      drinks: { value: { selected_options: [{ value: 'coffee' }, { value: 'tea' }] } },
      who: { value: { selected_users: [bench.user('Dana')] } },
      where: { value: { selected_conversation: bench.channel('pair') } },
      open: { value: { selected_channel: bench.channel('open') } },
      days: { value: { selected_options: [{ value: 'friday' }] } },
      size: { value: { selected_option: { value: 'big' } } },
      on: { value: { selected_date: '2026-03-20' } },
      at: { value: { selected_time: '16:45' } },
      moment: { value: { selected_date_time: Date.parse('2026-03-20T09:00-04:00') / 1000 } },
      count: { value: { value: '12' } },
    });
  });

  test('a second modal lies on top, and Escape goes back to the first', async () => {
    await dana.getByRole('dialog', { name: 'Thanks' }).waitFor();
    await screen.page.keyboard.press('Escape');
    await dana.getByRole('dialog', { name: 'Everything' }).waitFor();
    await dana.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await dana.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await dana.getByRole('textbox', { name: 'Message #pair' }).isEnabled()).toBe(true);
  });

  test('an ephemeral message is seen by one person alone', async () => {
    await write(dana, '/probe quiet');
    await dana.getByText('Between us').waitFor();
    expect(await dana.getByText('Only visible to you').count()).toBe(1);
    expect(await ana.getByText('Between us').count()).toBe(0);
  });

  test('a picture that the app sends is shown', async () => {
    await write(dana, '/probe picture');
    const picture = ana.getByRole('link', { name: 'dot.png' }).locator('img');
    await picture.waitFor();
    await screen.page.waitForFunction(
      "[...document.querySelectorAll('.files img')].every((image) => image.naturalWidth === 1)",
    );
    expect(await scan(screen.page)).toEqual([]);
  });

  test('people write, answer in threads, react, edit and delete', async () => {
    await write(ana, 'Hello @Dana');
    const hello = (pane: Locator) => pane.getByRole('article').filter({ hasText: 'Hello @Dana' });
    await hello(dana).getByRole('button', { name: 'Add a reaction' }).click();
    await dana.getByRole('menuitem', { name: /eyes/ }).click();
    await hello(ana)
      .getByRole('button', { name: /^eyes, 1: Dana/ })
      .waitFor();
    await hello(dana).getByRole('button', { name: 'Reply in thread' }).click();
    await dana.getByRole('textbox', { name: 'Reply' }).fill('Welcome back');
    await dana.getByRole('button', { name: 'Send' }).click();
    await ana.getByRole('button', { name: '1 reply' }).click();
    await ana.getByText('Welcome back').waitFor();
    await keepPicture(screen.page, 'page-thread');
    expect(await scan(screen.page)).toEqual([]);
    await ana.getByRole('button', { name: 'Close the thread' }).click();
    await hello(ana).getByRole('button', { name: 'More actions' }).click();
    await ana.getByRole('menuitem', { name: 'Edit message' }).click();
    await ana.getByRole('textbox', { name: 'Edit the message' }).fill('Good morning');
    await ana.getByRole('button', { name: 'Save' }).click();
    const edited = ana.getByRole('article').filter({ hasText: 'Good morning' });
    await edited.getByText('(edited)').waitFor();
    await edited.getByRole('button', { name: 'More actions' }).click();
    await ana.getByRole('menuitem', { name: 'Delete message' }).click();
    await edited.waitFor({ state: 'detached' });
  });

  test('a shortcut is in the menu of every message', async () => {
    await write(ana, 'Renew the passport');
    const message = dana.getByRole('article').filter({ hasText: 'Renew the passport' });
    const shortcut = await hear(async () => {
      await message.getByRole('button', { name: 'More actions' }).click();
      await dana.getByRole('menuitem', { name: /^Keep this/ }).click();
    });
    expect(shortcut).toMatchObject({ message: { text: 'Renew the passport' } });
  });

  test('what is unread is marked until it is looked at', async () => {
    await ana.getByRole('button', { name: /^open/ }).click();
    await write(dana, 'Are you there?');
    await ana.getByRole('button', { name: /^pair 1 unread/ }).click();
    await ana.getByText('Are you there?').waitFor();
    await ana.getByRole('button', { name: /^pair$/ }).waitFor();
    expect(await ana.getByRole('button', { name: /unread/ }).count()).toBe(0);
  });

  test('the Home tab shows what the app published and acts', async () => {
    await ana.getByRole('button', { name: /^Probe/ }).click();
    await ana.getByRole('heading', { name: 'Your pairs' }).waitFor();
    const action = await hear(() => ana.getByRole('button', { name: 'Refresh' }).click());
    expect(action).toMatchObject({ action_id: 'home' });
    await keepPicture(screen.page, 'page-home');
    expect(await scan(screen.page)).toEqual([]);
  });

  test('somebody who travels changes their zone, and sees all times in it', async () => {
    await ana.getByRole('button', { name: /^Profile of Ana, in Manila/ }).click();
    const profile = ana.getByRole('dialog', { name: 'Profile of Ana' });
    await profile.getByLabel('Time zone').fill('lisbon');
    await profile.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await keepPicture(screen.page, 'page-profile');
    expect(await scan(screen.page)).toEqual([]);
    await profile.getByRole('button', { name: 'Save' }).click();
    await ana.getByRole('button', { name: /^pair/ }).click();
    await ana.getByText('13:00').first().waitFor();
    const person = bench.sandbox.state({ user: 'Ana' }).teams[0]?.people[0];
    expect(person?.zone).toBe('Europe/Lisbon');
  });

  test('anybody can sit in either place', async () => {
    await dana.getByLabel('Person in this pane').selectOption({ label: 'Outsider' });
    await screen.pane('Outsider').waitFor();
    expect(await dana.isVisible()).toBe(false);
  });

  test('another workspace can be chosen', async () => {
    bench.sandbox.createWorkspace({ name: 'Second', users: [{ name: 'Zoe' }], channels: [] });
    await screen.page.reload();
    await screen.page.getByLabel('Workspace', { exact: true }).selectOption({ label: 'Second' });
    await screen.pane('Zoe').waitFor();
    expect(await ana.count()).toBe(0);
  });

  test('an app is installed by its own page and removed by a menu', async () => {
    const installUrl = `${bench.sandbox.url}/oauth/v2/authorize?none`;
    const settings = { manifest: makeManifest(), delivery: { mode: 'socket' } as const };
    bench.sandbox.registerApp({ ...settings, installUrl });
    await screen.page.reload();
    await screen.page.getByLabel('Workspace', { exact: true }).selectOption({ label: 'Second' });
    const card = screen.page.getByRole('complementary', { name: 'Probe is not installed' });
    const link = card.getByRole('link', { name: 'Install Probe' });
    expect(await link.getAttribute('href')).toBe(installUrl);
    expect(await scan(screen.page)).toEqual([]);
    await screen.page.getByLabel('Workspace', { exact: true }).selectOption({ label: 'Acme' });
    await screen.page.getByRole('button', { name: 'Apps of this workspace' }).click();
    await keepPicture(screen.page, 'page-apps');
    await screen.page.getByRole('menuitem', { name: 'Remove Probe from Acme' }).click();
    await card.waitFor();
    expect(screen.complaints).toEqual([]);
  });
});
