import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import type axeCore from 'axe-core';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARTEFACTS = fileURLToPath(new URL('../../artefacts/', import.meta.url));

const executablePath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
const isThere = executablePath !== undefined && existsSync(executablePath);
if (!isThere) {
  const why = process.env.CHROMIUM ? `${process.env.CHROMIUM} does not exist` : 'none is installed';
  // Jest shows no console of suites of which nothing ran.
  process.stderr.write(`Tests of the page are left out: they need Chromium and ${why}.\n`);
}

/** Tests in real Chromium; left out where there is none. CHROMIUM names another one. */
export const inChromium = isThere ? describe : describe.skip;

export type Screen = {
  page: Page;
  /** What went wrong on the page itself, in its console. */
  complaints: string[];
  /** The half of the page where this person sits. */
  pane(who: string): Locator;
  close(): Promise<void>;
};

/** Opens the page in a fresh browser profile. */
export async function openScreen(
  url: string,
  o: { width?: number; height?: number } = {},
): Promise<Screen> {
  const browser: Browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: FLAGS,
  });
  const page = await browser.newPage({
    viewport: { width: o.width ?? 1280, height: o.height ?? 800 },
  });
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await page.getByRole('button', { name: /^Next event/ }).waitFor();
  return {
    page,
    complaints,
    pane: (who) => page.getByRole('region', { name: who, exact: true }),
    close: () => browser.close(),
  };
}

/** Keeps a picture for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: `${ARTEFACTS}${name}.png` });
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What an accessibility scan finds wrong on the screen as it is now: rule and element, one a line. */
export async function scan(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof axeCore };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary ?? ''})`),
    );
  });
}
