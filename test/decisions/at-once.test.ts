import { expect, test } from '@jest/globals';
import { answerDecision, withdrawDecision } from '../../src/decisions/flows/change.ts';
import { askFromCheckin } from '../../src/decisions/flows/checkin.ts';
import { ANA, createPairFixture, DANA, WORKSPACE } from '../away/pair-fixture.ts';
import { bothKinds } from '../support/databases.ts';

test.each(await bothKinds())(
  'presses at once, by both and doubled, are each had once and all seen in the one message, on $kind',
  async ({ create }) => {
    const database = await create();
    try {
      const fixture = await createPairFixture(database);
      fixture.setNow('2026-11-24T15:00:00Z');
      await fixture.transact(async (stores) => {
        const pair = await stores.pairs.find(WORKSPACE, fixture.pairId);
        const text = 'One?\nTwo?\nThree?\nFour?\nFive?\nSix?\nSeven?\nEight?\nNine?\nTen?';
        if (pair) await askFromCheckin(stores, { pair, checkinId: 'c1', text, now: fixture.now() });
      });
      const rows = await database.prisma.decision.findMany({ orderBy: { number: 'asc' } });
      const ref = (index: number) => ({ decisionId: rows[index]?.id ?? '', revision: 1 });
      const answer = (index: number, choice: string) =>
        answerDecision(fixture, { caller: DANA, ref: ref(index), choice });
      const results = await Promise.allSettled([
        answer(0, 'yes'),
        answer(1, 'no'),
        answer(0, 'yes'),
        ...[2, 4, 5, 6, 7, 8, 9].map((index) => answer(index, 'yes')),
        withdrawDecision(fixture, { caller: ANA, ref: ref(3) }),
        answer(3, 'no'),
      ]);
      const refused = results.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(1);
      const after = await database.prisma.decision.findMany({ orderBy: { number: 'asc' } });
      expect(after.slice(0, 3).map(({ choice, version }) => [choice, version])).toEqual([
        ['yes', 2],
        ['no', 2],
        ['yes', 2],
      ]);
      const message = await database.prisma.delivery.findFirstOrThrow({
        where: { dedupeKey: { startsWith: 'decision-ask:' }, kind: 'post' },
      });
      const text = JSON.stringify(message.message);
      expect(text.match(/You answered/g)).toHaveLength(after.filter((one) => one.choice).length);
    } finally {
      await database.close();
    }
  },
  60_000,
);
