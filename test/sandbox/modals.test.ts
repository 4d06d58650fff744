import { afterEach, describe, expect, test } from '@jest/globals';
import type { App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { type Bench, startBench } from './bench.ts';
import { CLIENT_RULES, modal, plain, text } from './modal-cases.ts';

let bench: Bench;
afterEach(async () => bench.stop());

type OpenWith = (o: { triggerId: string; client: App['client'] }) => Promise<void>;

/** Starts an app whose command hands its trigger to `then`, and runs the command. */
async function withTrigger(
  then: OpenWith,
  register?: (app: App) => void,
  options?: SandboxOptions,
): Promise<unknown> {
  let settle: (value: unknown) => void = () => {};
  const done = new Promise((resolve) => {
    settle = resolve;
  });
  bench = await startBench({
    options,
    register(app) {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await then({ triggerId: body.trigger_id, client }).then(settle, settle);
      });
      register?.(app);
    },
  });
  await bench.sandbox.act({ user: 'Ana', do: 'command', command: '/probe' });
  return done;
}

const platformError = (error: string) =>
  expect.objectContaining({ data: expect.objectContaining({ error }) });
const ana = () => {
  const found = bench.sandbox.state({ user: 'Ana' }).teams[0]?.people[0];
  if (!found) throw new Error('no Ana');
  return found;
};

describe('triggers', () => {
  test('a trigger opens one modal only', async () => {
    const error = await withTrigger(async ({ client, triggerId }) => {
      await client.views.open({ trigger_id: triggerId, view: modal('One') });
      await client.views.open({ trigger_id: triggerId, view: modal('Two') });
    });
    expect(error).toEqual(platformError('exchanged_trigger_id'));
    expect(ana().modals.map((one) => one.title)).toEqual(['One']);
  });

  test('a trigger is worth nothing once its time is up', async () => {
    const late: OpenWith = async ({ client, triggerId }) => {
      await client.views.open({ trigger_id: triggerId, view: modal('Late') });
    };
    const error = await withTrigger(late, undefined, { triggerLifeMs: 0 });
    expect(error).toEqual(platformError('expired_trigger_id'));
  });

  test('a jump of the clock while a modal is being opened does not expire the trigger', async () => {
    const done = await withTrigger(async ({ client, triggerId }) => {
      await bench.sandbox.advanceTo(bench.sandbox.now().plus({ hours: 8 }));
      await client.views.open({ trigger_id: triggerId, view: modal('In time') });
    });
    expect(done).toBeUndefined();
  });

  test('a trigger that was refused for its view still works with a right one', async () => {
    const done = await withTrigger(async ({ client, triggerId }) => {
      const wrong = modal('x'.repeat(25));
      await client.views.open({ trigger_id: triggerId, view: wrong }).catch(() => {});
      await client.views.open({ trigger_id: triggerId, view: modal('Right') });
    });
    expect(done).toBeUndefined();
    expect(ana().modals).toHaveLength(1);
  });

  test('only an action inside a modal can push another', async () => {
    const error = await withTrigger(async ({ client, triggerId }) => {
      await client.views.push({ trigger_id: triggerId, view: modal('Pushed') });
    });
    expect(error).toEqual(platformError('not_found'));
  });
});

describe('the stack of modals', () => {
  const deeper = (app: App) => {
    app.view(/.*/, async ({ ack, view }) => {
      const depth = Number(view.private_metadata || '1');
      await ack({
        response_action: 'push',
        view: modal(`Level ${depth + 1}`, { private_metadata: String(depth + 1) }),
      });
    });
  };
  const open: OpenWith = async ({ client, triggerId }) => {
    await client.views.open({ trigger_id: triggerId, view: modal('Level 1') });
  };

  test('a fourth modal is refused and the person keeps the third', async () => {
    await withTrigger(open, deeper);
    for (const level of [2, 3]) {
      const pushed = await bench.sandbox.act({
        user: 'Ana',
        do: 'submit',
        fill: { 'Field a': 'x' },
      });
      expect(pushed).toMatchObject({ outcome: 'pushed', modal: { title: `Level ${level}` } });
    }
    const refused = await bench.sandbox.act({
      user: 'Ana',
      do: 'submit',
      fill: { 'Field a': 'x' },
    });
    expect(refused).toMatchObject({ outcome: 'failed', modal: { title: 'Level 3' } });
    expect(refused.modal?.notice).toContain('trouble connecting');
    expect(bench.sandbox.problems()).toMatchObject([{ message: 'push_limit_reached' }]);
  });

  test('closing the modal in front shows the one below with what was typed', async () => {
    await withTrigger(open, deeper);
    await bench.sandbox.act({ user: 'Ana', do: 'submit', fill: { 'Field a': 'typed' } });
    const closed = await bench.sandbox.act({ user: 'Ana', do: 'close' });
    expect(closed.modal).toMatchObject({
      title: 'Level 1',
      values: { a: { text: { value: 'typed' } } },
    });
  });

  test('a modal that asked for it hears that it was closed', async () => {
    const heard: boolean[] = [];
    await withTrigger(
      async ({ client, triggerId }) => {
        const view = modal('Telling', { notify_on_close: true });
        await client.views.open({ trigger_id: triggerId, view });
      },
      (app) => {
        app.view({ callback_id: 'Telling', type: 'view_closed' }, async ({ ack, body }) => {
          heard.push(body.type === 'view_closed' && body.is_cleared);
          await ack();
        });
      },
    );
    await bench.sandbox.act({ user: 'Ana', do: 'close' });
    expect(heard).toEqual([false]);
    await bench.sandbox.act({ user: 'Ana', do: 'command', command: '/probe' });
    await bench.sandbox.until(() => ana().modals[0]);
    await bench.sandbox.act({ user: 'Ana', do: 'close', all: true });
    expect(heard).toEqual([false, true]);
  });
});

describe('the answer to a submission', () => {
  const open: OpenWith = async ({ client, triggerId }) => {
    await client.views.open({ trigger_id: triggerId, view: modal('Form') });
  };
  const submit = () => bench.sandbox.act({ user: 'Ana', do: 'submit', fill: { 'Field a': 'x' } });

  test('closes, clears, updates or shows errors at their inputs', async () => {
    const answers: ViewResponseAction[] = [
      { response_action: 'errors', errors: { a: 'Too short' } },
      {
        response_action: 'update',
        view: modal('Form', { blocks: [text('a'), text('b', { optional: true })] }),
      },
      { response_action: 'clear' },
    ];
    await withTrigger(open, (app) =>
      registerAnswers(app, async (ack) => {
        const answer = answers.shift();
        if (answer) await ack(answer);
      }),
    );
    expect(await submit()).toMatchObject({
      outcome: 'errors',
      modal: { errors: { 'Field a': 'Too short' } },
    });
    const updated = await submit();
    expect(updated.outcome).toBe('updated');
    expect(updated.modal?.inputs.map((one) => one.label)).toEqual(['Field a', 'Field b']);
    expect(updated.modal?.values.a?.text?.value).toBe('x');
    expect(await submit()).toMatchObject({ outcome: 'cleared', modal: null });
  });

  test('errors for a block that is no input are a defect of the app, and the person sees trouble', async () => {
    await withTrigger(open, (app) =>
      registerAnswers(app, (ack) => ack({ response_action: 'errors', errors: { nowhere: 'No' } })),
    );
    expect(await submit()).toMatchObject({ outcome: 'failed', modal: { title: 'Form' } });
    expect(bench.sandbox.problems()[0]?.message).toContain('names no input block: nowhere');
  });

  test('an update with a view over the limits is a defect of the app', async () => {
    await withTrigger(open, (app) =>
      registerAnswers(app, (ack) =>
        ack({ response_action: 'update', view: modal('x'.repeat(25)) }),
      ),
    );
    expect(await submit()).toMatchObject({ outcome: 'failed' });
    expect(bench.sandbox.problems()[0]?.message).toContain('[json-pointer:/view/title');
  });
});

type Answer = (response: ViewResponseAction) => Promise<void>;

function registerAnswers(app: App, answer: (ack: Answer) => Promise<void>): void {
  app.view<ViewSubmitAction>('Form', async ({ ack }) => answer((response) => ack(response)));
}

describe('views.update and views.publish', () => {
  test('an old hash is refused, the newest is taken', async () => {
    let hash: string | undefined;
    const error = await withTrigger(async ({ client, triggerId }) => {
      const opened = await client.views.open({ trigger_id: triggerId, view: modal('First') });
      const view_id = opened.view?.id ?? '';
      hash = opened.view?.hash;
      const second = await client.views.update({ view_id, hash, view: modal('Second') });
      expect(second.view?.hash).not.toBe(hash);
      await client.views.update({ view_id, hash, view: modal('Third') });
    });
    expect(error).toEqual(platformError('hash_conflict'));
    expect(ana().modals[0]?.title).toBe('Second');
  });

  test('a closed modal cannot be updated', async () => {
    let update = async () => {};
    await withTrigger(async ({ client, triggerId }) => {
      const opened = await client.views.open({ trigger_id: triggerId, view: modal('First') });
      update = async () => {
        await client.views.update({ view_id: opened.view?.id ?? '', view: modal('Late') });
      };
    });
    await bench.sandbox.act({ user: 'Ana', do: 'close' });
    await expect(update()).rejects.toEqual(platformError('not_found'));
  });

  test('an external id names one open view and can be used to update it', async () => {
    const error = await withTrigger(async ({ client, triggerId }) => {
      const view = modal('First', { external_id: 'mine' });
      await client.views.open({ trigger_id: triggerId, view });
      await client.views.update({ external_id: 'mine', view: { ...view, title: plain('Second') } });
      await client.views.publish({
        user_id: bench.user('Dana'),
        view: { type: 'home', external_id: 'mine', blocks: [{ type: 'divider' }] },
      });
    });
    expect(error).toEqual(platformError('duplicate_external_id'));
    expect(ana().modals[0]?.title).toBe('Second');
  });

  test('what a person typed stays through an update where ids agree, and goes where they do not', async () => {
    let update = async () => {};
    await withTrigger(async ({ client, triggerId }) => {
      const view = modal('First', { blocks: [text('a'), text('b')] });
      const opened = await client.views.open({ trigger_id: triggerId, view });
      update = async () => {
        const blocks = [
          text('a'),
          text('c', {
            element: { type: 'plain_text_input', action_id: 'text', initial_value: 'new' },
          }),
        ];
        await client.views.update({
          view_id: opened.view?.id ?? '',
          view: modal('First', { blocks }),
        });
      };
    });
    await bench.sandbox.act({
      user: 'Ana',
      do: 'fill',
      fill: { 'Field a': 'kept', 'Field b': 'lost' },
    });
    await update();
    expect(ana().modals[0]?.values).toMatchObject({
      a: { text: { value: 'kept' } },
      c: { text: { value: 'new' } },
    });
    expect(ana().modals[0]?.values).not.toHaveProperty('b');
  });
});

describe('rules that the client of Slack holds', () => {
  test.each(CLIENT_RULES)('%s', async (_label, { block, entered, error }) => {
    await withTrigger(
      async ({ client, triggerId }) => {
        await client.views.open({
          trigger_id: triggerId,
          view: modal('Form', { blocks: [block] }),
        });
      },
      (app) => app.view('Form', async ({ ack }) => ack()),
    );
    const result = await bench.sandbox.act({
      user: 'Ana',
      do: 'submit',
      fill: { 'Field a': entered },
    });
    expect(result.outcome).toBe(error === null ? 'closed' : 'errors');
    if (error !== null) expect(result.modal?.errors['Field a']).toContain(error);
  });
});
