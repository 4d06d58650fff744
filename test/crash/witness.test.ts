import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { DeliveryRow, OccurrenceRow } from './rows.ts';
import { type Evidence, judge } from './witness.ts';
import type { Person } from './workspace.ts';

const ON = '2026-03-02';
const TEXT = `Time for your check-in with <@U2>, Mon 2 Mar 2026.`;
const blocks = (id: string) => [
  { type: 'section' as const, block_id: id, text: { type: 'mrkdwn' as const, text: TEXT } },
];
const person: Person = {
  id: 'U1',
  name: 'Ana',
  role: 'ea',
  zone: 'Asia/Manila',
  channel: 'pair',
  channelId: 'C1',
};

const sent: DeliveryRow = {
  id: 'd1',
  seq: 1,
  dedupeKey: `checkin-prompt:p1:U1:${ON}:1`,
  kind: 'post',
  purpose: 'prompt',
  recipient: 'U1',
  targetId: null,
  message: { text: TEXT, blocks: blocks('other') },
  state: 'sent',
  attempts: 1,
  channel: 'D1',
  ts: '1.1',
  error: null,
  claimedUntil: null,
  notBefore: null,
};
const asked: OccurrenceRow = {
  userId: 'U1',
  dueOn: ON,
  dueAt: '2026-03-02T01:30:00.000Z',
  state: 'asked',
  reason: null,
  nextStep: 'remind',
  nextStepAt: '2026-03-02T05:00:00.000Z',
  askedTimes: 1,
  remindedTimes: 0,
};

function messageAt(ts: string): Evidence['messages'][number] {
  return {
    ts,
    channel: '@Tandem',
    channelId: 'D1',
    at: '',
    by: 'Tandem',
    byId: 'UB',
    byBot: true,
    text: TEXT,
    plainText: TEXT,
    blocks: blocks('d1'),
    attachments: [],
    controls: [],
    edited: false,
    ephemeral: false,
    thread: null,
    reactions: [],
    files: [],
    replies: [],
    subtype: null,
  };
}

/** A day on which one person was asked once, with one thing changed. */
function evidenceOf(change: (good: Evidence) => Partial<Evidence>): Evidence {
  const good: Evidence = {
    rows: { deliveries: [sent], occurrences: [asked], checkins: [], jobs: [] },
    messages: [messageAt('1.1')],
    calls: [
      {
        at: '',
        team: 'T1',
        method: 'chat.postMessage',
        args: { text: TEXT, blocks: blocks('d1') },
        status: 200,
        reply: { ok: true },
      },
    ],
    submissions: [],
    due: [{ person, on: ON, at: DateTime.fromISO(asked.dueAt) }],
    problems: [],
    mayReadDirectMessages: true,
  };
  return { ...good, ...change(good) };
}

describe('the witness', () => {
  test('has nothing to say about a day on which all went well', () => {
    expect(judge(evidenceOf(() => ({})))).toEqual([]);
  });

  test.each<[string, (good: Evidence) => Partial<Evidence>, string]>([
    [
      'a prompt that came twice',
      ({ messages }) => ({ messages: [...messages, messageAt('1.2')] }),
      'asked 2 times',
    ],
    ['a prompt that never came', () => ({ messages: [] }), '1 prompts were due, 0 arrived'],
    [
      'a time at which nothing happened',
      ({ rows }) => ({ rows: { ...rows, occurrences: [] } }),
      'there is no occurrence',
    ],
    [
      'a day left out without a reason',
      ({ rows }) => ({
        rows: { ...rows, occurrences: [{ ...asked, state: 'not_asked', askedTimes: 0 }] },
      }),
      'not_asked without a reason',
    ],
    [
      'a step that was queued and never taken',
      ({ rows }) => ({ rows: { ...rows, occurrences: [{ ...asked, nextStepAt: null }] } }),
      'was queued and lost',
    ],
    [
      'a row that nobody works on any more',
      ({ rows }) => ({ rows: { ...rows, deliveries: [{ ...sent, state: 'sending' }] } }),
      'is sending',
    ],
    [
      'a job that failed',
      ({ rows }) => ({
        rows: { ...rows, jobs: [{ name: 'routines.step', state: 'failed', count: 3 }] },
      }),
      '3 jobs of routines.step are failed',
    ],
    [
      'a card that shows an older version',
      ({ rows }) => ({
        rows: {
          ...rows,
          deliveries: [
            sent,
            {
              ...sent,
              id: 'd2',
              seq: 2,
              kind: 'update',
              targetId: 'd1',
              message: { text: 'Done.', blocks: [] },
            },
          ],
        },
      }),
      'does not show what was saved last',
    ],
    [
      'a form that was taken and is not saved',
      () => ({ submissions: [{ userId: 'U1', on: ON, text: 'Visa', acknowledged: true }] }),
      'was acknowledged and is not saved',
    ],
    [
      'a call that Slack would not take',
      ({ calls }) => ({
        calls: [
          ...calls,
          {
            at: '',
            team: 'T1',
            method: 'chat.update',
            args: {},
            status: 200,
            reply: { ok: false, error: 'invalid_blocks' },
          },
        ],
      }),
      'Slack refused chat.update: invalid_blocks',
    ],
  ])('notices %s', (_what, change, sentence) => {
    expect(judge(evidenceOf(change))).toContainEqual(expect.stringContaining(sentence));
  });
});
