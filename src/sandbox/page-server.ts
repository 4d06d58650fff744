import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import express, { type RequestHandler, type Response } from 'express';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PAGE = join(HERE, 'page');
/** Everything that ends up in the page. */
const SOURCES = [PAGE, join(HERE, 'rendering'), join(HERE, 'state')];
const LOCK_FILE = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

const run = promisify(execFile);
const require = createRequire(import.meta.url);

export type PageOptions = {
  /** Where built pages are kept; a temporary folder when this one cannot be written. */
  folder?: string;
  /** Told before a build, which takes a few seconds. */
  print?: (line: string) => void;
};

/** Serves the page on which a person plays everybody. It is built first when its sources changed since. */
export async function createPage(o: PageOptions = {}): Promise<RequestHandler> {
  const built = await builtPage(o);
  if (built === null) return explainMissing;
  return express.static(built, { setHeaders: refuseFrames });
}

function refuseFrames(response: Response): void {
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cache-control', 'no-cache');
}

const explainMissing: RequestHandler = (request, response, next) => {
  if (request.path !== '/') return next();
  response
    .status(503)
    .type('text/plain')
    .send('The page is not built, and Vite is not installed to build it. Run "npm install".\n');
};

/** The folder of the built page, named after its sources so that no build ever changes another; null without Vite. */
async function builtPage(o: PageOptions): Promise<string | null> {
  const folder = o.folder ?? join(PAGE, 'dist');
  const built = join(folder, await sourcesKey());
  if (await isThere(join(built, 'index.html'))) return built;
  const vite = findVite();
  if (vite === null) return null;
  o.print?.('Building the page (once, a few seconds) ...');
  const scratch = await makeScratch(folder);
  // Vite runs in a process of its own: it does not work inside test runners that wrap modules.
  const options = ['--base', './', '--outDir', scratch, '--emptyOutDir', '--logLevel', 'error'];
  await run(process.execPath, [vite, 'build', PAGE, ...options]);
  if (dirname(scratch) !== folder) return scratch;
  try {
    await rename(scratch, built);
  } catch (error) {
    // Somebody else built the same page meanwhile.
    if (!(await isThere(join(built, 'index.html')))) throw error;
  }
  return built;
}

async function sourcesKey(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(LOCK_FILE));
  for (const folder of SOURCES) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(join(PAGE, 'dist') + sep))
      .sort();
    for (const path of paths)
      hash.update(`${path.slice(HERE.length)}\n`).update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 16);
}

function findVite(): string | null {
  try {
    return join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
  } catch {
    return null;
  }
}

async function makeScratch(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await mkdtemp(join(folder, '.building-'));
  } catch {
    return mkdtemp(join(tmpdir(), 'tandem-sandbox-page-'));
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
