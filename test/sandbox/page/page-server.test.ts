import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { createPage } from '../../../src/sandbox/page-server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-page-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function open(page: Awaited<ReturnType<typeof createPage>>) {
  const sandbox = await startSandbox({ page });
  const response = await fetch(`${sandbox.url}/`);
  const html = await response.text();
  const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
  const loaded = await fetch(`${sandbox.url}${script}`);
  await sandbox.stop();
  return { response, html, scriptStatus: loaded.status };
}

test('the page is built once and served from then on', async () => {
  const printed: string[] = [];
  const print = (line: string) => printed.push(line);
  await createPage({ folder, print });
  const { response, html, scriptStatus } = await open(await createPage({ folder, print }));
  expect(printed).toEqual(['Building the page (once, a few seconds) ...']);
  expect(response.status).toBe(200);
  expect(response.headers.get('x-frame-options')).toBe('DENY');
  expect(html).toContain('Tandem sandbox');
  expect(scriptStatus).toBe(200);
});

test('the page is served where its folder cannot be written', async () => {
  const { response, scriptStatus } = await open(
    await createPage({ folder: join(import.meta.filename, 'not-a-folder') }),
  );
  expect(response.status).toBe(200);
  expect(scriptStatus).toBe(200);
});
