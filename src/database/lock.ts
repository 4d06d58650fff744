import { closeSync, ftruncateSync, openSync, readFileSync, realpathSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock, unlock } from 'fs-native-extensions';
import { DatabaseError } from './errors.ts';

export type DirectoryLock = { release: () => void };

const FILE = 'tandem.lock';

// The kernel's lock belongs to a process on some systems, so a second opening within this process
// has to be refused here.
const heldHere = new Set<string>();

/**
 * Takes the data directory for this process alone, or throws a sentence that names the owner. The
 * kernel gives the lock back when its owner dies, however it dies.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(realpathSync(directory), FILE);
  if (heldHere.has(path)) throw inUse(directory, String(process.pid));
  const file = openSync(path, 'a+', 0o600);
  if (!tryLock(file)) {
    const owner = readFileSync(path, 'utf8').trim();
    closeSync(file);
    throw inUse(directory, owner);
  }
  heldHere.add(path);
  ftruncateSync(file, 0);
  writeSync(file, `${process.pid}\n`);
  return {
    release() {
      if (!heldHere.delete(path)) return;
      // The file stays: removing it would let two processes hold locks on two files of one name.
      ftruncateSync(file, 0);
      unlock(file);
      closeSync(file);
    },
  };
}

function inUse(directory: string, owner: string): DatabaseError {
  const who = owner === '' ? 'Another process' : `Another process (pid ${owner})`;
  return new DatabaseError(
    `${who} is using the data directory ${directory}. Only one may at a time: stop that process first, or set DATA_DIR to another directory.`,
  );
}
