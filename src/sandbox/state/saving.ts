import { DateTime } from 'luxon';
import { z } from 'zod';
import { SandboxError } from '../errors.ts';
import type { SlackApp, Team } from './types.ts';
import type { World } from './world.ts';

const VERSION = 1;

/** Everything that a workspace keeps, as plain JSON; it holds tokens. */
export type SavedWorld = {
  version: number;
  /** The simulated instant, ISO 8601. */
  now: string;
  /** How many ids were given out. */
  idCount: number;
  teams: unknown;
  apps: unknown;
};

const savedSchema = z.object({
  version: z.literal(VERSION),
  now: z.iso.datetime({ offset: true }),
  idCount: z.int().nonnegative(),
  teams: z.unknown(),
  apps: z.unknown(),
});

/** What is in the world now. Triggers, addresses for answers and what is on its way are not kept. */
export function saveWorld(world: World): SavedWorld {
  return {
    version: VERSION,
    now: world.clock.now().toISO(),
    idCount: world.ids.count(),
    teams: encode(world.teams),
    apps: encode(world.apps),
  };
}

/** When a saved world stood still. Throws a sentence for something that is no saved world of this version. */
export function readSaved(value: unknown): { saved: SavedWorld; now: DateTime } {
  const parsed = savedSchema.safeParse(value);
  if (!parsed.success) {
    throw new SandboxError('bad_save', 'This is not a workspace that this version has saved.');
  }
  return { saved: parsed.data, now: DateTime.fromISO(parsed.data.now, { zone: 'utc' }) };
}

/** Puts what was saved into an empty world, whose clock stands at that time already. */
export function restoreWorld(world: World, saved: SavedWorld): void {
  world.ids.continueFrom(saved.idCount);
  for (const [id, team] of decode(saved.teams) as Map<string, Team>) world.teams.set(id, team);
  for (const [id, app] of decode(saved.apps) as Map<string, SlackApp>) world.apps.set(id, app);
}

/** JSON has no maps, sets and bytes: each becomes an object with one field that begins with `$`. */
function encode(value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value].map(encode) };
  if (value instanceof Set) return { $set: [...value].map(encode) };
  if (Buffer.isBuffer(value)) return { $bytes: value.toString('base64') };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  const encoded = fields.map(([name, one]): [string, unknown] => [name, encode(one)]);
  if (fields.some(([name]) => name.startsWith('$'))) return { $object: encoded };
  return Object.fromEntries(encoded);
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, inner] = ['', null]] = Object.entries(value);
  if (Array.isArray(inner)) {
    if (name === '$map') return new Map(inner.map(decode) as [unknown, unknown][]);
    if (name === '$set') return new Set(inner.map(decode));
    if (name === '$object') return Object.fromEntries(inner.map(decode) as [string, unknown][]);
  }
  if (name === '$bytes' && typeof inner === 'string') return Buffer.from(inner, 'base64');
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, decode(one)]));
}
