import { type Command, onDatabase, textOf } from '../command.ts';
import { UsageError } from '../usage.ts';
import { findWorkspace, readingStores } from './records.ts';

/** `npm run admin -- audit`. */
export const audit: Command = {
  subject: 'audit',
  options: { workspace: { type: 'string' }, limit: { type: 'string' } },
  usage: `npm run admin -- audit [--workspace ID] [--limit N]

Who exported, erased or changed what and when, newest first; never what it says.`,
  read(words, options) {
    if (words.length > 0) throw new UsageError(`There is no "audit ${words[0]}".`);
    const limit = textOf(options, 'limit') ?? '100';
    if (!/^[1-9]\d{0,5}$/.test(limit)) throw new UsageError('--limit takes a number of lines.');
    return onDatabase(async (on) => {
      const workspaceId = await findWorkspace(on, textOf(options, 'workspace'));
      const { lines, total } = await readingStores(on).audit.page({
        workspaceId,
        size: Number(limit),
      });
      for (const { at, actorId, action, subject } of lines)
        on.print(`${at.toUTC().toISO()}  ${actorId}  ${action}  ${subject.kind} ${subject.id}`);
      on.print(
        lines.length < total ? `The newest ${lines.length} of ${total}.` : `${total} in all.`,
      );
      return true;
    });
  },
};
