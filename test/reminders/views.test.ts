import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Reminder } from '../../src/reminders/domain/reminder.ts';
import {
  buildMuteModal,
  buildSnoozeModal,
  parseMuteModal,
  parseSnoozeModal,
} from '../../src/reminders/views/dialogs.ts';
import {
  buildReminderModal,
  NO_FIELDS,
  parseReminderModal,
  type ReminderForm,
} from '../../src/reminders/views/form.ts';
import { buildListModal, type ListEntry, type ListPage } from '../../src/reminders/views/list.ts';
import { buildPrompt, buildReport, type PromptState } from '../../src/reminders/views/messages.ts';
import type { Preview } from '../../src/reminders/views/preview.ts';
import { buildSaved, buildUsage } from '../../src/reminders/views/usage.ts';
import { validateMessage, validateView } from '../../src/sandbox/limits/index.ts';
import { submitUnchanged } from '../support/forms.ts';

const at = DateTime.fromISO('2026-03-05T15:20:00Z');
const dana = { userId: 'U000DANA', name: 'Dana <!channel>', zone: 'America/New_York' };
const ana = { userId: 'U0000ANA', name: 'A'.repeat(300), zone: 'Asia/Manila' };
const nasty = '<!channel> *bold* <@U0000BOB> & `code` :wave: '.repeat(40).slice(0, 1000);

const reminder: Reminder = {
  workspaceId: 'T0000001',
  id: '5e5f0c1e-7a0c-4f0e-9b47-000000000000',
  pairId: 'pair',
  fromId: dana.userId,
  forId: ana.userId,
  text: nasty,
  timing: {
    kind: 'recurring',
    pattern: {
      kind: 'everyNthWeek',
      weeks: 52,
      weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      anchorOn: '2026-03-02',
    },
    time: '09:00',
    from: '2026-03-02',
    until: '2030-12-31',
  },
  urgent: true,
  tellWhenDone: true,
  repeats: 5,
  createdAt: at,
  editedAt: null,
  pausedAt: null,
  mutedUntilOn: '2026-04-01',
  sentAt: null,
  deletedAt: null,
};
const times = [0, 1, 2].map((weeks) => ({
  on: '2026-03-09',
  at: at.plus({ weeks }),
  heldUntil: at.plus({ weeks, hours: 10 }),
}));
const preview: Preview = {
  timing: reminder.timing,
  next: times,
  receiverName: ana.name,
  receiverZone: ana.zone,
  writerZone: dana.zone,
  urgent: false,
  mayBeUrgent: true,
  seenKey: 'U0000ANA every day at 09:00',
};
const form: ReminderForm = {
  ...NO_FIELDS,
  forId: ana.userId,
  text: 'book flights',
  when: 'every weekday at 09:00',
  clock: 'theirs',
  urgent: true,
  tellWhenDone: true,
  repeats: 3,
  reminderId: null,
  me: dana,
  partners: [ana],
  notice: null,
  preview,
};

describe('the form', () => {
  test('what it shows is what it reads back', () => {
    const parsed = parseReminderModal(submitUnchanged(buildReminderModal(form)));
    const { forId, text, when, clock, urgent, tellWhenDone, repeats } = form;
    expect(parsed).toEqual({
      ok: true,
      value: {
        carried: { reminderId: null, seen: preview.seenKey },
        fields: { forId, text, when, clock, urgent, tellWhenDone, repeats },
      },
    });
  });

  test('an empty one names what is missing, at its field', () => {
    const empty = { ...form, ...NO_FIELDS, preview: null };
    expect(parseReminderModal(submitUnchanged(buildReminderModal(empty)))).toEqual({
      ok: false,
      errors: {
        for: 'Choose who is reminded.',
        text: 'Write what it is about.',
        when: 'Write when, such as tomorrow 15:00.',
      },
    });
  });

  test('asks for a clock only where there are two', () => {
    const clocks = (partners: ReminderForm['partners']) =>
      buildReminderModal({ ...form, partners }).blocks.filter((one) => one.block_id === 'clock')
        .length;
    expect(clocks([ana])).toBe(1);
    expect(clocks([{ ...ana, zone: dana.zone }])).toBe(0);
  });

  test('fits into Slack’s limits with the longest of everything', () => {
    const partners = Array.from({ length: 120 }, (_, n) => ({ ...ana, userId: `U00000A${n}` }));
    for (const one of [
      form,
      { ...form, text: nasty, when: 'x'.repeat(300), notice: nasty, partners },
      { ...form, reminderId: reminder.id },
      { ...form, ...NO_FIELDS, preview: null },
      { ...form, preview: { ...preview, urgent: true, mayBeUrgent: false } },
    ]) {
      expect(validateView(buildReminderModal(one))).toEqual([]);
    }
  });
});

describe('snoozing and muting', () => {
  const ref = { reminderId: reminder.id, dueOn: '2026-03-05' };
  const snooze = buildSnoozeModal({ ref, text: nasty, nextWorkAt: at, zone: ana.zone });
  const pick = (value: string) => ({ choice: { selected_option: { value } } });

  test.each(['20m', '1h', '3h', 'nextWorkStart'])('the choice “%s” is read back', (choice) => {
    const parsed = parseSnoozeModal(submitUnchanged(snooze, pick(choice)));
    expect(parsed).toEqual({ ok: true, value: { ref, chosen: choice } });
  });

  test('a picked time needs its date and its time', () => {
    const day = { selected_date: '2026-03-09' };
    const time = { selected_time: '14:00' };
    expect(parseSnoozeModal(submitUnchanged(snooze, pick('pick')))).toEqual({
      ok: false,
      errors: { date: 'Choose a date.', time: 'Choose a time.' },
    });
    expect(parseSnoozeModal(submitUnchanged(snooze, { ...pick('pick'), date: day, time }))).toEqual(
      {
        ok: true,
        value: { ref, chosen: { on: '2026-03-09', time: '14:00' } },
      },
    );
  });

  test('the day on which a series begins again is read back', () => {
    const mute = buildMuteModal({ ref, text: nasty, today: '2026-03-05' });
    const until = { selected_date: '2026-03-16' };
    expect(parseMuteModal(submitUnchanged(mute, { until }))).toEqual({
      ok: true,
      value: { ref, untilOn: '2026-03-16' },
    });
    expect(parseMuteModal(submitUnchanged(mute))).toEqual({
      ok: false,
      errors: { until: 'Choose a date.' },
    });
    expect(validateView(mute)).toEqual([]);
    expect(validateView(snooze)).toEqual([]);
  });
});

describe('messages', () => {
  const states: PromptState[] = [
    { type: 'open', isRepeat: false },
    { type: 'open', isRepeat: true },
    { type: 'repeated' },
    { type: 'done', at },
    { type: 'snoozed', until: at },
    { type: 'skipped' },
    { type: 'muted', untilOn: '2026-03-16' },
    { type: 'unanswered' },
    { type: 'deleted' },
  ];

  test.each(states)(
    'of a reminder that is $type fit Slack’s limits and ping nobody by its text',
    (state) => {
      const message = buildPrompt({ reminder, dueOn: '2026-03-05', zone: ana.zone, state });
      expect(validateMessage({ channel: 'D1', ...message })).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
      expect(
        JSON.stringify(
          message.blocks.filter((one) => one.type === 'section' && one.text?.type === 'mrkdwn'),
        ),
      ).not.toContain('channel');
    },
  );

  test('of a single reminder offer no series to mute', () => {
    const once: Reminder = {
      ...reminder,
      timing: { kind: 'once', on: '2026-03-05', time: '09:00' },
    };
    const open = buildPrompt({
      reminder: once,
      dueOn: '2026-03-05',
      zone: ana.zone,
      state: { type: 'open', isRepeat: false },
    });
    expect(JSON.stringify(open)).not.toContain('Mute');
  });

  test('to the writer fit Slack’s limits', () => {
    for (const outcome of [
      { type: 'done' as const, at },
      { type: 'unanswered' as const, asked: 6 },
      { type: 'skipped' as const },
    ]) {
      const message = buildReport({ reminder, zone: dana.zone, outcome });
      expect(validateMessage({ channel: 'D1', ...message })).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
    }
  });

  test('usage shows what was typed without obeying it', () => {
    const message = buildUsage('<!channel> `x`');
    expect(validateMessage({ channel: 'D1', ...message })).toEqual([]);
    expect(message.text).toContain("`&lt;!channel&gt; 'x'`");
  });

  test('a saved one fits Slack’s limits', () => {
    expect(validateView(buildSaved({ reminder, preview }))).toEqual([]);
  });
});

test('a full page of the list fits Slack’s limits, with and without something to undo', () => {
  const entry: ListEntry = {
    reminder,
    otherName: ana.name,
    isForMe: false,
    isMine: true,
    receiverZone: ana.zone,
    next: times,
  };
  const consents = Array.from({ length: 9 }, () => ({
    pairId: 'pair',
    partnerName: ana.name,
    acceptsUrgent: true,
  }));
  const entries = [
    { ...entry, isForMe: true },
    entry,
    entry,
    { ...entry, reminder: { ...reminder, pausedAt: at } },
    { ...entry, next: [] },
  ];
  const page: ListPage = {
    entries,
    consents,
    total: 20,
    offset: 5,
    zone: dana.zone,
    deleted: null,
  };
  expect(validateView(buildListModal(page))).toEqual([]);
  expect(
    validateView(buildListModal({ ...page, deleted: { reminderId: reminder.id, text: nasty } })),
  ).toEqual([]);
  expect(validateView(buildListModal({ ...page, entries: [], total: 0, offset: 0 }))).toEqual([]);
});
