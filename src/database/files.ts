import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** True when there is a file or directory at `path`. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Waits until the file, or the directory's list of names, has reached the disk. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes group's and others' rights away from a directory and everything in it. */
export async function makePrivate(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  const entries = await readdir(directory, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      await (entry.isDirectory() ? makePrivate(path) : chmod(path, 0o600));
    }),
  );
}

/** Copies a directory to a place that does not exist yet. */
export async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(target, { mode: 0o700 });
  const entries = await readdir(source, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const from = join(source, entry.name);
      const to = join(target, entry.name);
      await (entry.isDirectory()
        ? copyTree(from, to)
        : copyFile(from, to, constants.COPYFILE_FICLONE));
    }),
  );
}
