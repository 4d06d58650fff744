import { changePeriods, describeKept, isChangeable, OPERATOR } from '../../privacy/index.ts';
import { type Command, onDatabase, textOf } from '../command.ts';
import { UsageError } from '../usage.ts';
import { changeWith, findWorkspace, listKinds, readingStores } from './records.ts';

/** `npm run admin -- retention`. */
export const retention: Command = {
  subject: 'retention',
  options: { workspace: { type: 'string' } },
  usage: `npm run admin -- retention [--workspace ID]
npm run admin -- retention set KIND DAYS [--workspace ID]

How long each kind of record is kept. DAYS is a number, or "never" to keep it until somebody erases it. Older records
are deleted each night.`,
  read(words, options) {
    const [verb, name, days, ...more] = words;
    const workspace = textOf(options, 'workspace');
    const kinds = listKinds();
    if (verb === undefined)
      return onDatabase(async (on) => {
        const workspaceId = await findWorkspace(on, workspace);
        const chosen = await readingStores(on).privacy.findPeriods(workspaceId);
        for (const kind of kinds) {
          const least = isChangeable(kind) ? `  (at least ${kind.kept.least})` : '';
          on.print(`${kind.kind}  ${describeKept(kind, chosen.get(kind.kind))}${least}`);
        }
        return true;
      });
    const kind = kinds.find((one) => one.kind === name);
    if (verb !== 'set' || more.length > 0) throw new UsageError(`There is no "retention ${verb}".`);
    const least = kind?.kept.least;
    if (!kind || least === undefined)
      throw new UsageError(
        `Choose one of: ${kinds
          .filter(isChangeable)
          .map((one) => one.kind)
          .join(', ')}.`,
      );
    const wanted = days === 'never' ? null : Number(days);
    if (wanted !== null && !(Number.isInteger(wanted) && wanted >= least && wanted <= 3650))
      throw new UsageError(`${name} takes "never" or a number of days from ${least} to 3650.`);
    return onDatabase(async (on) => {
      const workspaceId = await findWorkspace(on, workspace);
      const periods = { [kind.kind]: wanted };
      const changed = await changeWith(on, (stores) =>
        changePeriods(stores, { workspaceId, actorId: OPERATOR, kinds, periods, now: on.now }),
      );
      on.print(changed.length > 0 ? 'Saved. It holds from tonight on.' : 'It was so already.');
      return true;
    });
  },
};
