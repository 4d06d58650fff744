import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectFiles, OPERATOR } from '../../privacy/index.ts';
import { type Command, onDatabase, textOf } from '../command.ts';
import { UsageError } from '../usage.ts';
import { findWorkspace, listKinds, readingStores } from './records.ts';

const FORMATS = ['csv', 'json', 'both'] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `npm run admin -- export`. */
export const exportRecords: Command = {
  subject: 'export',
  options: {
    workspace: { type: 'string' },
    to: { type: 'string' },
    format: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
  },
  usage: `npm run admin -- export person USER --to FOLDER [--format csv|json|both] [--from DATE] [--until DATE] [--workspace ID]
npm run admin -- export pair PAIR --to FOLDER [...]

Writes a copy of what is recorded of a person, or of what both of a pair may see: one file for each kind of record. The
audit log notes it.`,
  read(words, options) {
    const [what, id, ...more] = words;
    if ((what !== 'person' && what !== 'pair') || !id || more.length > 0)
      throw new UsageError('Say "person" or "pair", and one id.');
    const to = textOf(options, 'to');
    if (!to) throw new UsageError('Say where the files go with --to FOLDER.');
    const format = FORMATS.find((one) => one === (textOf(options, 'format') ?? 'both'));
    if (!format) throw new UsageError(`--format takes ${FORMATS.join(', ')}.`);
    const fromOn = readDate(textOf(options, 'from'), '--from');
    const untilOn = readDate(textOf(options, 'until'), '--until');
    return onDatabase(async (on) => {
      const workspaceId = await findWorkspace(on, textOf(options, 'workspace'));
      const stores = readingStores(on);
      const { files, cut } = await collectFiles(stores, {
        workspaceId,
        // Nobody in particular: of a pair then only what both may see.
        userId: what === 'person' ? id : '',
        pairId: what === 'pair' ? id : null,
        fromOn,
        untilOn,
        format,
        kinds: listKinds(),
      });
      if (files.length === 0) {
        on.print(`There is nothing of the ${what} ${id} in ${workspaceId}.`);
        return false;
      }
      await mkdir(to, { recursive: true, mode: 0o700 });
      for (const { name, content } of files)
        await writeFile(join(to, name), content, { mode: 0o600 });
      const action = 'export.delivered';
      const subject = { kind: what, id } as const;
      await stores.audit.record({ workspaceId, actorId: OPERATOR, action, subject, at: on.now });
      for (const { name, rows } of files) on.print(`${join(to, name)}  ${rows}`);
      if (cut) on.print('A file was cut: export a shorter range of dates to see the others.');
      return true;
    });
  },
};

function readDate(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  if (!DATE.test(text)) throw new UsageError(`${option} takes a date such as 2026-03-31.`);
  return text;
}
