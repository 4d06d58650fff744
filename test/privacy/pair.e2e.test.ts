import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, PAIR, type Stage, setUpPair, waitFor } from '../support/stage.ts';

describe('erasing a pair, and what Slack does not allow', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await setUpPair(stage);
  });
  afterAll(() => stage.close());

  const texts = (who: string, place: string) => stage.read(who, place).map((one) => one.text);
  const lastTexts = (who: string) => texts(who, 'DM').at(-1) ?? '';

  async function openErase(who: string): Promise<void> {
    await stage.act(who, { do: 'command', command: '/ea privacy', in: PAIR });
    await stage.act(who, { do: 'click', click: 'Erase…' });
  }

  test('a copy that may not be sent as files says who can change that, and is tried once', async () => {
    stage.sandbox.fault({
      method: 'files.getUploadURLExternal',
      times: 1,
      reply: { error: 'missing_scope' },
    });
    await stage.act('Ana', { do: 'command', command: '/ea privacy', in: PAIR });
    await stage.act('Ana', { do: 'click', click: 'Get a copy' });
    await stage.act('Ana', { do: 'submit', fill: {} });
    await stage.act('Ana', { do: 'close', all: true });
    await waitFor(stage, () => lastTexts('Ana').includes('files:write'));
    expect(lastTexts('Ana')).toContain('install the app to the workspace again');
  });

  test('a wrong range of dates is said at its field', async () => {
    await stage.act('Ana', { do: 'command', command: '/ea privacy', in: PAIR });
    await stage.act('Ana', { do: 'click', click: 'Get a copy' });
    const fill = { From: '2026-03-02', Until: '2026-03-01' };
    const result = await stage.act('Ana', { do: 'submit', fill });
    expect(Object.keys(result.modal?.errors ?? {})).toEqual(['Until']);
    await stage.act('Ana', { do: 'close', all: true });
  });

  test('the other one is asked, and may keep it', async () => {
    await openErase('Dana');
    await stage.act('Dana', { do: 'click', click: 'Erase the pair with Ana Reyes' });
    await stage.act('Dana', { do: 'close', all: true });
    expect(lastTexts('Ana')).toContain('asks to erase everything of the two of you');
    await stage.act('Ana', { do: 'click', click: 'Keep it' });
    expect(lastTexts('Ana')).toContain('You two keep this pair.');
    expect(lastTexts('Dana')).toBe('Ana Reyes would rather keep it: nothing was erased.');
  });

  test('a request that is two weeks old erases nothing any more', async () => {
    await openErase('Dana');
    await stage.act('Dana', { do: 'click', click: 'Erase the pair with Ana Reyes' });
    await stage.act('Dana', { do: 'close', all: true });
    await stage.sandbox.advanceTo(stage.sandbox.now().plus({ days: 14, minutes: 1 }));
    const { messages } = await stage.act('Ana', { do: 'click', click: 'Erase it' });
    expect(JSON.stringify(messages)).toContain('more than 14 days old');
    expect(texts('Dana', PAIR).join()).toContain('Working agreement');
  });

  test('when the other one agrees, everything is gone, in Slack too', async () => {
    expect(texts('Dana', PAIR).join()).toContain('Working agreement');
    await openErase('Ana');
    await stage.act('Ana', { do: 'click', click: 'Erase the pair with Dana Whitfield' });
    await stage.act('Ana', { do: 'close', all: true });
    await stage.act('Dana', { do: 'click', click: 'Erase it' });
    await waitFor(stage, () => texts('Dana', PAIR).length === 0);
    expect(lastTexts('Ana')).toBe('Your partner agreed: everything of this pair is erased.');
    await openErase('Ana');
    expect(stage.person('Ana').modals.at(-1)?.text).not.toContain('Erase a pair');
    await stage.act('Ana', { do: 'close', all: true });
  });
});
