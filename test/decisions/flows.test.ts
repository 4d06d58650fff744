import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from '../../src/database/index.ts';
import { askDecision } from '../../src/decisions/flows/ask.ts';
import {
  actOnDecision,
  addMore,
  answerDecision,
  askMore,
  withdrawDecision,
} from '../../src/decisions/flows/change.ts';
import { askFromCheckin } from '../../src/decisions/flows/checkin.ts';
import { sweepDecisions } from '../../src/decisions/flows/clock.ts';
import { preparePage } from '../../src/decisions/flows/list.ts';
import type { AskFields } from '../../src/decisions/views/form.ts';
import { ANA, createPairFixture, DANA, type PairFixture, WORKSPACE } from '../away/pair-fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

// Tuesday 24 November 2026: Ana works from 01:00Z, Dana from 14:00Z to 22:00Z.
let database: Database;
let pair: PairFixture;
beforeEach(async () => {
  database = await createTestDatabase();
  pair = await createPairFixture(database);
  pair.setNow('2026-11-24T02:00:00Z');
});
afterEach(() => database.close());

const sweep = () => sweepDecisions({ ...pair, log: pino({ level: 'silent' }) });
const at = async (iso: string) => {
  pair.setNow(iso);
  await sweep();
};

async function ask(content: Partial<AskFields['content']> = {}) {
  const fields: AskFields = {
    pairId: pair.pairId,
    deadlineOn: '2026-11-24',
    deadlineTime: '17:00',
    clock: 'theirs',
    content: {
      question: 'Book it?',
      options: [],
      defaultChoice: null,
      urgent: false,
      needsTalk: false,
      delegationNumber: null,
      ...content,
    },
  };
  const { decision } = await askDecision(pair, { caller: ANA, fields });
  return { decisionId: decision.id, revision: 1 };
}

/** The messages to somebody of a kind, as they now stand. */
async function messages(recipient: string, kind: string): Promise<string[]> {
  const rows = await database.prisma.delivery.findMany({
    where: { recipient, kind: 'post', dedupeKey: { startsWith: `decision-${kind}:` } },
    orderBy: { seq: 'asc' },
  });
  return rows.map((row) => JSON.stringify(row.message));
}

const fromCheckin = (text: string, checkinId = 'c1') =>
  pair.transact(async (stores) => {
    const found = await stores.pairs.find(WORKSPACE, pair.pairId);
    if (found) await askFromCheckin(stores, { pair: found, checkinId, text, now: pair.now() });
  });

const open = async () => {
  const rows = await database.prisma.decision.findMany({ orderBy: { number: 'asc' } });
  return rows.map(({ number, question, state }) => `${number} ${question} ${state}`);
};

describe('the deadline', () => {
  test('without a default there are two reminders, then the EA is told; a late answer still counts', async () => {
    const ref = await ask();
    await at('2026-11-24T14:01:00Z');
    await at('2026-11-24T18:02:00Z');
    await at('2026-11-24T20:30:00Z');
    expect(await messages(DANA.userId, 'remind')).toHaveLength(2);
    const [asked, first, second] = [
      ...(await messages(DANA.userId, 'ask')),
      ...(await messages(DANA.userId, 'remind')),
    ];
    expect(asked).toContain('I asked again below');
    expect(first).not.toContain('decisions.answer');
    expect(second).toContain('decisions.answer.yes');
    await at('2026-11-24T22:00:00Z');
    await at('2026-11-25T01:02:00Z');
    expect(await messages(ANA.userId, 'news')).toEqual([
      expect.stringContaining('no answer by the deadline'),
    ]);
    await answerDecision(pair, { caller: DANA, ref, choice: 'yes' });
    await at('2026-11-25T01:03:00Z');
    expect((await messages(ANA.userId, 'news')).at(-1)).toContain('*Yes*');
  });

  test('with a default nobody is reminded, it holds from then on, and both are told once', async () => {
    const ref = await ask({ defaultChoice: 'no' });
    await at('2026-11-24T14:01:00Z');
    await at('2026-11-24T21:00:00Z');
    expect(await messages(DANA.userId, 'remind')).toEqual([]);
    await at('2026-11-24T22:00:00Z');
    await at('2026-11-25T01:02:00Z');
    await at('2026-11-25T14:02:00Z');
    await at('2026-11-25T15:00:00Z');
    expect(await messages(ANA.userId, 'news')).toHaveLength(1);
    expect(await messages(DANA.userId, 'default')).toHaveLength(1);
    await answerDecision(pair, { caller: DANA, ref, choice: 'yes' });
    await actOnDecision(pair, { caller: ANA, ref });
    await expect(answerDecision(pair, { caller: DANA, ref, choice: 'no' })).rejects.toThrow(
      'acted on already',
    );
  });

  test('what was asked while Tandem was down for days is asked once', async () => {
    await ask({ defaultChoice: null });
    await at('2026-11-27T16:00:00Z');
    await sweep();
    expect(await messages(DANA.userId, 'remind')).toEqual([]);
    expect(await messages(ANA.userId, 'news')).toEqual([]);
    expect(await open()).toEqual(['1 Book it? expired']);
    await at('2026-11-30T01:02:00Z');
    expect(await messages(ANA.userId, 'news')).toHaveLength(1);
  });
});

test('what the executive misses goes to the EA, and comes back with what was added', async () => {
  const ref = await ask();
  await at('2026-11-24T14:01:00Z');
  await askMore(pair, { caller: DANA, ref, missing: 'Which airline?' });
  await at('2026-11-24T23:00:00Z');
  expect(await messages(ANA.userId, 'news')).toEqual([]);
  await at('2026-11-25T01:01:00Z');
  expect(await messages(ANA.userId, 'news')).toEqual([expect.stringContaining('Which airline?')]);
  await addMore(pair, { caller: ANA, ref, added: 'PAL' });
  await at('2026-11-25T14:01:00Z');
  const asked = await messages(DANA.userId, 'ask');
  expect(asked).toHaveLength(2);
  expect(asked[0]).toContain('I asked again below');
  expect(asked[1]).toContain('Added: PAL');
});

test('only the executive answers, only the EA withdraws, and somebody else learns nothing', async () => {
  const ref = await ask();
  const stranger = { ...ANA, userId: 'U0000077' };
  await expect(answerDecision(pair, { caller: ANA, ref, choice: 'yes' })).rejects.toThrow(
    'Only Dana (executive) can decide this.',
  );
  await expect(withdrawDecision(pair, { caller: DANA, ref })).rejects.toThrow('Only Ana (EA)');
  await expect(answerDecision(pair, { caller: stranger, ref, choice: 'yes' })).rejects.toThrow(
    'This pair is not there any more',
  );
  const foreign = { ...DANA, workspaceId: 'T2' };
  await expect(answerDecision(pair, { caller: foreign, ref, choice: 'yes' })).rejects.toThrow(
    'not there any more',
  );
});

test('an ended pair is asked nothing and can change nothing', async () => {
  const ref = await ask();
  await database.prisma.pair.updateMany({ data: { endedAt: pair.now().toJSDate() } });
  await at('2026-11-24T15:00:00Z');
  expect(await messages(DANA.userId, 'ask')).toEqual([]);
  await expect(answerDecision(pair, { caller: DANA, ref, choice: 'yes' })).rejects.toThrow(
    'This pair is not there any more',
  );
  expect(await pair.decisions.nextAt()).toBeNull();
});

describe('a check-in', () => {
  test('asks each line once, however often it is saved', async () => {
    await fromCheckin('Book it?\nAisle or window?');
    await fromCheckin('Book it?\nAisle or window?');
    await fromCheckin('Aisle or window?\n- Book it?');
    expect(await open()).toEqual(['1 Book it? open', '2 Aisle or window? open']);
    await at('2026-11-24T14:01:00Z');
    const asked = await messages(DANA.userId, 'ask');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('needs 2 decisions');
    expect(asked[0]).toContain('2. window');
  });

  test('rewords a line that changed, so that an old button does not answer it', async () => {
    await fromCheckin('Book it?');
    await at('2026-11-24T14:01:00Z');
    await fromCheckin('Book it for Monday?');
    expect(await open()).toEqual(['1 Book it for Monday? open']);
    const decision = await database.prisma.decision.findFirstOrThrow();
    const ref = { decisionId: decision.id, revision: 1 };
    await expect(answerDecision(pair, { caller: DANA, ref, choice: 'yes' })).rejects.toThrow(
      'was changed meanwhile',
    );
    expect((await messages(DANA.userId, 'ask'))[0]).toContain('Book it for Monday?');
  });

  test('withdraws a line that is gone, keeps what was answered, and repeats nothing that is still open', async () => {
    await fromCheckin('One?\nTwo?');
    await at('2026-11-24T14:01:00Z');
    const one = await database.prisma.decision.findFirstOrThrow({ where: { number: 1 } });
    const ref = { decisionId: one.id, revision: 1 };
    await answerDecision(pair, { caller: DANA, ref, choice: 'yes' });
    await fromCheckin('');
    expect(await open()).toEqual(['1 One? answered', '2 Two? withdrawn']);
    await fromCheckin('Three?');
    await fromCheckin('Three?', 'c2');
    expect(await open()).toEqual(['1 One? answered', '2 Two? withdrawn', '3 Three? open']);
  });
});

test('leave of the executive holds what is asked until the return, in one message', async () => {
  await database.prisma.member.updateMany({
    where: { userId: DANA.userId },
    data: { away: [{ from: '2026-11-24T05:00:00Z', until: '2026-11-30T05:00:00Z' }] },
  });
  await fromCheckin('One?\nTwo?');
  await database.prisma.decision.updateMany({
    data: { deadlineAt: new Date('2026-12-02T22:00Z') },
  });
  await ask({ question: 'Is it burning?', urgent: true });
  expect(await messages(DANA.userId, 'ask')).toEqual([expect.stringContaining('Is it burning?')]);
  await at('2026-11-27T15:00:00Z');
  expect(await messages(DANA.userId, 'return')).toEqual([]);
  await at('2026-11-30T14:01:00Z');
  const back = await messages(DANA.userId, 'return');
  expect(back).toHaveLength(1);
  expect(back[0]).toContain('Welcome back. While you were away');
  expect(back[0]).toContain('One?');
  expect(back[0]).toContain('Two?');
});

test('what needs a talk is one list in the channel at the start of the shared time, once a day', async () => {
  const hours = [['14:00', '23:59']];
  const weekly = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
  await database.prisma.member.updateMany({ where: { userId: ANA.userId }, data: { weekly } });
  await ask({ question: 'The raise?', needsTalk: true, defaultChoice: null });
  await ask({ question: 'The budget?', needsTalk: true });
  await database.prisma.decision.updateMany({
    data: { deadlineAt: new Date('2026-11-26T22:00Z') },
  });
  await at('2026-11-24T13:59:00Z');
  expect(await messages('C0000001', 'talk')).toEqual([]);
  await at('2026-11-24T14:00:00Z');
  await at('2026-11-24T15:00:00Z');
  const lists = await messages('C0000001', 'talk');
  expect(lists).toHaveLength(1);
  expect(lists[0]).toContain('The raise?');
  expect(lists[0]).toContain('The budget?');
  await at('2026-11-25T14:00:00Z');
  expect(await messages('C0000001', 'talk')).toHaveLength(2);
  expect(await messages(DANA.userId, 'ask')).toEqual([]);
});

test('the list shows what waits and how long the EA was blocked, with n', async () => {
  const first = await ask();
  await at('2026-11-24T14:01:00Z');
  pair.setNow('2026-11-24T16:00:00Z');
  await answerDecision(pair, { caller: DANA, ref: first, choice: 'yes' });
  await ask({ question: 'And now?' });
  const place = { pairId: pair.pairId, tab: 'waiting', offset: 0 } as const;
  const page = await preparePage(pair, DANA, place);
  expect(page.counts).toEqual({ waiting: 1, answered: 1 });
  expect(page.tally).toMatchObject({ answered: 1, medianSeconds: 7200, blockedSeconds: 7 * 3600 });
});
