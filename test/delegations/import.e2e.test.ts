import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActResult } from '../../src/sandbox/index.ts';
import { openStage, PAIR, type Stage, setUpPair, waitFor } from '../support/stage.ts';
import { tasksOn } from './play.ts';

let stage: Stage;
// Tuesday 07:30 in Manila, Monday 18:30 in New York.
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { command, submit, click, confirm, closeAll, card, modal } = tasksOn(() => stage);

const HEADER = 'title,definition of done,due,priority,level,category,estimate,instructions,id';

async function choose(who: string, content: string | Buffer, name = 'tasks.csv') {
  await command(who, '/ea-tasks import');
  const base64 = Buffer.from(content).toString('base64');
  const result = await stage.act(who, {
    do: 'submit',
    fill: { File: { file: { name, base64 } } },
  });
  await closeAll(who);
  return result;
}

function last(who: string): string {
  return stage.read(who, 'DM').at(-1)?.text ?? '';
}

function channel(): string[] {
  return stage.read('Dana', PAIR).map(({ text }) => text);
}

async function listed(who: string): Promise<string> {
  await command(who, '/ea-tasks');
  const text = modal(who);
  await closeAll(who);
  return text;
}

describe('importing tasks from a file', () => {
  test('shows what would come of it, writes nothing before that, then all at once', async () => {
    const opened: ActResult = await command('Dana', '/ea-tasks import');
    expect(opened.modal?.text).toContain('Book the flights');
    await closeAll('Dana');
    const begun = await choose(
      'Dana',
      [
        `${HEADER},mood`,
        'Book the flights,"Tickets, receipts\nin the ""Travel"" folder",2026-03-09 17:00,high,propose,,1h 30m,https://example.com/t,A-1,good',
        '=HYPERLINK("https://evil.example"),,,,,,,,A-2,',
        "'+1 call <!channel> & *Bob*,,2026-03-10,,,,,,A-3,",
      ].join('\n'),
    );
    expect(begun.modal?.text).toContain('in a direct message');
    expect(last('Dana')).toContain('tasks.csv has 3 tasks for Ana Reyes. Nothing is written yet.');
    expect(last('Dana')).toContain('=HYPERLINK("https://evil.example")');
    expect(last('Dana')).toContain('do not know them: mood');
    expect(last('Dana')).toContain('High priority · Propose first, then do it · 1 h 30 min');
    expect(await listed('Dana')).toContain('nothing here');
    await click('Dana', 'Import 3 tasks');
    expect(last('Dana')).toContain('3 tasks from tasks.csv are imported: #1 to #3.');
    const list = await listed('Ana');
    expect(list).toContain('#1 Book the flights');
    expect(list).toContain('#2 =HYPERLINK("https://evil.example")');
    expect(list).toContain('#3 +1 call <!channel> & *Bob*');
  });

  test('posts one message for all of them, and a card when something happens to one', async () => {
    expect(channel().filter((text) => text.includes('imported'))).toEqual([
      expect.stringContaining('Dana Whitfield imported 3 tasks.'),
    ]);
    expect(card('Book the')).toBe('');
    await command('Ana', '/ea-tasks 1');
    expect(modal('Ana')).toContain('Tickets, receipts');
    expect(modal('Ana')).toContain('in the "Travel" folder');
    await click('Ana', 'Accept');
    await closeAll('Ana');
    expect(card('Book the')).toContain('Accepted');
  });

  test('leaves out what was imported before, by its id', async () => {
    await choose('Dana', `${HEADER}\nOther words,,,,,,,,A-2\nNew one,,,,,,,,A-9`);
    expect(last('Dana')).toContain('has 1 task for Ana Reyes');
    expect(last('Dana')).toContain('1 line was imported before and is left out.');
    await click('Dana', 'Cancel');
    expect(last('Dana')).toContain('You cancelled the import');
    await choose('Dana', `${HEADER}\nOther words,,,,,,,,A-2`);
    expect(last('Dana')).toContain('There is nothing new in tasks.csv');
  });

  test('leaves out a line whose day has passed meanwhile, and a task that is named as a copy names it', async () => {
    const buttons = JSON.stringify(stage.read('Dana', PAIR).flatMap(({ blocks }) => blocks));
    const id = /import-[0-9a-f]+/.exec(buttons)?.[0] ?? 'no id';
    await choose('Dana', `${HEADER}\nOther words,,2026-01-01,,,,,,A-2\nBook it,,,,,,,,${id}`);
    expect(last('Dana')).toContain('2 lines were imported before and are left out.');
    await choose('Dana', `${HEADER}\nOther words,,2026-01-01,,,,,,A-2\nNew,,2026-01-01,,,,,,A-8`);
    expect(last('Dana')).toContain('1 of 2 lines is not right.');
    expect(last('Dana')).not.toContain('Line 2');
  });

  test('is taken back with one button, but for what was worked on', async () => {
    await confirm('Dana', 'Undo the import');
    expect(
      stage
        .read('Dana', 'DM')
        .map(({ text }) => text)
        .join('\n'),
    ).toContain(
      'is undone: 2 tasks are removed. 1 task stays, because something was done with it.',
    );
    const list = await listed('Dana');
    expect(list).toContain('#1 Book the flights');
    expect(list).not.toContain('HYPERLINK');
    expect(channel().join('\n')).toContain('imported 3 tasks, and took it back.');
  });

  test('names each line that is not right, and writes none of the others', async () => {
    await choose(
      'Ana',
      [
        HEADER,
        'Good,,,,,,,,',
        ',,,,,,,,',
        ',x,,,,,,,',
        '"Two\nlines",,03/04/2026,soon,,,,,',
        'Late,,2026-02-01,,maybe,Nope,ages,javascript:1,',
        'A,b,c,d,e,f,g,h,i,j',
      ].join('\n'),
    );
    const said = last('Ana');
    expect(said).toContain('4 of 5 lines are not right. Nothing is written.');
    expect(said).toContain('Line 4: The title is empty.');
    expect(said).toContain('Line 5: “03/04/2026” is not a date');
    expect(said).toContain('Line 5: There is no priority “soon”.');
    expect(said).toContain('Line 7: “2026-02-01”: This time has passed already.');
    expect(said).toContain('Line 7: There is no level “maybe”.');
    expect(said).toContain('Line 8: There are 10 values for 9 columns.');
  });

  test('asks once more about what stays with the executive, and names the lines', async () => {
    await command('Dana', '/ea-charter zones');
    await click('Dana', 'Change Finance');
    await submit('Dana', { 'How free is the EA?': 'Never: stays with the executive' });
    await closeAll('Dana');
    const lines = ['Pay', 'Walk', 'Audit'].map((title, index) => {
      const category = index === 1 ? 'Travel' : 'finance';
      return `${title} it,,,,,${category},,,N-${index}`;
    });
    await choose('Ana', [HEADER, ...lines].join('\n'));
    const zone =
      'Finance is in the zone “Never: stays with the executive”: 2 tasks, in lines 2 and 4.';
    expect(last('Ana')).toContain('has 3 tasks for Ana Reyes');
    expect(last('Ana')).toContain(zone);
    await click('Ana', 'Import 3 tasks');
    expect(last('Ana')).toContain(
      '2 of the 3 tasks in tasks.csv are in a category that stays with Dana Whitfield. Nothing is written yet.',
    );
    expect(last('Ana')).toContain(zone);
    expect(await listed('Ana')).not.toContain('Pay it');
    await click('Ana', 'Import all the same: 3 tasks');
    expect(last('Ana')).toContain('3 tasks from tasks.csv are imported');
    expect(await listed('Ana')).toContain('Pay it');
  });

  test('refuses a file that is too large', async () => {
    await choose('Dana', Buffer.alloc(11 * 1024 * 1024, 'title,due\n'));
    expect(last('Dana')).toContain('This file is larger than 10 MB.');
  });

  test('a preview that nobody confirms is gone after a day', async () => {
    await choose('Dana', 'title\nForgotten');
    await stage.until('2026-03-05', '07:00', 'Asia/Manila');
    expect(
      stage
        .read('Dana', 'DM')
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('The preview of tasks.csv is more than a day old');
  });

  test('asks for nothing of Slack that it would refuse', () => {
    expect(stage.rejected()).toEqual([]);
  });

  test('/ea-tasks export gives the tasks, and nothing else that is recorded', async () => {
    const opened = await command('Dana', '/ea-tasks export');
    expect(opened.modal?.title).toBe('Get a copy');
    expect(opened.modal?.text).toContain('You receive the tasks as files');
    await stage.act('Dana', { do: 'submit', fill: {} });
    await closeAll('Dana');
    const files = () =>
      stage
        .person('Dana')
        .channels.filter((one) => one.kind === 'im')
        .flatMap((one) => one.messages.filter(({ byBot }) => byBot))
        .flatMap((one) => one.files.map(({ name }) => name));
    await waitFor(stage, () => files().length > 0);
    expect(files().toSorted()).toEqual(['delegation_changes.csv', 'delegations.csv']);
  });
});
