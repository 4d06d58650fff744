import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  type DelegationState,
  isBlockedByExecutive,
  isOpen,
  STATES,
} from '../../src/delegations/domain/delegation.ts';
import {
  blockedSpans,
  type Change,
  milestonesOf,
  replay,
} from '../../src/delegations/domain/history.ts';
import { judgePress, type Pressed } from '../../src/delegations/domain/press.ts';
import {
  RULES,
  STEPS,
  stateAfter,
  stateAfterEdit,
  stepsFor,
} from '../../src/delegations/domain/steps.ts';

const START = DateTime.fromISO('2026-03-02T09:00:00Z', { zone: 'utc' });
const PRESSED: readonly Pressed[] = [...STEPS, 'undo', 'delete', 'restore'];

type Click = {
  pressed: Pressed | 'edit';
  role: 'executive' | 'ea';
  /** How many changes ago the button was drawn. */
  behind: number;
  minutes: number;
};

const click = fc.record<Click>({
  pressed: fc.constantFrom(...PRESSED, 'edit' as const),
  role: fc.constantFrom('executive', 'ea'),
  behind: fc.constantFrom(0, 0, 0, 0, 1, 2),
  minutes: fc.constantFrom(0, 1, 30, 600, 2000),
});

type World = { state: DelegationState; isDeleted: boolean; history: Change[]; now: DateTime };

function begin(state: 'new' | 'accepted'): World {
  const first: Change = {
    position: 1,
    step: 'create',
    from: null,
    to: state,
    byId: 'executive',
    at: START,
    why: null,
  };
  return { state, isDeleted: false, history: [first], now: START };
}

/** One click, as the flows handle it: returns whether anything changed. */
function handle(world: World, { pressed, role, behind, minutes }: Click): boolean {
  world.now = world.now.plus({ minutes });
  const { state, isDeleted, history, now } = world;
  const version = history.length;
  let to: DelegationState;
  if (pressed === 'edit') {
    if (isDeleted || behind > 0) return false;
    to = stateAfterEdit(state, { changesAgreed: true, role });
  } else {
    const press = { pressed, role, userId: role, version: version - behind, now };
    const verdict = judgePress({ state, version, isDeleted }, history, press);
    if (verdict.type !== 'change') return false;
    to = verdict.to;
  }
  const change = { position: version + 1, from: state, to, byId: role, at: now, why: null };
  history.push({ ...change, step: pressed });
  world.state = to;
  if (pressed === 'delete') world.isDeleted = true;
  if (pressed === 'restore') world.isDeleted = false;
  return true;
}

describe('no clicks of the two, in any order and doubled', () => {
  const clicks = fc.array(click, { maxLength: 60 });
  const starts = fc.constantFrom('new' as const, 'accepted' as const);

  test('reach a state that its history does not explain', () => {
    fc.assert(
      fc.property(starts, clicks, (start, all) => {
        const world = begin(start);
        for (const one of all) {
          handle(world, one);
          expect(replay(world.history)).toBe(world.state);
          const since = milestonesOf(world.history);
          expect(since?.closedAt === null).toBe(isOpen(world.state));
          if (world.state === 'new') expect(since?.acceptedAt).toBeNull();
          if (world.state === 'delivered') expect(since?.deliveredAt).not.toBeNull();
          expect(Number(since?.stateSinceAt)).toBeLessThanOrEqual(Number(world.now));
          const spans = blockedSpans(world.history);
          const isWaiting = spans.at(-1)?.until === null;
          expect(isWaiting).toBe(isBlockedByExecutive(world.state) && !world.isDeleted);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('count twice when they are the same', () => {
    fc.assert(
      fc.property(clicks, click, (all, last) => {
        fc.pre(last.pressed !== 'edit' && last.behind === 0);
        const world = begin('new');
        for (const one of all) handle(world, one);
        const changed = handle(world, last);
        const length = world.history.length;
        handle(world, { ...last, behind: changed ? 1 : 0, minutes: 0 });
        expect(world.history).toHaveLength(length);
      }),
      { numRuns: 400 },
    );
  });

  test('change anything by a button that was drawn before something else happened', () => {
    fc.assert(
      fc.property(clicks, click, fc.constantFrom(1, 2), (all, last, behind) => {
        fc.pre(last.pressed !== 'edit');
        const world = begin('new');
        for (const one of all) handle(world, one);
        expect(handle(world, { ...last, behind })).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('let one of the two do what is for the other one', () => {
    fc.assert(
      fc.property(clicks, (all) => {
        const world = begin('new');
        for (const one of all) handle(world, one);
        for (const { step, byId } of world.history)
          if (step in RULES) expect(byId).toBe(RULES[step as keyof typeof RULES].by);
      }),
      { numRuns: 200 },
    );
  });
});

test('from every state somebody can go on, and every state can be reached', () => {
  const reached = new Set<DelegationState>(['new']);
  for (let round = 0; round < STATES.length; round += 1) {
    for (const state of reached)
      for (const step of STEPS) {
        const to = stateAfter(state, { step, role: RULES[step].by });
        if (to) reached.add(to);
      }
  }
  expect([...reached].toSorted()).toEqual([...STATES].toSorted());
  for (const state of STATES)
    expect([...stepsFor(state, 'ea'), ...stepsFor(state, 'executive')]).not.toEqual([]);
});

describe('undo', () => {
  const press = (pressed: Pressed, role: 'executive' | 'ea', minutes = 1): Click => ({
    pressed,
    role,
    behind: 0,
    minutes,
  });

  test('brings back the state before, and since when it was that', () => {
    const world = begin('new');
    handle(world, press('accept', 'ea', 60));
    handle(world, press('deliver', 'ea', 60));
    const before = milestonesOf(world.history);
    handle(world, press('approve', 'executive', 60));
    handle(world, press('undo', 'executive', 60));
    expect(world.state).toBe('delivered');
    expect(milestonesOf(world.history)).toEqual(before);
  });

  test.each([
    ['an hour later', 60, true],
    ['a day later', 24 * 60, true],
    ['the minute after', 24 * 60 + 1, false],
  ])('%s', (_, minutes, can) => {
    const world = begin('new');
    handle(world, press('accept', 'ea'));
    expect(handle(world, press('undo', 'ea', minutes))).toBe(can);
  });

  test('is not for the other one, and not for what was undone', () => {
    const world = begin('new');
    handle(world, press('accept', 'ea'));
    expect(handle(world, press('undo', 'executive'))).toBe(false);
    expect(handle(world, press('undo', 'ea'))).toBe(true);
    expect(handle(world, press('undo', 'ea'))).toBe(false);
  });
});

test('a definition of done that the executive changes after it was accepted is to be accepted again', () => {
  const agreed = { changesAgreed: true, role: 'executive' as const };
  expect(stateAfterEdit('accepted', agreed)).toBe('new');
  expect(stateAfterEdit('accepted', { ...agreed, changesAgreed: false })).toBe('accepted');
  expect(stateAfterEdit('accepted', { ...agreed, role: 'ea' })).toBe('accepted');
  expect(stateAfterEdit('in_progress', agreed)).toBe('in_progress');
});
