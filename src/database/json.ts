import type { Prisma } from './generated/client.ts';

/** Plain data for a JSON column; what JSON cannot hold is dropped here and not by the driver. */
export function toJson(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
}
