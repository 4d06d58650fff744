import { erasePair, erasePerson, OPERATOR } from '../../privacy/index.ts';
import { type Command, type On, onDatabase, textOf } from '../command.ts';
import { UsageError } from '../usage.ts';
import { changeWith, findWorkspace, listKinds, readingStores } from './records.ts';

/** `npm run admin -- erase`. */
export const erase: Command = {
  subject: 'erase',
  options: { workspace: { type: 'string' }, yes: { type: 'boolean' } },
  usage: `npm run admin -- erase person USER --yes [--workspace ID]
npm run admin -- erase pair PAIR --yes [--workspace ID]

Deletes for good. person deletes what is theirs, ends their pairs, and puts "a former colleague" in their place in what
others wrote. pair deletes everything of the two. Messages that show it are taken out of Slack once Tandem runs. The
audit log notes it. Without --yes nothing is done.`,
  read(words, options) {
    const [what, id, ...more] = words;
    if ((what !== 'person' && what !== 'pair') || !id || more.length > 0)
      throw new UsageError('Say "person" or "pair", and one id.');
    if (options['yes'] !== true) throw new UsageError('This cannot be undone: say --yes to do it.');
    return onDatabase(async (on) => {
      const workspaceId = await findWorkspace(on, textOf(options, 'workspace'));
      const isDone =
        what === 'person'
          ? await erasePersonNow(on, { workspaceId, userId: id })
          : await changeWith(on, (stores) =>
              erasePair(stores, { workspaceId, pairId: id, actorId: OPERATOR, now: on.now }),
            );
      on.print(
        isDone ? `The ${what} ${id} is erased.` : `There is no ${what} ${id} in ${workspaceId}.`,
      );
      return isDone;
    });
  },
};

async function erasePersonNow(
  on: On,
  who: { workspaceId: string; userId: string },
): Promise<boolean> {
  const kinds = listKinds();
  const { privacy } = readingStores(on);
  let count = 0;
  for (const table of kinds.flatMap((kind) => kind.tables)) {
    if (table.owners.length > 0) count += await privacy.countOwn(table, who);
  }
  if (count === 0) return false;
  await changeWith(on, (stores) =>
    erasePerson(stores, { ...who, actorId: OPERATOR, kinds, now: on.now }),
  );
  return true;
}
