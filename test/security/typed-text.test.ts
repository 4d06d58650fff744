import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeError } from '../../src/operation/error-record.ts';
import { createTestDatabase } from '../support/databases.ts';
import { MANILA, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

/** Stands in everything that people type here. */
const WORD = 'zebra7391';
const EVIL = `${WORD} <!channel> <!here> <!everyone> <!subteam^S0000000001> <@U0000000001> <#C0000000001> <https://evil.example|ok> <!date^1^{date}^https://evil.example|x> \u202e\u200b`;
const COMMANDS_TO_SLACK = /<(?:!channel|!here|!everyone|!subteam|https:\/\/evil|!date\^1\^)/;

const lines: string[] = [];
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    startAt: '2026-03-03T07:30',
    receiver: 'signed HTTP',
    logTo: { write: (line) => lines.push(line) },
    environment: { LOG_LEVEL: 'trace', METRICS_TOKEN: 'a-word-for-prometheus' },
  });
  await stage.act('Ana', { do: 'profile', realName: EVIL.slice(0, 80) });
  await setUpPair(stage);
});
afterAll(() => stage.close());

/** Some of what is done here opens a form, some does not. */
async function closeAll(who: string): Promise<void> {
  if (stage.person(who).modals.length > 0) await stage.act(who, { do: 'close', all: true });
}

/** Every piece of text in calls to Slack that Slack reads for commands: `text` beside blocks, and mrkdwn. */
function textsThatSlackReads(): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) {
      const { type, text } = value as { type?: unknown; text?: unknown };
      if (type === 'mrkdwn' && typeof text === 'string') found.push(text);
      for (const one of Object.values(value)) walk(one);
    } else if (typeof value === 'string' && /^[[{]/.test(value)) {
      try {
        walk(JSON.parse(value));
      } catch {
        found.push(value);
      }
    }
  };
  for (const { args } of stage.sandbox.record()) {
    if (typeof args['text'] === 'string') found.push(args['text']);
    walk(args);
  }
  return found;
}

test('attack 11: what people type and are called is shown to the letter and commands nothing', async () => {
  await stage.until('2026-03-03', '09:00', MANILA);
  await stage.act('Ana', { do: 'click', click: 'Start check-in' });
  await stage.act('Ana', {
    do: 'submit',
    fill: {
      'What got done?': EVIL,
      'What is planned today?': `\`\`\` ${EVIL}`,
      'What is blocked?': `> ${EVIL}`,
      'Decisions needed from the executive': `*${EVIL}*`,
    },
  });
  await stage.act('Ana', { do: 'command', command: '/ea-checkin history', in: PAIR });
  await closeAll('Ana');
  const remind = `/ea-remind me to ${EVIL} tomorrow at 11:00`;
  await stage.act('Ana', { do: 'command', command: remind, in: PAIR });
  await stage.act('Ana', { do: 'submit', fill: { What: EVIL, When: 'tomorrow at 11:00' } });
  await closeAll('Ana');
  await stage.act('Ana', { do: 'command', command: '/ea-away 12 Mar to 13 Mar', in: PAIR });
  await stage.act('Ana', { do: 'submit', fill: { Reason: EVIL } });
  await closeAll('Ana');
  for (const command of ['/ea', '/ea-remind', '/ea-away', '/ea-checkin'])
    await stage.act('Dana', { do: 'command', command: `${command} ${EVIL}`, in: PAIR });
  await closeAll('Dana');
  await stage.until('2026-03-04', '11:10', MANILA);

  const texts = textsThatSlackReads();
  expect(texts.filter((text) => text.includes(WORD)).length).toBeGreaterThan(5);
  expect(texts.filter((text) => COMMANDS_TO_SLACK.test(text))).toEqual([]);
  const posts = stage.sandbox.record().filter(({ method }) => method === 'chat.postMessage');
  expect(posts.every(({ args }) => String(args['unfurl_links']) === 'false')).toBe(true);
  expect(stage.rejected()).toEqual([]);
  expect(stage.read('Dana', PAIR).some(({ text }) => text.includes('<!channel>'))).toBe(true);
});

test('attack 18: no line of the log holds a token, a secret or what people wrote, whatever fails', async () => {
  for (const method of ['views.open', 'chat.postMessage', 'users.info'])
    stage.sandbox.fault({ method, times: 2, reply: { error: 'internal_error' } });
  await stage.act('Ana', { do: 'command', command: `/ea-setup ${WORD}`, in: PAIR }).catch(() => {});
  await stage.act('Ana', { do: 'command', command: `/ea-remind me to ${WORD}`, in: PAIR });
  stage.sandbox.clearFaults();
  await closeAll('Ana');
  await fetch(`http://127.0.0.1:${stage.tandem.port}/slack/events?${WORD}`, {
    method: 'POST',
    body: `{"text":"${WORD}`,
  });

  const all = lines.join('');
  expect(lines.filter((line) => JSON.parse(line).level >= 40).length).toBeGreaterThan(2);
  expect(all).not.toMatch(/xox[a-z]-|xapp-/);
  expect(all).not.toContain(stage.demo.app.signingSecret);
  expect(all).not.toContain('a-word-for-prometheus');
  expect(lines.filter((line) => line.includes(WORD))).toEqual([]);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.anything() });
});

test('attack 18: every line of one thing that a person did carries the id that they are told', async () => {
  lines.length = 0;
  stage.sandbox.fault({ method: 'views.open', times: 1, reply: { error: 'internal_error' } });
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR }).catch(() => {});
  const failure = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 50);
  expect(failure.request).toMatch(/^[0-9a-f]{8}$/);
  expect(failure.reference).toBe(failure.request);
  const told = JSON.stringify(stage.sandbox.record().slice(-5));
  expect(told).toContain(`id ${failure.request}`);
});

test('attack 18: what a database or a parser says about a row is kept without the row', async () => {
  const database = await createTestDatabase();
  const { prisma } = database;
  const failures = await Promise.all([
    prisma.workspace.create({ data: { id: WORD } as never }).catch((error: unknown) => error),
    prisma.$executeRaw`INSERT INTO workspaces (id, name) VALUES (${WORD}, ${WORD})`.catch(
      (error: unknown) => error,
    ),
    prisma.$queryRaw`SELECT ${WORD}::int`.catch((error: unknown) => error),
    Promise.resolve()
      .then((): unknown => JSON.parse(`${WORD} "quoted" ${WORD}`))
      .catch((error: unknown) => error),
  ]);
  await database.close();
  for (const failure of failures) {
    expect(failure).toBeInstanceOf(Object);
    expect(JSON.stringify(describeError(failure))).not.toContain(WORD);
  }
});
