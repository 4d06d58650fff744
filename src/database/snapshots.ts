import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packDirectory } from './archive.ts';
import { copyTree, syncToDisk } from './files.ts';

const KEPT = 3;
const FILE_NAME = /^snapshot-(\d+)\.tar\.gz$/;

export type Snapshots = ReturnType<typeof createSnapshots>;

/** The rotating snapshots in `directory`: complete archives of a database's files, newest kept. */
export function createSnapshots(directory: string) {
  const copy = join(directory, 'copy.partial');
  const archive = join(directory, 'archive.partial');

  async function numbers(): Promise<number[]> {
    const names = await readdir(directory).catch((): string[] => []);
    return names
      .flatMap((name) => FILE_NAME.exec(name)?.slice(1, 2) ?? [])
      .map(Number)
      .toSorted((a, b) => b - a);
  }

  function pathOf(number: number): string {
    return join(directory, `snapshot-${String(number).padStart(6, '0')}.tar.gz`);
  }

  async function keep(source: string): Promise<void> {
    await packDirectory(source, archive);
    await syncToDisk(archive);
    const [newest = 0, ...older] = await numbers();
    await rename(archive, pathOf(newest + 1));
    await syncToDisk(directory);
    const outdated = [newest, ...older].slice(KEPT - 1);
    await Promise.all(outdated.map((number) => rm(pathOf(number), { force: true })));
  }

  return {
    /** Newest first. */
    async list(): Promise<string[]> {
      return (await numbers()).map(pathOf);
    },

    /** Snapshots files that nobody writes. */
    async takeOfStopped(source: string): Promise<void> {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await keep(source);
    },

    /** Snapshots files in use: `holdWrites` is held only while they are copied. */
    async takeOfRunning(
      source: string,
      holdWrites: (copyFiles: () => Promise<void>) => Promise<void>,
    ): Promise<void> {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await rm(copy, { recursive: true, force: true });
      try {
        await holdWrites(() => copyTree(source, copy));
        await keep(copy);
      } finally {
        await rm(copy, { recursive: true, force: true });
      }
    },
  };
}
