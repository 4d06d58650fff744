import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readLeaveType } from '../../src/away/domain/leave.ts';
import { ConfigError, readConfig, variableNames } from '../../src/config.ts';
import { UserFacingError } from '../../src/errors.ts';
import { readCommand } from '../../src/reminders/domain/command.ts';
import { readEnvelope } from '../../src/slack/entrance/envelope.ts';
import { readDateRange } from '../../src/time/date-range-text.ts';
import { readRecurring } from '../../src/time/phrases/recurring.ts';
import { readWhen } from '../../src/time/phrases/when.ts';
import { commandBody, FORM, interactionBody, sendSigned } from '../support/signed-requests.ts';
import { openStage, type Stage } from '../support/stage.ts';

const LIMITS = { numRuns: 200 } as const;

/** Text of any signs, and of words that the readers look for, in any order. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...'me to @Ana <@U0000000001> every other last first business day weekday monday 31 feb'.split(
            ' ',
          ),
          ...'tomorrow at in 25:00 9:60 noon until from starting 99999999999 days -1 year 2026-13-45'.split(
            ' ',
          ),
          ...'friday afternoon and 24 dec – jan help list history settings sick , : . <!channel>'.split(
            ' ',
          ),
        ),
        fc.string({ unit: 'grapheme', maxLength: 6 }),
      ),
      { maxLength: 14 },
    )
    .map((words) => words.join(' ')),
);

const context = { now: DateTime.utc(2026, 3, 3, 1), zone: 'Asia/Manila' };

/** Runs a reader; what it may throw is a sentence for the person who wrote this, and nothing else. */
function staysCalm(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserFacingError || error instanceof ConfigError)) throw error;
  }
}

describe('whatever somebody types', () => {
  test.each<[string, (text: string) => unknown]>([
    ['behind /ea-remind', (text) => readCommand(text, context)],
    ['as a time', (text) => readWhen(text, context)],
    ['as something recurring', (text) => readRecurring(text, '2026-03-03')],
    ['behind /ea-away', (text) => readDateRange(readLeaveType(text).rest, '2026-03-03')],
  ])('%s is read or not read, and breaks nothing', (_, read) => {
    fc.assert(
      fc.property(anyText, (text) => staysCalm(() => read(text))),
      LIMITS,
    );
  });

  test('into the configuration is taken or refused by name', () => {
    const environment = fc.dictionary(fc.constantFrom(...variableNames), anyText);
    fc.assert(
      fc.property(environment, (values) => staysCalm(() => readConfig(values))),
      LIMITS,
    );
  });
});

type ParseView = (view: unknown) => unknown;

/** Every reader of a form that the views of the features have. */
async function listFormReaders(): Promise<[string, ParseView][]> {
  const source = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = (await readdir(source, { recursive: true })).filter((path) =>
    /^[\w-]+[/\\]views([/\\].*)?\.ts$/.test(path),
  );
  const readers: [string, ParseView][] = [];
  for (const path of files.toSorted()) {
    const module: Record<string, unknown> = await import(`${source}${path}`);
    for (const [name, value] of Object.entries(module)) {
      const isReader = /^parse[A-Z]/.test(name) && typeof value === 'function';
      // Some have to be told first what they read.
      if (isReader && name !== 'parseRetentionModal')
        readers.push([`${path} ${name}`, value as ParseView]);
    }
  }
  return readers;
}

const readers = await listFormReaders();

const element = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('plain_text_input', 'datepicker', 'timepicker', 'number_input'),
      value: fc.oneof(anyText, fc.constant(null)),
      selected_date: fc.oneof(fc.constantFrom('2026-02-31', '2026-03-05', ''), fc.constant(null)),
      selected_time: fc.oneof(fc.constantFrom('25:00', '09:30', 'x'), fc.constant(null)),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record({
    type: fc.constantFrom('static_select', 'radio_buttons', 'external_select'),
    selected_option: fc.oneof(fc.record({ value: anyText }), fc.constant(null)),
  }),
  fc.record({
    type: fc.constantFrom('checkboxes', 'multi_static_select'),
    selected_options: fc.array(fc.record({ value: anyText }), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('users_select'),
    selected_user: fc.oneof(anyText, fc.constant(null)),
  }),
);

const blockId = fc.constantFrom(
  ...'what when done planned blocked pair why text reason until title due for minutes country type'.split(
    ' ',
  ),
  ...'region firstOn lastOn note name person channel time days __proto__ constructor hasOwnProperty'.split(
    ' ',
  ),
);

const carried = fc.oneof(
  anyText,
  fc.constant('{"__proto__":{"polluted":true},"pairId":"p"}'),
  fc.json({ maxDepth: 3 }),
  fc
    .record(
      {
        pairId: anyText,
        id: anyText,
        leaveId: fc.constant(null),
        routineId: anyText,
        dueOn: fc.constantFrom('2026-03-03', '2026-99-99'),
        role: fc.constantFrom('ea', 'executive', 'nobody'),
        version: fc.integer(),
        offered: fc.array(anyText, { maxLength: 2 }),
      },
      { requiredKeys: ['pairId'] },
    )
    .map((value) => JSON.stringify(value)),
);

describe('a form that no form of Tandem’s can be', () => {
  test('there are readers to be tried', () => {
    expect(readers.length).toBeGreaterThan(10);
  });

  test.each(readers)('attack 7: does not break %s', (_, read) => {
    const view = fc.record({
      id: fc.constant('V1'),
      hash: fc.constant('1'),
      private_metadata: carried,
      state: fc.record({
        values: fc.dictionary(blockId, fc.record({ value: element }), { noNullPrototype: true }),
      }),
    });
    fc.assert(
      fc.property(view, (one) => {
        staysCalm(() => read(one));
        expect('polluted' in {}).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

test('attack 7: an envelope of any shape is one of Slack’s or none', () => {
  const part = fc.jsonValue({ maxDepth: 3 });
  const body = fc.dictionary(
    fc.constantFrom(
      ...'type event command text user team enterprise view actions team_id user_id trigger_id state'.split(
        ' ',
      ),
    ),
    fc.oneof(part, fc.constantFrom('event_callback', 'block_actions', 'view_submission')),
  );
  fc.assert(
    fc.property(fc.oneof(body, part), (one) => void readEnvelope(one)),
    LIMITS,
  );
});

describe('a signed request of any content', () => {
  let stage: Stage;
  const rejections: unknown[] = [];
  const note = (error: unknown) => void rejections.push(error);
  beforeAll(async () => {
    process.on('unhandledRejection', note);
    stage = await openStage({ receiver: 'signed HTTP' });
  });
  afterAll(async () => {
    await stage.close();
    process.off('unhandledRejection', note);
  });

  test('attack 5: is answered, and the app goes on', async () => {
    const team = stage.demo.workspace.id;
    const user = stage.person('Dana').id;
    const command = commandBody({ command: '/ea', team, user, trigger: '1.fuzz' });
    const press = interactionBody({
      type: 'block_actions',
      team: { id: team },
      user: { id: user },
      trigger_id: '2.fuzz',
      actions: [{ action_id: 'checkins.start', type: 'button', value: '{}' }],
    });
    const event = JSON.stringify({
      type: 'event_callback',
      event_id: 'Ev1',
      team_id: team,
      event: { type: 'user_change', user: { id: user } },
    });
    /** One of the bodies with some of its letters changed, lost or doubled. */
    const mutated = fc
      .tuple(
        fc.constantFrom(command, press, event),
        fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 }), fc.nat({ max: 3 })), {
          maxLength: 4,
        }),
      )
      .map(([body, changes]) => {
        let text = body;
        for (const [where, put, lost] of changes) {
          const at = where % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + lost);
        }
        return text;
      });
    const type = fc.constantFrom(FORM, 'application/json', 'text/plain', 'multipart/form-data', '');
    const requests = fc.sample(fc.record({ body: mutated, type }), { numRuns: 150, seed: 7391 });
    const to = { port: stage.tandem.port, signingSecret: stage.demo.app.signingSecret };
    const answers = await Promise.all(requests.map((one) => sendSigned(to, one)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 400, 404, 500].includes(status))).toEqual([]);
    expect(statuses.has(400)).toBe(true);
    expect((await sendSigned(to)).status).toBe(200);
    await stage.tandem.settle();
    expect(rejections).toEqual([]);
  });
});
