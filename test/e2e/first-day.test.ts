import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { embeddedPlace, openPlace } from '../support/place.ts';
import {
  MANILA,
  NEW_YORK,
  openStage,
  PAIR,
  proposePair,
  RECEIVERS,
  type Stage,
} from '../support/stage.ts';

describe.each(RECEIVERS)('the first day of a pair, over %s', (receiver) => {
  let stage: Stage;
  beforeAll(async () => {
    // Both ways of receiving, and both kinds of database.
    const place = receiver === 'Socket Mode' ? await embeddedPlace() : await openPlace();
    stage = await openStage({ receiver, place });
  });
  afterAll(() => stage.close());

  const texts = (who: string, place: string) => stage.read(who, place).map((one) => one.text);
  const card = () => stage.read('Dana', PAIR).filter((one) => one.text.includes('by @Ana'));

  test('answers its health checks', async () => {
    const answer = await fetch(`http://127.0.0.1:${stage.tandem.port}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
  });

  test('/ea says what can be done', async () => {
    await stage.act('Dana', { do: 'command', command: '/ea', in: PAIR });
    const help = texts('Dana', PAIR).at(-1) ?? '';
    expect(help).toContain('/ea-setup');
    expect(help).toContain('/ea-checkin history');
    expect(texts('Ana', PAIR)).toEqual([]);
  });

  test('a proposal reaches the other person, with both people’s hours', async () => {
    await proposePair(stage, { 'EA: check-in time': '10:00' });
    expect(texts('Ana', 'DM')).toHaveLength(1);
    expect(texts('Ana', 'DM')[0]).toContain(
      '@Dana proposes a working agreement with you (version 1).',
    );
    expect(texts('Ana', 'DM')[0]).toContain('Check-in Mon to Fri at 10:00');
  });

  test('the EA proposes another time, the executive accepts, and the first proposal is closed', async () => {
    await stage.act('Ana', { do: 'click', click: 'Propose a change' });
    await stage.act('Ana', { do: 'submit', fill: { 'EA: check-in time': '09:00' } });
    await stage.act('Ana', { do: 'close', all: true });
    expect(stage.read('Ana', 'DM')[0]?.controls).toEqual([]);
    await stage.act('Dana', { do: 'click', click: 'Accept' });
    const agreement = texts('Ana', PAIR).at(-1) ?? '';
    expect(agreement).toContain('Working agreement');
    expect(agreement).toContain('Version 2.');
  });

  test('the EA is asked at 09:00 in Manila and the executive is not', async () => {
    await stage.until('2026-03-03', '08:59', MANILA);
    expect(texts('Ana', 'DM').filter((one) => one.includes('Time for your check-in'))).toEqual([]);
    await stage.until('2026-03-03', '09:00', MANILA);
    const prompts = stage
      .read('Ana', 'DM')
      .filter((one) => one.text.includes('Time for your check-in'));
    expect(prompts.map((one) => one.controls.map(({ label }) => label))).toEqual([
      ['Start check-in', 'Snooze', 'Skip today'],
    ]);
    expect(texts('Dana', 'DM').filter((one) => one.includes('Time for'))).toEqual([]);
  });

  test('what is missing is named at its field, and what was typed stays', async () => {
    await stage.act('Ana', { do: 'click', click: 'Start check-in' });
    const result = await stage.act('Ana', {
      do: 'submit',
      fill: { 'What got done?': '   ', 'What is planned today?': 'Visa forms' },
    });
    expect(result.modal?.errors).toEqual({ 'What got done?': 'Please write a few words here.' });
  });

  test('the check-in becomes one card that pings nobody, without the private workload', async () => {
    await stage.act('Ana', {
      do: 'submit',
      fill: {
        'What got done?': 'Told <!channel> and <@U0000000001> about *it*. مرحبا 🎉',
        'Decisions needed from the executive': '<https://evil.example|ok> or & < >?',
        Workload: '5 - too much',
      },
    });
    expect(card()).toHaveLength(1);
    expect(card()[0]?.text).toContain('Told <!channel> and <@U0000000001> about *it*. مرحبا 🎉');
    expect(card()[0]?.text).toContain('<https://evil.example|ok> or & < >?');
    expect(JSON.stringify(card()[0]?.blocks)).not.toContain('too much');
    const typed = (card()[0]?.blocks ?? []).filter((block) =>
      JSON.stringify(block).includes('<!channel>'),
    );
    expect(typed.map((block) => 'text' in block && block.text)).toEqual([
      expect.objectContaining({ type: 'plain_text', emoji: false }),
    ]);
  });

  test('the prompt is done with: it offers to edit and nothing else', () => {
    const prompt = stage.read('Ana', 'DM').findLast((one) => one.text.includes('Check-in for'));
    expect(prompt?.text).toContain('Check-in for Tue 3 Mar 2026 sent');
    expect(prompt?.controls.map(({ label }) => label)).toEqual(['Edit check-in']);
  });

  test('a second call edits the same entry and the same card', async () => {
    const before = card()[0]?.ts;
    const opened = await stage.act('Ana', { do: 'command', command: '/ea-checkin', in: PAIR });
    expect(opened.modal?.submit).toBe('Save changes');
    await stage.act('Ana', {
      do: 'submit',
      fill: { 'What is planned today?': 'Visa forms, signed' },
    });
    expect(card().map((one) => one.ts)).toEqual([before]);
    expect(card()[0]?.text).toContain('Visa forms, signed');
    expect(card()[0]?.text).toContain('edited');
  });

  test('only the author can edit; the other is told so', async () => {
    await stage.act('Dana', { do: 'click', click: 'Edit', in: { channel: PAIR } });
    expect(texts('Dana', PAIR).at(-1)).toBe('Only Ana Reyes can change this check-in.');
    expect(stage.person('Dana').modals).toEqual([]);
  });

  test('the executive is asked at 09:00 in New York by the same rules', async () => {
    await stage.until('2026-03-03', '09:00', NEW_YORK);
    const prompts = texts('Dana', 'DM').filter((one) =>
      one.includes('Time for your check-in with @Ana'),
    );
    expect(prompts).toHaveLength(1);
    await stage.act('Dana', { do: 'click', click: 'Snooze' });
    await stage.act('Dana', { do: 'submit', fill: { 'Ask me again': 'In 1 hour' } });
    await stage.until('2026-03-03', '09:59', NEW_YORK);
    expect(
      texts('Dana', 'DM').filter((one) => one.includes('Time for your check-in')),
    ).toHaveLength(0);
    await stage.until('2026-03-03', '10:01', NEW_YORK);
    expect(
      texts('Dana', 'DM').filter((one) => one.includes('Time for your check-in')),
    ).toHaveLength(1);
  });

  test('a skipped day says why and can be written after all', async () => {
    await stage.act('Dana', { do: 'click', click: 'Skip today' });
    await stage.act('Dana', { do: 'submit', fill: { Reason: 'Board <!here>' } });
    expect(texts('Dana', 'DM').join('\n')).toContain(
      'Check-in for Tue 3 Mar 2026 skipped. Reason: Board <!here>',
    );
    await stage.act('Dana', { do: 'click', click: 'Check in after all' });
    await stage.act('Dana', { do: 'submit', fill: { 'Top priorities today': 'Board' } });
    expect(texts('Ana', PAIR).filter((one) => one.includes('by @Dana'))).toHaveLength(1);
  });

  test('the history shows both, newest first, to both', async () => {
    const opened = await stage.act('Ana', {
      do: 'command',
      command: '/ea-checkin history',
      in: PAIR,
    });
    expect(opened.modal?.text).toContain('1 to 2 of 2, newest first.');
    expect(opened.modal?.text).toContain('5 - too much');
    await stage.act('Ana', { do: 'close', all: true });
  });

  test('nobody is asked on the weekend', async () => {
    await stage.until('2026-03-07', '00:00', NEW_YORK);
    const before = texts('Dana', 'DM').length + texts('Ana', 'DM').length;
    await stage.until('2026-03-08', '19:00', NEW_YORK);
    expect(texts('Dana', 'DM').length + texts('Ana', 'DM').length).toBe(before);
    await stage.until('2026-03-08', '21:00', NEW_YORK);
    // The notice about Friday comes in the same moment.
    expect(texts('Ana', 'DM').slice(-2).join('\n')).toContain('Mon 9 Mar 2026');
  });

  test('Slack refused nothing, and every act was acknowledged', () => {
    expect(stage.rejected()).toEqual([]);
    expect(stage.sandbox.problems()).toEqual([]);
  });
});
