import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import {
  type Delegation,
  isOpen,
  loadCalendars,
  stateAfter,
  stateAfterEdit,
  writeChange,
} from '../../delegations/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { nextWorkingInstant } from '../../time/working-time.ts';
import {
  dueAfterMove,
  type LoadAnswer,
  type LoadQuestion,
  MOST_ITEMS,
  MOVE_DAYS,
  mayAskAgain,
  weekOf,
} from '../domain/question.ts';
import { buildQuestion } from '../views/messages.ts';
import { calendarOf, keyOf, loadForecast } from './forecast.ts';
import { tellHours } from './log.ts';

const BATCH = 50;

/** Looks at the pairs whose time has come, each once on every working day of its executive. */
export async function sweepChecks(deps: Deps): Promise<void> {
  await deps.workload.planChecks(deps.now(), 1000);
  for (;;) {
    const claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const keys = await stores.workload.claimChecks(now, BATCH);
      for (const key of keys) await checkPair(stores, { ...key, now });
      return keys.length;
    });
    if (claimed < BATCH) return;
  }
}

async function checkPair(
  stores: Stores,
  o: { workspaceId: string; pairId: string; now: DateTime },
): Promise<void> {
  const { workspaceId, pairId, now } = o;
  const pair = await stores.pairs.find(workspaceId, pairId);
  if (!pair) return;
  const calendar = await calendarOf(stores, pair, 'executive');
  const opensAt = nextWorkingInstant(calendar, now);
  if (opensAt && opensAt <= now) {
    await askWhatGives(stores, { pair, now });
    await tellHours(stores, { pair, userId: pair.executive.userId, now });
  }
  const tomorrow = now.setZone(calendar.zone).startOf('day').plus({ days: 1 });
  const from = opensAt && opensAt > now ? opensAt : tomorrow;
  const next = nextWorkingInstant(calendar, from) ?? now.plus({ days: 7 });
  await stores.workload.setNextCheck(keyOf(pair), next);
}

/** When more is due than there is working time, asks the executive what gives way: at most once in seven days. */
async function askWhatGives(stores: Stores, o: { pair: Pair; now: DateTime }): Promise<void> {
  const { pair, now } = o;
  const lastAt = await stores.workload.lastAskedAt(keyOf(pair));
  if (!mayAskAgain({ lastAt, now, zone: pair.executive.zone })) return;
  const forecast = await loadForecast(stores, o);
  if (forecast.level !== 'over' && forecast.level !== 'closed') return;
  const ids = await stores.workload.findMovable(keyOf(pair), {
    until: now.plus({ days: MOVE_DAYS }),
    limit: MOST_ITEMS,
  });
  const { minutes, availableMinutes, count, withoutEstimate } = forecast;
  const question: LoadQuestion = {
    ...keyOf(pair),
    weekOn: weekOf(now, pair.executive.zone),
    askedAt: now,
    content: {
      dueMinutes: minutes,
      availableMinutes,
      n: count,
      withoutEstimate,
      items: ids.map((delegationId) => ({ delegationId, answer: null })),
    },
  };
  if (await stores.workload.addQuestion(question)) await showQuestion(stores, { pair, question });
}

async function showQuestion(
  stores: Stores,
  o: { pair: Pair; question: LoadQuestion },
): Promise<void> {
  const { pair, question } = o;
  const { workspaceId } = pair;
  const items = [];
  for (const item of question.content.items) {
    const delegation = await stores.delegations.find({ workspaceId, id: item.delegationId });
    if (delegation) items.push({ ...item, delegation });
  }
  await stores.outbox.show({
    workspaceId,
    pairId: pair.id,
    key: `workload:${pair.id}:${question.weekOn}`,
    purpose: 'prompt',
    recipient: pair.executive.userId,
    forBoth: true,
    message: buildQuestion({ pair, question, items }),
  });
}

/** Does what the executive chose for one delegation, and says so in the message. A second press changes nothing. */
export async function answerQuestion(
  deps: Deps,
  o: {
    caller: Caller;
    pairId: string;
    weekOn: string;
    delegationId: string;
    answer: LoadAnswer;
  },
): Promise<void> {
  const { caller, answer, delegationId } = o;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'workload.answer' });
    const question = await stores.workload.lockQuestion(keyOf(pair), o.weekOn);
    const item = question?.content.items.find((one) => one.delegationId === delegationId);
    if (!question || !item)
      throw new UserFacingError('This question is not there any more. Type /ea-workload.');
    if (item.answer) return;
    const now = deps.now();
    const delegation = await stores.delegations.lock({
      workspaceId: pair.workspaceId,
      id: delegationId,
    });
    if (!delegation || delegation.deletedAt || !isOpen(delegation.state))
      throw new UserFacingError(
        'This task is closed or deleted already, so there is nothing to do.',
      );
    if (answer === 'moved') await move(stores, { pair, delegation, caller, now });
    if (answer === 'dropped') await drop(stores, { pair, delegation, caller, now });
    const items = question.content.items.map((one) => (one === item ? { ...one, answer } : one));
    const answered = { ...question, content: { ...question.content, items } };
    await stores.workload.saveQuestion(answered);
    await showQuestion(stores, { pair, question: answered });
  });
}

type Change = { pair: Pair; delegation: Delegation; caller: Caller; now: DateTime };

/** A week later, or on the EA's next working day after that, at the same time on the EA's clock. */
async function move(stores: Stores, o: Change): Promise<void> {
  const { pair, delegation, caller, now } = o;
  if (!delegation.dueAt) return;
  const calendar = await calendarOf(stores, pair, 'ea');
  const dueAt = dueAfterMove(delegation.dueAt, { calendar, now }).toUTC();
  await write(stores, o, {
    delegation: { ...delegation, dueAt, dueZone: calendar.zone },
    step: 'edit',
    to: stateAfterEdit(delegation.state, { changesAgreed: true, role: 'executive' }),
    why: WHY,
    byId: caller.userId,
  });
}

const WHY = 'More was due in the week than fits.';

async function drop(stores: Stores, o: Change): Promise<void> {
  const { delegation, caller } = o;
  const to = stateAfter(delegation.state, { step: 'drop', role: 'executive' });
  if (!to)
    throw new UserFacingError('This task cannot be dropped any more. Open it with /ea-tasks.');
  await write(stores, o, { delegation, step: 'drop', to, why: WHY, byId: caller.userId });
}

async function write(
  stores: Stores,
  { pair, now }: Change,
  change: Pick<Parameters<typeof writeChange>[1], 'delegation' | 'step' | 'to' | 'why' | 'byId'>,
): Promise<void> {
  await writeChange(stores, {
    ...change,
    isNews: change.step === 'edit',
    pair,
    history: await stores.delegations.history(change.delegation),
    calendars: await loadCalendars(stores, pair),
    now,
  });
}
