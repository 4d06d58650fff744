import type { DateTime } from 'luxon';
import { askFromCheckin } from '../../decisions/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { memberOf, type Pair, partnerOf, type Role } from '../../pairs/index.ts';
import { answerOccurrence } from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Answers, Checkin } from '../domain/checkin.ts';
import type { CheckinForm } from '../views/form.ts';
import { buildCheckinCard } from '../views/messages.ts';
import { authorizeWriting, checkWritable, localDay } from './form.ts';
import { correctMissed, KIND, settlePrompts } from './prompt.ts';

export type SubmitResult = { type: 'saved' } | { type: 'conflict'; form: CheckinForm };

/** Saves the caller's entry of one day and shows it in the channel. On a conflict nothing is saved and nothing typed is lost. */
export async function submitCheckin(
  deps: Deps,
  o: { caller: Caller; pairId: string; dueOn: string; answers: Answers; baseVersion: number },
): Promise<SubmitResult> {
  const { caller, answers } = o;
  return await deps.transact(async (stores): Promise<SubmitResult> => {
    const { pair, role } = await authorizeWriting(stores, caller, o);
    const now = deps.now();
    checkWritable(o.dueOn, localDay(pair, role, now));
    const key = {
      workspaceId: caller.workspaceId,
      pairId: pair.id,
      userId: caller.userId,
      dueOn: o.dueOn,
    };
    const checkin = await stores.checkins.save({ key, answers, baseVersion: o.baseVersion, now });
    if (!checkin) {
      const current = await stores.checkins.find(key);
      if (current && sameAnswers(current.answers, answers)) return { type: 'saved' };
      const form = {
        pairId: pair.id,
        role,
        partnerName: partnerOf(pair, caller.userId).name,
        dueOn: o.dueOn,
        answers,
      };
      return {
        type: 'conflict',
        form: { ...form, baseVersion: current?.version ?? 0, notice: CHANGED },
      };
    }
    await finishCheckin(stores, { pair, role, checkin, now });
    return { type: 'saved' };
  });
}

const CHANGED =
  'This check-in was changed in another window. Below is what you typed here: saving it replaces the other version.';

/** Two presses of one button bring the same answers twice. */
function sameAnswers(a: Answers, b: Answers): boolean {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...ids].every((id) => a[id] === b[id]);
}

/** Shows a saved entry in the channel and settles what was asked and said about its day. */
export async function finishCheckin(
  stores: Stores,
  o: { pair: Pair; role: Role; checkin: Checkin; now: DateTime },
): Promise<void> {
  const { pair, checkin, now } = o;
  await showCard(stores, o);
  if (o.role === 'ea' && !checkin.unchangedSinceOn) {
    const text = checkin.answers['decisions'] ?? '';
    await askFromCheckin(stores, { pair, checkinId: checkin.id, text, now });
  }
  // An edit changes the card only.
  if (checkin.version > 1) return;
  const { workspaceId, pairId, userId, dueOn } = checkin;
  const of = { workspaceId, pairId, userId, dueOn, kind: KIND };
  const occurrence = await answerOccurrence(stores, of, now);
  if (!occurrence) return;
  const prompt = { pair, ref: checkin, occurrence };
  await settlePrompts(stores, { ...prompt, state: { type: 'done', at: checkin.submittedAt } });
  await correctMissed(stores, prompt);
}

async function showCard(
  stores: Stores,
  o: { pair: Pair; role: Role; checkin: Checkin },
): Promise<void> {
  const { pair, role, checkin } = o;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `checkin:${checkin.id}:card`,
    purpose: 'card',
    recipient: pair.channelId,
    message: buildCheckinCard({ checkin, role, zone: memberOf(pair, role).zone }),
    tell: [pair.executive.userId, pair.ea.userId],
  });
}
