import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Database } from '../../src/database/index.ts';
import { type Delegation, isOpen } from '../../src/delegations/domain/delegation.ts';
import { type Change, milestonesOf, replay } from '../../src/delegations/domain/history.ts';
import { firstNoticeAt, planNotices } from '../../src/delegations/domain/notices.ts';
import type { Pressed } from '../../src/delegations/domain/press.ts';
import { RULES, STEPS, type Step } from '../../src/delegations/domain/steps.ts';
import { prepareDetail } from '../../src/delegations/flows/detail.ts';
import { loadCalendars } from '../../src/delegations/flows/load.ts';
import { saveDelegation } from '../../src/delegations/flows/save.ts';
import { buildCard } from '../../src/delegations/views/card.ts';
import { NO_FIELDS } from '../../src/delegations/views/fields.ts';
import { UserFacingError } from '../../src/errors.ts';
import { oneKind } from '../support/databases.ts';
import { ANA, DANA, type Fixture, openFixture, WORKSPACE } from './fixture.ts';

const CALLERS = { executive: DANA, ea: ANA };
const EVERYTHING: readonly Pressed[] = [...STEPS, 'undo', 'delete', 'restore'];

/** 'offered' is one of the steps that the person's view of the task has a button for, the first ones more often. */
type What = Pressed | 'edit' | { offered: number };
type Click = {
  by: 'executive' | 'ea';
  what: What;
  /** How many changes ago the button was drawn. */
  behind: number;
  /** Sent twice, at the same time. */
  isDouble: boolean;
};
/** What both do at one time, and the minutes before it. */
type Moment = { clicks: Click[]; minutes: number };

const click = fc.record<Click>({
  by: fc.constantFrom('executive', 'ea'),
  what: fc.oneof(
    { weight: 4, arbitrary: fc.record({ offered: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.constantFrom<What>(...EVERYTHING, 'edit') },
  ),
  behind: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
  isDouble: fc.boolean(),
});
const moments = fc.array(
  fc.record<Moment>({
    clicks: fc.array(click, { minLength: 1, maxLength: 3 }),
    minutes: fc.constantFrom(0, 1, 45, 600, 1500),
  }),
  { minLength: 4, maxLength: 12 },
);

describe.each(await oneKind())('both press what they like, on $kind', ({ create }) => {
  let database: Database;
  let fixture: Fixture;
  beforeAll(async () => {
    database = await create();
    fixture = await openFixture(database);
  });
  afterAll(() => database.close());

  test('in any order, doubled, late and at the same time: the task stays what its history says', async () => {
    const reached = new Set<string>();
    const property = fc.asyncProperty(moments, fc.boolean(), async (all, isByEa) => {
      const { id } = await fixture.hand(isByEa ? { createdBy: ANA.userId, state: 'accepted' } : {});
      for (const moment of all) {
        const before = await look(id);
        reached.add(before.task.state);
        fixture.setNow(fixture.deps.now().plus({ minutes: moment.minutes }).toISO() ?? '');
        const deeds = await Promise.all(moment.clicks.map((one) => resolve(one, before.task)));
        const outcomes = await Promise.allSettled(
          deeds.flatMap((deed) => (deed.isDouble ? [deed.run(), deed.run()] : [deed.run()])),
        );
        const after = await look(id);
        expectWhole(after);
        expect(after.history.slice(0, before.history.length)).toEqual(before.history);
        // All of them were drawn before any of them happened, so at most one counts.
        const grown = after.history.length - before.history.length;
        expect(grown).toBeLessThanOrEqual(1);
        if (deeds.every(({ isStale }) => isStale)) expect(grown).toBe(0);
        if (deeds.some(({ isOffered }) => isOffered)) expect(grown).toBe(1);
        for (const outcome of outcomes)
          if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(UserFacingError);
        if (grown === 1) expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: process.env.LONG ? 150 : 15 });
    expect(reached.size).toBeGreaterThan(5);
  });

  type Seen = {
    task: Delegation;
    history: Change[];
    card: unknown;
    shelf: string;
    expected: object;
  };

  async function look(id: string): Promise<Seen> {
    const key = { workspaceId: WORKSPACE, id };
    const task = await fixture.deps.delegations.find(key);
    const history = await fixture.deps.delegations.history(key);
    const last = history.at(-1);
    if (!task || !last) throw new Error('the task is not there any more');
    const { message } = await database.prisma.delivery.findFirstOrThrow({
      where: { workspaceId: WORKSPACE, dedupeKey: `delegation:${id}:card` },
    });
    const { shelf } = await database.prisma.delegation.findFirstOrThrow({ where: key });
    const card = buildCard({ pair: fixture.pair, delegation: task, last, zone: null });
    const calendars = await loadCalendars(fixture.deps, fixture.pair);
    const noticeAt = firstNoticeAt(
      planNotices(task, { calendars, tasks: fixture.pair.tasks, now: last.at }),
    );
    const expected = { card: JSON.parse(JSON.stringify(card)), noticeAt: noticeAt?.toMillis() };
    return { task, history, card: message, shelf, expected };
  }

  function expectWhole({ task, history, card, shelf, expected }: Seen): void {
    expect(replay(history)).toBe(task.state);
    expect(task.version).toBe(history.length);
    expect(task).toMatchObject({ ...milestonesOf(history) });
    const isDeleted = history.at(-1)?.step === 'delete';
    expect(task.deletedAt !== null).toBe(isDeleted);
    expect(shelf).toBe(isDeleted ? 'deleted' : isOpen(task.state) ? 'open' : 'closed');
    expect({ card, noticeAt: task.noticeAt?.toMillis() }).toEqual(expected);
    for (const { step, byId, why } of history) {
      const rule = RULES[step as Step] as (typeof RULES)[Step] | undefined;
      if (rule) expect(byId).toBe(CALLERS[rule.by].userId);
      if (rule?.why) expect(why).toBe('Because');
    }
  }

  type Deed = {
    isStale: boolean;
    isOffered: boolean;
    isDouble: boolean;
    run: () => Promise<unknown>;
  };

  async function resolve(one: Click, task: Delegation): Promise<Deed> {
    const { id } = task;
    const { behind, isDouble } = one;
    const caller = CALLERS[one.by];
    const version = task.version - behind;
    const isStale = behind > 0;
    if (one.what === 'edit')
      return { isStale, isOffered: false, isDouble, run: () => edit({ id, version, by: one.by }) };
    let what: Pressed = 'undo';
    let isOffered = false;
    if (typeof one.what === 'string') what = one.what;
    else {
      const { steps } = await prepareDetail(fixture.deps, { caller, id, back: null });
      const step = steps[one.what.offered % Math.max(steps.length, 1)];
      isOffered = step !== undefined && !isStale;
      what = step ?? what;
    }
    const why = RULES[what as Step]?.why ? 'Because' : undefined;
    const run = () => fixture.press(caller, { id, version }, what, why);
    return { isStale, isOffered, isDouble, run };
  }

  let edits = 0;

  /** What was agreed changes each time. */
  function edit(o: { id: string; version: number; by: 'executive' | 'ea' }): Promise<unknown> {
    edits += 1;
    return saveDelegation(fixture.deps, {
      caller: CALLERS[o.by],
      carried: {
        delegationId: o.id,
        version: o.version,
        pairId: fixture.pair.id,
        seen: null,
        source: null,
      },
      fields: { ...NO_FIELDS, pairId: fixture.pair.id, title: 'Fly', definitionOfDone: `${edits}` },
      viewId: `V${edits}`,
      canLink: async () => false,
    });
  }
});
