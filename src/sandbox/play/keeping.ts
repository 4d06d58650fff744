import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sandbox, SavedWorld } from '../index.ts';

const FILE = 'workspace.json';
const EVERY_MS = 1000;
/** A clock that runs on by itself is noted so often. */
const CLOCK_EVERY_MS = 60_000;

/** Which workspaces a folder keeps, and what Tandem has to be told again. */
export type Setting =
  | { kind: 'one workspace' }
  | { kind: 'two workspaces'; encryptionKey: string; port: number };

const settingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one workspace') }),
  z.object({ kind: z.literal('two workspaces'), encryptionKey: z.string(), port: z.int() }),
]);

const fileSchema = z.object({ setting: settingSchema, world: z.unknown() });

export type Kept = { setting: Setting; world: unknown };

/** A folder that cannot be gone on with. The message is for whoever started the sandbox. */
export class KeptError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeptError';
  }
}

/** What a folder keeps of the same kind; null where it keeps nothing yet. */
export async function readKept<K extends Setting['kind']>(
  folder: string | undefined,
  kind: K,
): Promise<{ setting: Extract<Setting, { kind: K }>; world: unknown } | null> {
  if (folder === undefined) return null;
  const path = join(folder, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const { setting, world } = parse(text, path);
  if (setting.kind !== kind) {
    const how = setting.kind === 'two workspaces' ? 'with' : 'without';
    throw new KeptError(`${folder} keeps ${setting.kind}: start it ${how} --oauth.`);
  }
  return { setting: setting as Extract<Setting, { kind: K }>, world };
}

function parse(text: string, path: string): Kept {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new KeptError(`${path} cannot be read. Move the folder away to begin anew.`);
  }
}

export type Keeper = {
  /** Writes for the last time. */
  stop(): Promise<void>;
};

/** Keeps the workspaces in a folder: now, a moment after each change, and at the end. */
export async function keepIn(
  folder: string | undefined,
  o: { sandbox: Sandbox; setting: Setting },
): Promise<Keeper> {
  if (folder === undefined) return { stop: async () => {} };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  let isChanged = false;
  let writtenAtMs = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    isChanged = false;
    writtenAtMs = o.sandbox.now().toMillis();
    const world: SavedWorld = o.sandbox.save();
    const text = JSON.stringify({ setting: o.setting, world } satisfies Kept);
    writing = writing.catch(() => {}).then(() => replaceFile(path, text));
    return writing;
  };
  const unsubscribe = o.sandbox.subscribe(() => {
    isChanged = true;
  });
  const timer = setInterval(() => {
    const ranMs = o.sandbox.now().toMillis() - writtenAtMs;
    if (isChanged || ranMs >= CLOCK_EVERY_MS) {
      write().catch((error: unknown) => console.error(`${path} was not written:`, error));
    }
  }, EVERY_MS);
  await write();
  return {
    stop() {
      clearInterval(timer);
      unsubscribe();
      return write();
    },
  };
}

/** The old text or the new one is there, whenever the process ends. */
async function replaceFile(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
