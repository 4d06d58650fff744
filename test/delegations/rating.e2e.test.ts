import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';
import { tasksOn } from './play.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { command, submit, click, onCard, closeAll, card, modal } = tasksOn(() => stage);

async function finish(title: string): Promise<void> {
  await command('Dana', `/ea-delegate ${title}`);
  await submit('Dana');
  await closeAll('Dana');
  for (const step of ['Accept', 'Deliver']) await onCard('Ana', title, step);
  await onCard('Dana', title, 'Done');
}

async function look(who: string, number: number): Promise<string> {
  await command(who, `/ea-tasks ${number}`);
  const shown = modal(who);
  await closeAll(who);
  return shown;
}

test('the executive rates what is done with one press, changes it, and the EA sees it with the words', async () => {
  await finish('Book the flights');
  expect(await look('Ana', 1)).not.toContain('How good');
  await command('Dana', '/ea-tasks 1');
  expect(modal('Dana')).toContain('Only you and Ana Reyes see it.');
  await click('Dana', 'Rate 3 of 5');
  expect(modal('Dana')).toContain('Rated 3 of 5');
  expect(modal('Dana')).toContain('Ana Reyes has not seen this yet');
  await click('Dana', 'What would A+ look like?…');
  await submit('Dana', {
    'How good is it?': '4 - Good',
    'What would A+ look like?': 'Seats <next> to *each* other',
  });
  expect(modal('Dana')).toContain('Rated 4 of 5');
  await closeAll('Dana');
  const seen = await look('Ana', 1);
  expect(seen).toContain('Rated 4 of 5');
  expect(seen).toContain('Seats <next> to *each* other');
  expect(seen).not.toContain('3 of 5');
  expect(seen).not.toContain('Change the rating');
});

test('what the EA has seen stays, and what is said later stands above it', async () => {
  await command('Dana', '/ea-tasks 1');
  expect(modal('Dana')).toContain('Ana Reyes has seen this, so it stays.');
  await click('Dana', 'Rate anew…');
  await submit('Dana', { 'How good is it?': '5 - As good as it can be' });
  await closeAll('Dana');
  const seen = await look('Ana', 1);
  expect(seen).toContain('Rated 5 of 5');
  expect(seen).toContain('Before: 4 of 5');
});

test('a rating can be skipped, is not asked for again, and is nowhere in the channel', async () => {
  await finish('Order the ink');
  await command('Dana', '/ea-tasks 2');
  await click('Dana', 'Skip the rating');
  expect(modal('Dana')).toContain('You chose not to rate this.');
  await closeAll('Dana');
  expect(await look('Dana', 2)).not.toContain('How good');
  expect(await look('Ana', 2)).not.toContain('rate');
  expect(card('Book the flights')).not.toContain('of 5');
});

test('closed tasks show the average to both only once there is enough', async () => {
  for (const who of ['Dana', 'Ana']) {
    await command(who, '/ea-tasks closed');
    expect(modal(who)).toContain('not enough yet for an average. 1 in the last 90 days');
    await closeAll(who);
  }
});

test('the executive who closes a task from its card is asked at once, and nobody else sees it', async () => {
  await finish('Print the badges');
  const seen = (who: string) =>
    stage
      .read(who, PAIR)
      .filter(({ ephemeral }) => ephemeral)
      .map(({ text }) => text)
      .at(-1);
  expect(seen('Dana')).toContain('How good is what was delivered?');
  expect(seen('Ana')).toBeUndefined();
  await click('Dana', 'Rate 5 of 5');
  expect(seen('Dana')).toContain('Task #3: rated 5 of 5.');
  await click('Dana', 'What would A+ look like?…');
  await submit('Dana', { 'What would A+ look like?': 'A second box' });
  expect(await look('Ana', 3)).toContain('A second box');
});

test('nothing was sent that Slack would refuse', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});
