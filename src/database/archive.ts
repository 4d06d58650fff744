import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';

const BLOCK = 512;
const LONGEST_NAME = 100;
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;

/**
 * Writes a directory as a gzipped tar archive. Its memory does not grow with the directory, whose
 * files must not change meanwhile.
 */
export async function packDirectory(directory: string, archive: string): Promise<void> {
  await pipeline(
    Readable.from(readEntries(directory, '')),
    createGzip({ level: 1 }),
    createWriteStream(archive, { mode: 0o600 }),
  );
}

/** Unpacks an archive of `packDirectory` into a new directory; throws when the archive is damaged. */
export async function unpackDirectory(archive: string, directory: string): Promise<void> {
  const content = await promisify(gunzip)(await readFile(archive));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let offset = 0;
  while (offset + BLOCK <= content.length) {
    const header = content.subarray(offset, offset + BLOCK);
    const name = readText(header, 'name');
    if (name === '') return;
    if (readNumber(header, 'checksum') !== checksumOf(header)) {
      throw new Error(`${archive} is damaged at byte ${offset}`);
    }
    const path = join(directory, normalize(name));
    if (!path.startsWith(directory + sep)) throw new Error(`${archive} leaves its directory`);
    const size = readNumber(header, 'size');
    const start = offset + BLOCK;
    if (readText(header, 'type') === '5') await mkdir(path, { recursive: true, mode: 0o700 });
    else {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, content.subarray(start, start + size), { mode: 0o600 });
    }
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`${archive} ends too early`);
}

async function* readEntries(root: string, prefix: string): AsyncGenerator<Buffer> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true });
  for (const entry of entries) {
    const name = join(prefix, entry.name);
    if (entry.isDirectory()) {
      yield header({ name, size: 0, type: '5' });
      yield* readEntries(root, name);
    } else {
      const { size } = await stat(join(root, name));
      yield header({ name, size, type: '0' });
      if (size > 0) yield* createReadStream(join(root, name), { end: size - 1 });
      yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
    }
  }
  if (prefix === '') yield Buffer.alloc(2 * BLOCK);
}

function header(entry: { name: string; size: number; type: '0' | '5' }): Buffer {
  if (Buffer.byteLength(entry.name) > LONGEST_NAME) throw new Error(`${entry.name} is too long`);
  const block = Buffer.alloc(BLOCK);
  writeText(block, 'name', entry.name);
  writeText(block, 'mode', entry.type === '5' ? '0000700' : '0000600');
  writeText(block, 'size', entry.size.toString(8).padStart(11, '0'));
  writeText(block, 'type', entry.type);
  writeText(block, 'magic', 'ustar\u000000');
  writeText(block, 'checksum', `${checksumOf(block).toString(8).padStart(6, '0')}\0 `);
  return block;
}

function checksumOf(block: Buffer): number {
  const [start, length] = FIELDS.checksum;
  let sum = length * 32;
  for (const [index, byte] of block.entries()) {
    if (index < start || index >= start + length) sum += byte;
  }
  return sum;
}

function writeText(block: Buffer, field: keyof typeof FIELDS, text: string): void {
  block.write(text, FIELDS[field][0], 'utf8');
}

function readText(block: Buffer, field: keyof typeof FIELDS): string {
  const [start, length] = FIELDS[field];
  const text = block.toString('utf8', start, start + length);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

function readNumber(block: Buffer, field: keyof typeof FIELDS): number {
  return Number.parseInt(readText(block, field), 8);
}
