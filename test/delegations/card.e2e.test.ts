import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';
import { tasksOn } from './play.ts';

let stage: Stage;
// Tuesday 07:30 in Manila, Monday 18:30 in New York.
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { command, submit, click, onCard, closeAll, card, cardButtons, modal, told, answer } =
  tasksOn(() => stage);

describe('handing work over', () => {
  test('shows the due time in both zones before it is saved, then posts one card', async () => {
    const opened = await command('Dana', '/ea-delegate Book the <b>flights</b> & *hotel*');
    expect(opened.modal?.title).toBe('Hand over work');
    const shown = await submit('Dana', {
      'When is it done?': 'Receipts in the folder',
      'Due on': '2026-03-05',
      'Due at': '17:00',
      'On whose clock?': 'Ana Reyes’s clock (Manila)',
      Estimate: '1h 30m',
      'Link to instructions': 'https://example.com/travel',
    });
    expect(shown.modal?.text).toContain('Thu 5 Mar, 17:00 GMT+8 (Manila) / 04:00 EST (New York)');
    expect(card('Book the')).toBe('');
    const saved = await submit('Dana');
    expect(saved.modal?.text).toContain('Task #1 is handed over.');
    await closeAll('Dana');
    expect(card('Book the')).toContain('Book the <b>flights</b> & *hotel*');
    expect(card('Book the')).toContain('New, waits for Ana Reyes to accept');
    expect(card('Book the')).toContain('1 h 30 min');
    expect(cardButtons('Book the')).toEqual(['Accept', 'Ask a question…', 'Open']);
  });

  test('keeps what was typed when something is not right', async () => {
    await command('Dana', '/ea-delegate');
    const past = await submit('Dana', {
      'What is to be done?': 'Order ink',
      'Due on': '2026-02-27',
    });
    expect(past.modal?.errors).toEqual({
      'Due on': 'This time has passed already. Choose a later date or time.',
    });
    const bad = await submit('Dana', {
      'Due on': '2026-03-06',
      'Link to instructions': 'javascript:alert(1)',
      Estimate: 'soon',
    });
    expect(bad.modal?.errors).toEqual({
      'Link to instructions': 'This is not a web link. It starts with https:// or http://.',
      Estimate: 'Write a length of time up to 200 hours, such as 45 min or 1h 30m.',
    });
    expect(JSON.stringify(bad.modal?.values)).toContain('Order ink');
    await closeAll('Dana');
  });

  test('to oneself or to somebody outside of the pair is refused in words, with the title kept', async () => {
    const self = await command('Dana', '/ea-delegate @Dana Order ink');
    expect(self.modal?.text).toContain('You cannot delegate to yourself');
    expect(JSON.stringify(self.modal?.values)).toContain('Order ink');
    await closeAll('Dana');
    const outside = await command('Dana', '/ea-delegate @Marta Order ink');
    expect(outside.modal?.text).toContain('only within your pair, so this would go to Ana Reyes');
    await closeAll('Dana');
  });
});

describe('the EA', () => {
  test('hears of it at her work start, in one message', async () => {
    expect(told('Ana', 'handed over to you')).toEqual([]);
    await stage.until('2026-03-03', '09:01', MANILA);
    expect(told('Ana', 'handed over to you')).toHaveLength(1);
    expect(told('Ana', 'handed over to you')[0]).toContain('#1 Book the <b>flights</b>');
  });

  test('accepts on the card, which the executive cannot do for her', async () => {
    const refused = await onCard('Dana', 'Book the', 'Accept');
    expect(answer(refused)).toContain('Only Ana Reyes (EA) can accept this task.');
    await onCard('Ana', 'Book the', 'Accept');
    expect(card('Book the')).toContain('Accepted');
    expect(card('Book the')).toContain('Ana Reyes accepted it');
    expect(cardButtons('Book the')).toEqual([
      'Start',
      'Wait for executive…',
      'Deliver',
      'Undo',
      'Open',
    ]);
  });

  test('undoes that, and only she can', async () => {
    expect(answer(await onCard('Dana', 'Book the', 'Undo'))).toContain(
      'Only Ana Reyes can undo this.',
    );
    await onCard('Ana', 'Book the', 'Undo');
    expect(cardButtons('Book the')).toEqual(['Accept', 'Ask a question…', 'Open']);
    await onCard('Ana', 'Book the', 'Accept');
  });

  test('waits for the executive, who is told in their own hours and answers', async () => {
    await onCard('Ana', 'Book the', 'Wait for executive…');
    await submit('Ana', { 'What do you need from them?': 'Aisle or window?' });
    expect(card('Book the')).toContain('Waiting for Dana Whitfield');
    expect(told('Dana', 'Aisle or window?')).toEqual([]);
    await stage.until('2026-03-03', '11:00', NEW_YORK);
    expect(told('Dana', 'Aisle or window?')).toHaveLength(1);
    const listed = await command('Dana', '/ea-tasks waiting');
    expect(listed.modal?.text).toContain('1 task waits for an answer of Dana Whitfield: 2 h');
    await click('Dana', 'Open');
    expect(modal('Dana')).toContain('Waited for Dana Whitfield: 2 h of their working time.');
    await click('Dana', 'Answer…');
    await submit('Dana', { 'Your answer': 'Aisle' });
    expect(modal('Dana')).toContain('In progress');
    expect(modal('Dana')).toContain('Dana Whitfield answered');
    await closeAll('Dana');
    expect(card('Book the')).toContain('Aisle');
  });

  test('delivers, the executive reopens with a reason and at last marks it as done', async () => {
    await stage.until('2026-03-04', '09:00', MANILA);
    await onCard('Ana', 'Book the', 'Deliver');
    expect(cardButtons('Book the')).toEqual(['Done', 'Reopen…', 'Undo', 'Open']);
    await stage.until('2026-03-04', '09:01', NEW_YORK);
    expect(told('Dana', 'delivered, please check')).toHaveLength(1);
    await onCard('Dana', 'Book the', 'Reopen…');
    await submit('Dana', { 'What is missing?': 'The receipts' });
    await stage.until('2026-03-05', '09:01', MANILA);
    expect(told('Ana', 'The receipts')).toHaveLength(1);
    await onCard('Ana', 'Book the', 'Deliver');
    await onCard('Dana', 'Book the', 'Done');
    expect(card('Book the')).toContain('Dana Whitfield marked it as done');
    expect(cardButtons('Book the')).toEqual(['Reopen…', 'Undo', 'Open']);
    const cards = stage
      .read('Dana', PAIR)
      .filter((one) => !one.ephemeral && one.text.includes('Task #1'));
    expect(cards).toHaveLength(1);
  });
});

test('nothing was sent that Slack would refuse', () => {
  expect(stage.rejected()).toEqual([]);
});
