import { ApiError } from '../errors.ts';

/** Arguments of a call as they came: strings from forms, any JSON from JSON bodies. */
export type Arguments = Record<string, unknown>;

function refuse(message: string): never {
  throw new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] ${message}`] },
  });
}

export function readText(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return refuse(`must be a string [json-pointer:/${name}]`);
  return value;
}

export function needText(args: Arguments, name: string): string {
  const value = readText(args, name);
  return value === undefined || value === '' ? refuse(`missing required field: ${name}`) : value;
}

export function readFlag(args: Arguments, name: string): boolean | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (value === true || value === 'true' || value === '1' || value === 1) return true;
  if (value === false || value === 'false' || value === '0' || value === 0) return false;
  return refuse(`must be a boolean [json-pointer:/${name}]`);
}

export function readNumber(args: Arguments, name: string): number | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : refuse(`must be a number [json-pointer:/${name}]`);
}

/** A nested value: as it is in JSON bodies, JSON in a string in forms. */
export function readNested(args: Arguments, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return refuse(`must be valid JSON [json-pointer:/${name}]`);
  }
}

/** Slack's cursor pages: the part asked for, and the cursor of the next one (empty at the end). */
export function pageOf<T>(
  all: T[],
  args: Arguments,
  limits: { standard: number; most: number },
): { items: T[]; nextCursor: string } {
  const limit = readNumber(args, 'limit') ?? limits.standard;
  if (limit < 1 || limit > limits.most) throw new ApiError('invalid_limit');
  const cursor = readText(args, 'cursor');
  const start = cursor ? readCursor(cursor) : 0;
  const end = start + limit;
  const nextCursor = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), nextCursor };
}

function readCursor(cursor: string): number {
  const start = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (start === undefined) throw new ApiError('invalid_cursor');
  return Number(start);
}
