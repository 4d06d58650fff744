import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/** Absolute path of the repository's root. */
export const repositoryRoot = resolve(import.meta.dirname, '../..');

const NOT_OURS = new Set([
  '.git',
  'node_modules',
  'generated',
  'dist',
  'data',
  'coverage',
  'artefacts',
]);

/** Paths of all files that belong to the product, from the root, with forward slashes. Without git. */
export async function listRepositoryFiles(): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (NOT_OURS.has(entry.name) || entry.name === '.env' || entry.name.endsWith('.log'))
        continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) found.push(relative(repositoryRoot, path).split(sep).join('/'));
    }
  };
  await walk(repositoryRoot);
  return found.sort();
}

/** The text of one file, by its path from the root. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}
