import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const type = (who: string, text = '') =>
  stage.act(who, { do: 'command', command: `/ea-charter ${text}`.trim(), in: PAIR });
const click = (who: string, label: string) => stage.act(who, { do: 'click', click: label });
const submit = (who: string, fill: Record<string, string | string[]> = {}) =>
  stage.act(who, { do: 'submit', fill });
const close = (who: string) => stage.act(who, { do: 'close', all: true });
const homeOf = (who: string) => stage.person(who).homes[0]?.text ?? '';
const last = (who: string) => stage.read(who, 'DM').at(-1);

describe('a charter that one proposes and the other signs', () => {
  test('is written duty by duty into a draft that nobody else sees', async () => {
    const opened = await type('Dana');
    expect(opened.modal?.text).toContain('There is no charter yet.');
    await click('Dana', 'Write one');
    const form = await click('Dana', 'Add a duty');
    expect(form.modal?.title).toBe('New duty');
    const draft = await submit('Dana', {
      What: 'Sort the inbox',
      'Who does it': 'Ana Reyes (Manila time)',
      'How often and when': 'every weekday at 9:30',
      'How long does it take?': '45 min',
      'Link to the SOP': 'https://wiki.example.com/inbox?a=1&b=2',
      KPI: 'Inbox empty at noon',
      Priority: 'High',
      Category: 'Email',
    });
    expect(draft.modal?.text).toContain('Sort the inbox');
    expect(draft.modal?.text).toContain('every weekday at 09:30 (Manila time)');
    await click('Dana', 'Add a duty');
    await submit('Dana', {
      What: 'Expense report',
      'Who does it': 'Ana Reyes (Manila time)',
      'How often and when': 'last business day of the month at 15:00',
    });
    const both = await close('Dana');
    expect(both.modal).toBeNull();
    expect((await type('Ana')).modal?.text).toContain('There is no charter yet.');
    await close('Ana');
  });

  test('what cannot be a rhythm is said at its field, and the rest of the form stays', async () => {
    await type('Dana');
    await click('Dana', 'Continue your draft');
    await click('Dana', 'Add a duty');
    for (const [when, sentence] of [
      ['tomorrow at 9', 'This comes only once.'],
      ['whenever', 'I cannot read this as a rhythm.'],
      ['every saturday at 9', 'These days never come'],
    ] as const) {
      const refused = await submit('Dana', {
        What: 'Plan the week',
        'Who does it': 'Ana Reyes (Manila time)',
        'How often and when': when,
      });
      expect(JSON.stringify(refused)).toContain(sentence);
    }
    const refused = await submit('Dana', {
      'How often and when': 'every friday at 16:00',
      'Link to the SOP': 'javascript:alert(1)',
      'How long does it take?': 'a while',
    });
    expect(JSON.stringify(refused)).toContain('Paste a web address');
    expect(JSON.stringify(refused)).toContain('Write it such as 20 min');
    await submit('Dana', { 'Link to the SOP': '', 'How long does it take?': '1.5 h' });
    const proposed = await submit('Dana', { 'A note to Ana Reyes': 'Tell me what is missing.' });
    expect(proposed.modal?.title).toBe('Proposed');
    await close('Dana');
  });

  test('is a card in the direct messages of the other one, and counts once it is signed', async () => {
    const card = last('Ana');
    expect(card?.text).toContain('proposes a charter for the two of you (version 1).');
    expect(card?.text).toContain('Tell me what is missing.');
    expect(card?.text).toContain('Sort the inbox');
    expect(card?.text).toContain('No SOP');
    expect((await type('Ana')).modal?.text).toContain('not signed yet');
    await close('Ana');
    await stage.act('Ana', { do: 'open_home' });
    expect(homeOf('Ana')).toContain('proposes a charter (version 1)');
    await stage.act('Ana', { do: 'click', click: 'Sign', in: { home: true } });
    expect(homeOf('Ana')).not.toContain('proposes a charter');
    expect(homeOf('Ana')).toContain('version 1, 3 duties, 1 of them with an SOP.');
    expect(last('Ana')?.text).toContain('Signed by @Ana');
    expect(last('Dana')?.text).toContain('Signed by @Ana');
    const shown = await type('Dana');
    expect(shown.modal?.text).toContain('in force');
    expect(shown.modal?.text).toContain('1 of 3 with an SOP');
    expect(shown.modal?.text).toMatch(/Next: .*Manila|Next: .*New York/);
    await close('Dana');
  });

  test('is changed by either, by a version that names what differs', async () => {
    await type('Ana');
    await click('Ana', 'Propose a change');
    const nothing = await submit('Ana');
    expect(JSON.stringify(nothing)).toContain('Nothing is changed yet');
    const removed = await click('Ana', 'Remove Sort the inbox');
    expect(removed.modal?.text).toContain('Will be removed.');
    const draft = await click('Ana', 'Add a duty');
    expect(draft.modal?.title).toBe('New duty');
    await submit('Ana', {
      What: 'Weekly travel check',
      'How often and when': 'every Monday at 10:00',
    });
    await submit('Ana');
    await close('Ana');
    expect(last('Dana')?.text).toContain('New: Weekly travel check');
    expect(last('Dana')?.text).toContain('Removed: Sort the inbox');
    await click('Dana', 'Sign');
    const again = await type('Dana');
    expect(again.modal?.text).toContain('Version 2');
    await click('Dana', 'History');
    await close('Dana');
  });
});

describe('zones', () => {
  test('only the executive changes them, and the EA is told once a day', async () => {
    const seen = await type('Ana', 'zones');
    expect(seen.modal?.text).toContain('Finance');
    expect(seen.modal?.text).not.toContain('Change');
    await close('Ana');
    await type('Dana', 'zones');
    await click('Dana', 'Add a category');
    const refused = await submit('Dana', {
      Category: 'Gifts',
      'How free is the EA?': 'Never: stays with the executive',
      'Spending limit': '50 USD',
    });
    expect(JSON.stringify(refused)).toContain('There is no spending in “Never”');
    const saved = await submit('Dana', {
      'How free is the EA?': 'Do: the EA decides',
      'While the executive is away': 'Maybe: the EA asks first',
    });
    expect(saved.modal?.text).toContain('spends at most 50 USD');
    expect(saved.modal?.text).toContain('Away: Maybe: the EA asks first');
    expect(last('Ana')?.text).toContain(
      'New: Gifts: Do: the EA decides, spends at most 50 USD; while the executive is away: Maybe',
    );
    const before = stage.read('Ana', 'DM').length;
    await click('Dana', 'Remove Gifts');
    await click('Dana', 'Undo');
    await close('Dana');
    expect(stage.read('Ana', 'DM')).toHaveLength(before);
  });
});

test('work in “never” asks for a second thought, then shows its zone on the card', async () => {
  await type('Dana', 'zones');
  await click('Dana', 'Change Finance');
  await submit('Dana', { 'How free is the EA?': 'Never: stays with the executive' });
  await close('Dana');
  await stage.act('Dana', { do: 'command', command: '/ea-delegate Pay the invoice', in: PAIR });
  const asked = await submit('Dana', { Category: 'Finance' });
  expect(asked.modal?.text).toContain('Finance is in the zone “Never: stays with the executive”.');
  await submit('Dana');
  const cards = stage.read('Dana', PAIR).map((one) => one.text);
  expect(cards.filter((one) => one.includes('Pay the invoice'))).toEqual([
    expect.stringContaining('Zone: Never: stays with the executive'),
  ]);
  await close('Dana');
});

test('anything else typed is answered with what there is', async () => {
  const { messages } = await type('Dana', 'bananas');
  expect(messages.at(-1)?.text).toContain('I do not know `bananas`.');
});

test('Slack had nothing to refuse, and no step failed', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});
