import { access, constants, mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

const SOURCES = fileURLToPath(new URL('page', import.meta.url));
const BUILT = join(SOURCES, 'dist');

export type PageOptions = {
  /** Where the built page is kept; a temporary folder when this one cannot be written. */
  folder?: string;
  /** Told before a build, which takes a few seconds. */
  print?: (line: string) => void;
};

/** Serves the page on which a person plays everybody, built first when it is missing or older than its sources. */
export async function createPage(o: PageOptions = {}): Promise<RequestHandler> {
  const folder = await builtFolder(o);
  return express.static(folder, { index: 'index.html', setHeaders: neverEmbedded });
}

function neverEmbedded(response: express.Response): void {
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cache-control', 'no-cache');
}

async function builtFolder(o: PageOptions): Promise<string> {
  const folder = o.folder ?? BUILT;
  if (await isCurrent(folder)) return folder;
  const target = (await isWritable(folder))
    ? folder
    : await mkdtemp(join(tmpdir(), 'tandem-sandbox-page-'));
  o.print?.('Building the page (once, a few seconds) ...');
  await build(target);
  return target;
}

async function build(folder: string): Promise<void> {
  // A development dependency: it is needed only where the page was not built before.
  const vite = await import('vite');
  await vite.build({
    configFile: false,
    envDir: false,
    root: SOURCES,
    base: './',
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  });
}

async function isCurrent(folder: string): Promise<boolean> {
  const built = await changedAt(join(folder, 'index.html'));
  if (built === null) return false;
  const names = await readdir(SOURCES, { recursive: true, withFileTypes: true });
  for (const entry of names) {
    if (!entry.isFile() || entry.parentPath.startsWith(BUILT)) continue;
    const changed = await changedAt(join(entry.parentPath, entry.name));
    if (changed !== null && changed > built) return false;
  }
  return true;
}

async function changedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}

async function isWritable(folder: string): Promise<boolean> {
  for (const path of [folder, join(folder, '..')]) {
    try {
      await access(path, constants.W_OK);
      return true;
    } catch {
      // The folder may not be there yet; then the one around it decides.
    }
  }
  return false;
}
