import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runScript, type Script } from '../../support/processes.ts';
import { inChromium, keepPicture, openScreen, type Screen, scan } from './browser.ts';

inChromium('somebody who opens the printed address', () => {
  let sandbox: Script;
  let screen: Screen;

  beforeAll(async () => {
    sandbox = runScript(new URL('../../../src/sandbox/main.ts', import.meta.url), ['--port', '0']);
    const line = await sandbox.line((one) => one.includes('is open at'));
    screen = await openScreen(/http:\S+/.exec(line)?.[0] ?? '');
  }, 90_000);
  afterAll(async () => {
    await screen?.close();
    await sandbox?.kill('SIGTERM');
  });

  const nextStep = (text: string) =>
    screen.page
      .getByRole('complementary', { name: 'What to try' })
      .filter({ hasText: text })
      .waitFor();

  test('is told what to try', async () => {
    const card = screen.page.getByRole('complementary', { name: 'What to try' });
    expect(await card.innerText()).toContain('/ea-setup');
    await keepPicture(screen.page, 'page-welcome');
    expect(await scan(screen.page)).toEqual([]);
  });

  test('proposes an agreement as the executive', async () => {
    const dana = screen.pane('Dana');
    const composer = dana.getByRole('textbox', { name: 'Message #dana-ana' });
    await composer.pressSequentially('/ea-s');
    await dana.getByRole('option', { name: /^\/ea-setup/ }).click();
    await composer.press('Enter');
    const form = dana.getByRole('dialog', { name: 'Set up Tandem' });
    await form.getByRole('button', { name: 'Next', exact: true }).click();
    await form.getByText('Please complete this required field.').first().waitFor();
    await keepPicture(screen.page, 'page-form-with-errors');
    expect(await scan(screen.page)).toEqual([]);
    await form.getByLabel('The other person').click();
    await form.getByRole('option', { name: /^Ana/ }).click();
    await form.getByLabel('Your shared channel').fill('dana');
    await form.getByRole('option', { name: '#dana-ana' }).click();
    await form.getByRole('button', { name: 'Next', exact: true }).click();
    await dana.getByRole('dialog').getByRole('button', { name: 'Propose' }).click();
    await dana
      .getByRole('dialog')
      .getByText(/has the agreement/)
      .waitFor();
    await dana.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await dana.getByRole('dialog').waitFor({ state: 'detached' });
    await nextStep('Step 2 of 5. As Ana, open the message from Tandem and accept.');
  });

  test('accepts it as the EA', async () => {
    const ana = screen.pane('Ana');
    await ana.getByRole('button', { name: /^Tandem/ }).click();
    await ana.getByText(/proposes a working agreement/).waitFor();
    await keepPicture(screen.page, 'page-agreement');
    await ana.getByRole('button', { name: 'Accept' }).click();
    await ana.getByText(/Accepted by you, \w{3} \d+ \w{3}, \d\d:\d\d GMT\+8 \(Manila\)/).waitFor();
    expect(await ana.getByText('@Dana').first().isVisible()).toBe(true);
    await nextStep('Step 3 of 5. Press Next event');
  });

  test('goes to the first check-in and writes it as the EA', async () => {
    const ana = screen.pane('Ana');
    await screen.page.getByRole('button', { name: /^Next event/ }).click();
    await ana.getByRole('button', { name: 'Start check-in' }).click();
    const form = ana.getByRole('dialog', { name: 'Check-in' });
    await form.getByLabel('What got done?').fill('Booked the flights to Oslo');
    await form.getByLabel('What is planned today?').fill('Visa papers');
    await keepPicture(screen.page, 'page-check-in');
    expect(await scan(screen.page)).toEqual([]);
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });
  });

  test('reads it as the executive', async () => {
    const dana = screen.pane('Dana');
    const log = dana.getByRole('log', { name: 'Messages in #dana-ana' });
    await log.getByText('Booked the flights to Oslo').waitFor();
    await nextStep('Step 4 of 5. As Dana, write /ea-delegate');
    await keepPicture(screen.page, 'page-checked-in');
    expect(await scan(screen.page)).toEqual([]);
    expect(screen.complaints).toEqual([]);
  });

  test('hears from the sandbox, in a sentence, what cannot be done', async () => {
    const dana = screen.pane('Dana');
    const composer = dana.getByRole('textbox', { name: 'Message #dana-ana' });
    await composer.fill('/nonsense');
    await composer.press('Enter');
    await dana.getByText(/"\/nonsense" is not a command. There are: .*\/ea-setup/).waitFor();
    await dana.getByRole('button', { name: 'Dismiss' }).click();
    expect(await composer.inputValue()).toBe('/nonsense');
  });

  test('sees one person at a time on a telephone', async () => {
    await screen.page.setViewportSize({ width: 390, height: 844 });
    const [dana, ana] = [screen.pane('Dana'), screen.pane('Ana')];
    await dana.waitFor();
    expect(await ana.isVisible()).toBe(false);
    await keepPicture(screen.page, 'page-390');
    expect(await scan(screen.page)).toEqual([]);
    await screen.page.getByRole('button', { name: /^Ana/ }).click();
    await ana.getByRole('button', { name: /^Channels/ }).click();
    await keepPicture(screen.page, 'page-390-channels');
    expect(await scan(screen.page)).toEqual([]);
    await ana.getByRole('button', { name: /^dana-ana/ }).click();
    await ana.getByText('Booked the flights to Oslo').waitFor();
    const width = await screen.page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
  });
});
