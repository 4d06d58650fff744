import { DateTime } from 'luxon';
import type { ActResult } from '../../index.ts';
import type { Script } from '../script.ts';
import { closeForm, type } from './deeds.ts';
import { DANA, type Week } from './people.ts';

const NAME = 'board.csv';
export const LUNCH = 'Order lunch for the board';

/** Dana hands over a whole table: refused with its lines named, mended, taken back, and never there twice. */
export async function playTable(script: Script, week: Week): Promise<void> {
  const { act, tell, expect, read } = script;
  tell('The board meets on three Mondays. Dana has a table of what is to be done.');
  const said = () => read(DANA, 'DM').map((one) => one.text);
  const isSaid = (words: string) => said().some((text) => text.includes(words));
  const choose = (words: string, table: string) => chooseFile(script, { words, table });

  const before = await countTasks(script);
  await choose(
    'chooses a file with two lines that are not right',
    table(week, { isMended: false }),
  );
  expect('each wrong line is named', isSaid('Line 5: “next week” is not a date'));
  expect('and so is the other one', isSaid('Line 6: There is no priority “asap”.'));
  await choose('mends the two lines and chooses it again', table(week, { isMended: true }));
  expect('what would come of it is shown', isSaid(`${NAME} has 5 tasks for Ana Reyes. Nothing is`));
  await act(DANA, 'confirms it', { do: 'click', click: 'Import 5 tasks' });
  expect('they come all at once', isSaid(`5 tasks from ${NAME} are imported`));
  await act(DANA, 'takes it back after all', {
    do: 'click',
    click: 'Undo the import',
    confirm: true,
  });
  expect('they are gone', isSaid('is undone: 5 tasks are removed.'));
  await choose('wants it nevertheless', table(week, { isMended: true }));
  await act(DANA, 'confirms it', { do: 'click', click: 'Import 5 tasks' });
  await choose('forgets that, and chooses it once more', table(week, { isMended: true }));
  expect('nothing comes twice', isSaid(`There is nothing new in ${NAME}`));
  expect('five tasks are new', (await countTasks(script)) === before + 5);
  await playExport(script);
}

async function chooseFile(script: Script, o: { words: string; table: string }): Promise<ActResult> {
  await type(script, DANA, '/ea-tasks import');
  const base64 = Buffer.from(o.table).toString('base64');
  const result = await script.act(DANA, o.words, {
    do: 'submit',
    fill: { File: { file: { name: NAME, base64 } } },
  });
  await closeForm(script, DANA);
  return result;
}

/** Lines 2 to 4 are of one kind; 5 and 6 are wrong until they are mended. */
function table({ nextMonday }: Week, { isMended }: { isMended: boolean }): string {
  const first = DateTime.fromISO(nextMonday);
  const mondays = [1, 2, 3].map((weeks) => first.plus({ weeks }));
  const day = (index: number) => mondays[index]?.toISODate() ?? '';
  return [
    'title,definition of done,due,priority,estimate,id',
    ...mondays.map((monday, index) => {
      const label = monday.setLocale('en').toFormat('d LLLL');
      return `"${LUNCH}, ${label}","Twelve, two of them vegetarian",${day(index)} 12:00,normal,20 min,L-${index + 1}`;
    }),
    `Print the name badges,,${isMended ? day(0) : 'next week'},low,30 min,B-1`,
    `Book the projector,,${day(0)},${isMended ? 'urgent' : 'asap'},15 min,B-2`,
  ].join('\n');
}

async function playExport(script: Script): Promise<void> {
  const { act, expect, read } = script;
  await type(script, DANA, '/ea-tasks export');
  await act(DANA, 'wants a copy as CSV', { do: 'submit' });
  await closeForm(script, DANA);
  const files = read(DANA, 'DM').flatMap((one) => one.files.map(({ name }) => name));
  expect('the tasks come as a file', files.includes('delegations.csv'));
}

/** Open tasks, as the list says it. */
async function countTasks(script: Script): Promise<number> {
  const list = await type(script, DANA, '/ea-tasks');
  await closeForm(script, DANA);
  return Number(/ of (\d+), by priority/.exec(list.modal?.text ?? '')?.[1] ?? 0);
}
