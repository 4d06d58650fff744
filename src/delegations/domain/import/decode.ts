import type { Checked } from '../../../time/validate.ts';

const EMPTY = 'This file is empty. Add a line that names the columns, and a line for each task.';
const WORKBOOK =
  'This is a workbook and not a CSV file. In your spreadsheet choose File, then Download or Save as, then CSV.';
const NOT_TEXT =
  'This is not a text file. Save your table as CSV (comma separated values) and choose that file.';

/** The text in a file: UTF-8 or UTF-16, with or without a byte order mark, else Windows-1252. */
export function decodeTable(bytes: Uint8Array): Checked<string> {
  if (bytes.length === 0) return { ok: false, message: EMPTY };
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return { ok: false, message: WORKBOOK };
  const text = toText(bytes).replace(/^\uFEFF/, '');
  if (text.includes('\0')) return { ok: false, message: NOT_TEXT };
  if (text.trim() === '') return { ok: false, message: EMPTY };
  return { ok: true, value: text };
}

function toText(bytes: Uint8Array): string {
  const utf16 = findUtf16(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Latin letters in UTF-16 have a zero in every second byte. */
function findUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const head = bytes.subarray(0, 200);
  const zeros = (parity: number) =>
    head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const most = head.length * 0.3;
  if (zeros(1) > most && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > most && zeros(1) === 0 ? 'utf-16be' : null;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
