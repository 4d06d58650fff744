import { readKeys } from '../config.ts';
import { rotateTokens } from '../slack/installations/rotation.ts';
import { createVault } from '../slack/installations/vault.ts';
import { noteOperator } from './audit.ts';
import { type Command, onDatabase, type Task } from './command.ts';
import { UsageError } from './usage.ts';

/** `npm run admin -- rotate-key`: all stored tokens under the newest key. */
export const rotateKey: Command = {
  subject: 'rotate-key',
  options: {},
  usage: `npm run admin -- rotate-key

Encrypts every stored token again with the key of ENCRYPTION_KEY that has the highest version, so that the others can be
left out. Every replica must know the new key before. It can be stopped at any time and run again.`,
  read(words): Task {
    if (words.length > 0) throw new UsageError('rotate-key takes no further words.');
    return async (surroundings) => {
      const keys = readKeys(surroundings.environment);
      if (keys.length === 0) {
        surroundings.print('ENCRYPTION_KEY is not set, so no tokens are stored.');
        return false;
      }
      const vault = createVault(keys);
      return await onDatabase(async ({ database, now, print }) => {
        const { rotated, problems } = await rotateTokens({
          database,
          vault,
          note: (tx, id) =>
            noteOperator(tx, { action: 'key.rotated', of: { installationId: id }, now }),
        });
        for (const problem of problems) print(problem);
        print(`${rotated} installations were encrypted again with the key v${vault.newest}.`);
        print(
          problems.length === 0
            ? 'All of them use it: the other keys can be left out of ENCRYPTION_KEY.'
            : `${problems.length} could not be, and need their old key.`,
        );
        return problems.length === 0;
      })(surroundings);
    };
  },
};
