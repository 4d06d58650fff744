import type { DateTime } from 'luxon';
import type { Agreement as AgreementRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { isSameZone } from '../../time/zones.ts';
import type { Agreement, Pair, Role, Terms } from '../domain.ts';

export function createAgreementRows(db: Tx) {
  return {
    /** Writes the next version of the agreement. What was still open before it is marked as replaced and returned. */
    async propose(
      pair: Pair,
      o: { terms: Terms; by: string; now: DateTime },
    ): Promise<{ agreement: Agreement; replaced: Agreement[] }> {
      const of = { workspaceId: pair.workspaceId, pairId: pair.id };
      // Two proposals at once take their version numbers one after the other.
      await db.$queryRaw`SELECT 1 FROM pairs WHERE "workspaceId" = ${pair.workspaceId} AND id = ${pair.id} FOR UPDATE`;
      const open = await db.agreement.findMany({
        where: { ...of, acceptedAt: null, replacedAt: null },
      });
      await db.agreement.updateMany({
        where: { ...of, acceptedAt: null, replacedAt: null },
        data: { replacedAt: o.now.toJSDate() },
      });
      const { _max } = await db.agreement.aggregate({ where: of, _max: { version: true } });
      const row = await db.agreement.create({
        data: {
          ...of,
          version: (_max.version ?? 0) + 1,
          terms: o.terms,
          proposedBy: o.by,
          proposedAt: o.now.toJSDate(),
        },
      });
      return { agreement: toAgreement(row), replaced: open.map(toAgreement) };
    },

    async findAgreement(
      workspaceId: string,
      o: { pairId: string; version: number },
    ): Promise<Agreement | null> {
      const row = await db.agreement.findUnique({
        where: {
          workspaceId_pairId_version: { workspaceId, pairId: o.pairId, version: o.version },
        },
      });
      return row && toAgreement(row);
    },

    /** The newest version that has not been replaced, whether accepted or not. */
    async findLatest(pair: Pick<Pair, 'workspaceId' | 'id'>): Promise<Agreement | null> {
      const row = await db.agreement.findFirst({
        where: { workspaceId: pair.workspaceId, pairId: pair.id, replacedAt: null },
        orderBy: { version: 'desc' },
      });
      return row && toAgreement(row);
    },

    async findInForce(pair: Pick<Pair, 'workspaceId' | 'id'>): Promise<Agreement | null> {
      const row = await db.agreement.findFirst({
        where: { workspaceId: pair.workspaceId, pairId: pair.id, acceptedAt: { not: null } },
        orderBy: { version: 'desc' },
      });
      return row && toAgreement(row);
    },

    /** Puts a person's new zone where the agreement in force or the open proposal has their old one; returns those changed. */
    async moveTerms(
      pair: Pick<Pair, 'workspaceId' | 'id'>,
      o: { role: Role; from: string; to: string },
    ): Promise<Agreement[]> {
      const of = { workspaceId: pair.workspaceId, pairId: pair.id };
      const rows = await db.agreement.findMany({
        where: { ...of, replacedAt: null },
        orderBy: { version: 'desc' },
      });
      const inForce = rows.find((row) => row.acceptedAt !== null);
      const current = rows.filter((row) => row === inForce || row.acceptedAt === null);
      const moved = current
        .map(toAgreement)
        .filter(({ terms }) => isSameZone(terms[o.role].zone, o.from))
        .map(({ terms, ...rest }) => {
          return { ...rest, terms: { ...terms, [o.role]: { ...terms[o.role], zone: o.to } } };
        });
      for (const { version, terms } of moved) {
        await db.agreement.update({
          where: { workspaceId_pairId_version: { ...of, version } },
          data: { terms },
        });
      }
      return moved;
    },

    /** False when somebody accepted or replaced it first. */
    async accept(agreement: Agreement, o: { by: string; now: DateTime }): Promise<boolean> {
      const { workspaceId, pairId, version } = agreement;
      const { count } = await db.agreement.updateMany({
        where: { workspaceId, pairId, version, acceptedAt: null, replacedAt: null },
        data: { acceptedBy: o.by, acceptedAt: o.now.toJSDate() },
      });
      return count === 1;
    },
  };
}

function toAgreement(row: AgreementRow): Agreement {
  return {
    workspaceId: row.workspaceId,
    pairId: row.pairId,
    version: row.version,
    terms: row.terms as unknown as Terms,
    proposedBy: row.proposedBy,
    proposedAt: toInstant(row.proposedAt),
    acceptedBy: row.acceptedBy,
    acceptedAt: row.acceptedAt && toInstant(row.acceptedAt),
    replacedAt: row.replacedAt && toInstant(row.replacedAt),
  };
}
