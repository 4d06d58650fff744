import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandBody, FORM, interactionBody, sendSigned } from '../support/signed-requests.ts';
import { openStage, type Stage } from '../support/stage.ts';

const ALLOWED = 5;
const lines: string[] = [];
let stage: Stage;
let count = 0;

beforeAll(async () => {
  stage = await openStage({
    receiver: 'signed HTTP',
    environment: { LIMIT_PER_PERSON: String(ALLOWED), LIMIT_PER_WORKSPACE: '12' },
    logTo: { write: (line) => lines.push(line) },
  });
});
afterAll(() => stage.close());

async function send(body: string): Promise<string> {
  const { signingSecret } = stage.demo.app;
  const to = { port: stage.tandem.port, signingSecret };
  const { status, text } = await sendSigned(to, { body, type: FORM });
  expect(status).toBe(200);
  return text;
}

function command(user: string, team = stage.demo.workspace.id): Promise<string> {
  count += 1;
  return send(commandBody({ command: '/ea', team, user, trigger: `1.${count}` }));
}

const form = (user: string, values: object) =>
  send(
    interactionBody({
      type: 'view_submission',
      team: { id: stage.demo.workspace.id },
      user: { id: user },
      view: {
        id: 'V1',
        type: 'modal',
        hash: '1',
        callback_id: 'reminders.save',
        private_metadata: '',
        state: { values },
      },
    }),
  );

test('attack 19: who is too fast is told so once, keeps what they typed, and hinders nobody else', async () => {
  const dana = stage.person('Dana').id;
  const answers: string[] = [];
  for (let n = 0; n < ALLOWED + 3; n += 1) answers.push(await command(dana));
  const told = answers.filter((text) => text.includes('wait a minute'));
  expect(told).toHaveLength(1);
  expect(answers.indexOf(told[0] ?? '')).toBe(ALLOWED);
  expect(JSON.parse(told[0] ?? '')).toMatchObject({ response_type: 'ephemeral' });

  const values = { what: { value: { type: 'plain_text_input', value: 'my text' } } };
  expect(JSON.parse(await form(dana, values))).toMatchObject({
    response_action: 'errors',
    errors: { what: expect.stringContaining('wait a minute') },
  });
  expect(JSON.parse(await form(dana, {}))).toMatchObject({ response_action: 'push' });

  expect(await command(stage.person('Ana').id)).toBe('');
  expect(lines.filter((line) => line.includes('held somebody to a limit'))).toHaveLength(1);
});

test('attack 19: many people of one workspace together are held too, and another workspace is not', async () => {
  const answers: string[] = [];
  for (let n = 0; n < 10; n += 1) answers.push(await command(`U0CROWD${n}`));
  expect(answers.filter((text) => text.includes('Your workspace'))).toHaveLength(4);
  expect(await command('U0ELSEWHERE', 'T0ELSEWHERE')).toBe('');
});
