import { toInstant } from '../database/instant.ts';
import { createAuditStore, noteInstallation, OPERATOR } from '../privacy/index.ts';
import { endDeliveries } from '../slack/installations/removal.ts';
import { removeOwner } from '../slack/installations/store.ts';
import { type Command, onDatabase, type Task } from './command.ts';
import { formatTable } from './table.ts';
import { UsageError } from './usage.ts';

/** `npm run admin -- installations`: in which workspaces Tandem is. */
export const installations: Command = {
  subject: 'installations',
  options: {},
  usage: `npm run admin -- installations list
npm run admin -- installations show ID
npm run admin -- installations remove ID

Where Tandem is installed, by workspace. show tells all that is stored about one, but for its tokens. remove does what
happens when somebody removes the app in Slack: the token is deleted, nothing is sent there any more, and the data is
deleted after 30 days. It does not remove the app in Slack. ID is of a workspace (T...) or an organization (E...).`,
  read(words) {
    const [verb, id, ...more] = words;
    if (verb === 'list' && id === undefined) return list();
    if ((verb !== 'show' && verb !== 'remove') || !id || more.length > 0)
      throw new UsageError('Say "installations list", or "show" or "remove" with one id.');
    return verb === 'show' ? show(id) : remove(id);
  },
};

const HEAD = ['WORKSPACE', 'NAME', 'STATE', 'INSTALLED BY', 'INSTALLED', 'PERMISSIONS', 'KEY'];

function list(): Task {
  return onDatabase(async ({ database, print }) => {
    const rows = await database.prisma.workspace.findMany({
      include: { installation: true },
      orderBy: { id: 'asc' },
    });
    const lines = rows.map(({ installation, ...row }) => [
      row.id,
      row.name,
      row.removedAt ? `removed, deleted on ${dayOf(row.deleteDataAt)}` : 'installed',
      installation?.installedBy ?? '-',
      dayOf(row.installedAt ?? row.createdAt),
      installation ? String(installation.scopes.length) : '-',
      installation ? `v${installation.keyVersion}` : '-',
    ]);
    if (rows.length > 0) for (const line of formatTable([HEAD, ...lines])) print(line);
    const installed = rows.filter(({ removedAt }) => removedAt === null).length;
    print(`Installed in ${installed} of ${rows.length} known workspaces.`);
    return true;
  });
}

function dayOf(at: Date | null): string {
  return at ? (toInstant(at).toISODate() ?? '-') : '-';
}

function show(id: string): Task {
  return onDatabase(async ({ database, print }) => {
    const { prisma } = database;
    const [workspace, owner] = await Promise.all([
      prisma.workspace.findUnique({ where: { id }, omit: { installationId: true } }),
      prisma.installation.findFirst({
        where: { OR: [{ id }, { workspaces: { some: { id } } }] },
        omit: { botToken: true, refreshToken: true },
      }),
    ]);
    if (!workspace && !owner) print(`Tandem was never installed in ${id}.`);
    else print(JSON.stringify({ workspace, installation: owner }, null, 2));
    return Boolean(workspace ?? owner);
  });
}

function remove(id: string): Task {
  return onDatabase(async ({ database, now, print }) => {
    const { prisma } = database;
    const removal = await prisma.$transaction((tx) =>
      removeOwner(tx, {
        ownerId: id,
        at: now,
        now,
        by: OPERATOR,
        note: (db, change) => noteInstallation(createAuditStore(db), change),
      }),
    );
    const { workspaceIds = [], deleteDataAt } = removal ?? {};
    for (const workspaceId of workspaceIds) {
      const count = await endDeliveries(prisma, workspaceId);
      const when = deleteDataAt?.toISODate();
      print(
        `Removed from ${workspaceId}; ${count} messages are not sent. Its data is deleted on ${when}.`,
      );
    }
    if (workspaceIds.length === 0) print(`Tandem is not installed in ${id}.`);
    return workspaceIds.length > 0;
  });
}
