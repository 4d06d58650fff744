import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import {
  finishReminder,
  muteReminder,
  skipReminder,
  snoozeReminder,
} from '../../src/reminders/flows/answer.ts';
import {
  deleteReminder,
  pauseReminder,
  prepareList,
  purgeReminders,
  restoreReminder,
} from '../../src/reminders/flows/list.ts';
import { prepareEdit, saveReminder } from '../../src/reminders/flows/save.ts';
import { buildReminderModal, parseReminderModal } from '../../src/reminders/views/form.ts';
import { replanMember } from '../../src/routines/index.ts';
import type { Caller } from '../../src/slack/caller.ts';
import { oneKind } from '../support/databases.ts';
import { submitUnchanged } from '../support/forms.ts';
import { ANA, DANA, type Fixture, MARTA, openFixture } from './fixture.ts';

const toAna = (words: string) => `<@${ANA.userId}|ana> ${words}`;

describe.each(await oneKind())('reminders that are kept, on $kind', ({ create }) => {
  let database: Database;
  let fixture: Fixture;
  beforeEach(async () => {
    database = await create();
    fixture = await openFixture(database);
  });
  afterEach(() => database.close());

  const edit = async (caller: Caller, reminderId: string, when: string) => {
    let form = buildReminderModal(await prepareEdit(fixture.deps, caller, reminderId));
    for (const changes of [{ when: { value: when } }, {}]) {
      const parsed = parseReminderModal(submitUnchanged(form, changes));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      const result = await saveReminder(fixture.deps, { caller, ...parsed.value });
      if (result.type === 'check') form = buildReminderModal(result.form);
    }
  };

  test('are listed own ones first, five to a page', async () => {
    await fixture.write(DANA, toAna('to book flights every friday at 9'));
    for (let n = 1; n <= 6; n += 1) await fixture.write(DANA, `me to do thing ${n} tomorrow at 9`);
    const first = await prepareList(fixture.deps, DANA, 0);
    expect(first).toMatchObject({ total: 7, offset: 0 });
    expect(first.entries).toHaveLength(5);
    const second = await prepareList(fixture.deps, DANA, 5);
    expect(second.entries.map(({ isForMe }) => isForMe)).toEqual([true, false]);
    const last = second.entries[1];
    expect(last).toMatchObject({ otherName: 'Ana', receiverZone: 'Asia/Manila' });
    expect(last?.next.map(({ on }) => on)).toEqual(['2026-03-06', '2026-03-13', '2026-03-20']);
    const anas = await prepareList(fixture.deps, ANA, 0);
    expect(anas.entries.map(({ isMine, isForMe }) => [isMine, isForMe])).toEqual([[false, true]]);
  });

  test('a page that was emptied shows the one before it', async () => {
    const ids = [];
    for (let n = 1; n <= 6; n += 1)
      ids.push(await fixture.write(DANA, `me to do thing ${n} tomorrow at 9`));
    const reminderId = (await prepareList(fixture.deps, DANA, 5)).entries[0]?.reminder.id ?? '';
    await deleteReminder(fixture.deps, { caller: DANA, reminderId });
    expect(await prepareList(fixture.deps, DANA, 5)).toMatchObject({ offset: 0, total: 5 });
  });

  test('are nobody’s but the two people’s: not another member’s, not another workspace’s', async () => {
    const reminderId = await fixture.write(DANA, toAna('to book flights every friday at 9'));
    await fixture.until('2026-03-06T01:00:00Z');
    const { deps } = fixture;
    for (const caller of [MARTA, { ...ANA, workspaceId: 'T9999999' }]) {
      const o = { caller, reminderId, ref: { reminderId, dueOn: '2026-03-06' } };
      for (const attempt of [
        () => finishReminder(deps, o),
        () => skipReminder(deps, o),
        () => snoozeReminder(deps, { ...o, chosen: '1h' }),
        () => muteReminder(deps, { ...o, untilOn: '2026-04-01' }),
        () => pauseReminder(deps, { ...o, pause: true }),
        () => deleteReminder(deps, o),
        () => restoreReminder(deps, o),
        () => prepareEdit(deps, caller, reminderId),
      ]) {
        await expect(attempt()).rejects.toThrow('This reminder is not there any more.');
      }
    }
    expect(await fixture.sent(ANA.userId)).toEqual(['Reminder from <@U000DANA>: book flights']);
  });

  test('are answered by the receiver only, and changed by the writer only', async () => {
    const reminderId = await fixture.write(DANA, toAna('to book flights every friday at 9'));
    await fixture.until('2026-03-06T01:00:00Z');
    const ref = { reminderId, dueOn: '2026-03-06' };
    await expect(finishReminder(fixture.deps, { caller: DANA, ref })).rejects.toThrow(
      'Only Ana can answer this reminder.',
    );
    const only = 'Only Dana can change this reminder.';
    await expect(deleteReminder(fixture.deps, { caller: ANA, reminderId })).rejects.toThrow(only);
    await expect(prepareEdit(fixture.deps, ANA, reminderId)).rejects.toThrow(only);
    await pauseReminder(fixture.deps, { caller: ANA, reminderId, pause: true });
    await fixture.until('2026-03-13T02:00:00Z');
    // The one of the first Friday and its repeat.
    expect(await fixture.sent(ANA.userId)).toHaveLength(2);
  });

  test('paused ones stay asleep when the person’s calendar changes, and wake when resumed', async () => {
    const reminderId = await fixture.write(ANA, 'me to send the invoice every weekday at 9');
    await pauseReminder(fixture.deps, { caller: ANA, reminderId, pause: true });
    await fixture.deps.transact((stores) =>
      replanMember(stores, { ...ANA, now: fixture.deps.now() }),
    );
    await fixture.until('2026-03-04T02:00:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual([]);
    await pauseReminder(fixture.deps, { caller: ANA, reminderId, pause: false });
    await fixture.until('2026-03-05T01:00:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(1);
  });

  test('edited ones come at the new time, never twice on one day', async () => {
    const reminderId = await fixture.write(ANA, 'me to send the invoice every weekday at 9');
    await fixture.until('2026-03-03T01:00:00Z');
    await finishReminder(fixture.deps, { caller: ANA, ref: { reminderId, dueOn: '2026-03-03' } });
    await edit(ANA, reminderId, 'every weekday at 11');
    await fixture.until('2026-03-03T09:00:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(1);
    await fixture.until('2026-03-04T02:59:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(1);
    await fixture.until('2026-03-04T03:00:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(2);
  });

  test('a deleted one that waits for an answer says so and is not repeated', async () => {
    const reminderId = await fixture.write(DANA, toAna('to book flights every friday at 9'));
    await fixture.until('2026-03-06T01:00:00Z');
    await deleteReminder(fixture.deps, { caller: DANA, reminderId });
    await fixture.until('2026-03-14T00:00:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual([
      'Reminder from <@U000DANA>: book flights (The reminder was deleted.)',
    ]);
    expect(await fixture.sent(DANA.userId)).toEqual([]);
  });

  test('a deleted one can be restored for a day, then it is gone with its routine', async () => {
    const reminderId = await fixture.write(ANA, 'me to send the invoice every weekday at 9');
    await deleteReminder(fixture.deps, { caller: ANA, reminderId });
    await purgeReminders(fixture.deps);
    await restoreReminder(fixture.deps, { caller: ANA, reminderId });
    await fixture.until('2026-03-03T01:00:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(1);
    await deleteReminder(fixture.deps, { caller: ANA, reminderId });
    await fixture.until('2026-03-04T01:00:01Z');
    await purgeReminders(fixture.deps);
    expect(await database.prisma.reminder.count()).toBe(0);
    expect(await database.prisma.routine.count()).toBe(0);
    await expect(restoreReminder(fixture.deps, { caller: ANA, reminderId })).rejects.toThrow(
      'This reminder is not there any more.',
    );
  });
});
