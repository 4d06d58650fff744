import { DateTime } from 'luxon';
import type { ChannelState, ModalState, Sandbox } from '../../src/sandbox/index.ts';
import type { Random } from './random.ts';
import type { CrashWorkspace, Person } from './workspace.ts';

const AT_ONCE = 6;
const TRIES = 8;
const OFFER_MS = 3_000;
const MODAL_MS = 3_000;

/** What a person pressed "submit" with, and whether Slack closed the form: then it was taken. */
export type Submission = { userId: string; on: string; text: string; acknowledged: boolean };

export type People = {
  submissions: Submission[];
  /** Resolves when nobody is in the middle of something. */
  pause(): Promise<void>;
  resume(): void;
  stop(): Promise<void>;
};

/** People who answer most of their prompts while they can, press again when nothing happens, and edit now and then. */
export function createPeople(o: {
  sandbox: Sandbox;
  workspace: CrashWorkspace;
  random: Random;
}): People {
  const { sandbox, workspace, random } = o;
  const team = workspace.id;
  const submissions: Submission[] = [];
  const asked: { person: Person; on: string }[] = [];
  const busy = new Set<Promise<void>>();
  const seen = new Set<string>();
  let isPaused = true;
  let hasStopped = false;
  let written = 0;

  const stopListening = sandbox.onRecord(({ method, args }) => {
    if (method !== 'chat.postMessage' || typeof args.text !== 'string') return;
    if (!args.text.startsWith('Time for your check-in')) return;
    const person = workspace.people.find((one) => one.id === args.channel);
    const [on] = /\d{4}-\d\d-\d\d/.exec(JSON.stringify(args.blocks)) ?? [];
    if (!person || !on || seen.has(`${person.id} ${on}`)) return;
    seen.add(`${person.id} ${on}`);
    if (random.chance(0.8)) asked.push({ person, on });
    work();
  });

  function work(): void {
    while (!isPaused && busy.size < AT_ONCE) {
      const next = asked.pop();
      if (!next) return;
      const answering = answer(next.person, next.on).finally(() => {
        busy.delete(answering);
        work();
      });
      busy.add(answering);
    }
  }

  async function answer(person: Person, on: string): Promise<void> {
    if (!(await write(person, on, 'Start check-in'))) return;
    if (random.chance(0.5)) await write(person, on, 'Edit check-in');
  }

  /** Opens the form with a button of the prompt and sends it, again and again until that works. */
  async function write(person: Person, on: string, button: string): Promise<boolean> {
    const day = DateTime.fromISO(on).toFormat('d LLL yyyy');
    for (let tried = 0; tried < TRIES && !hasStopped; tried += 1) {
      const opened = await open(person, { button, day });
      if (opened === 'not offered') return false;
      if (opened === 'nothing came') continue;
      written += 1;
      const text = `${person.name} ${on} #${written}`;
      if (await submit({ person, on, text })) return true;
    }
    return false;
  }

  async function open(
    person: Person,
    o: { button: string; day: string },
  ): Promise<'open' | 'not offered' | 'nothing came'> {
    const where = { channel: 'Tandem', text: o.day };
    try {
      await sandbox.until(() => isOffered(person, o), OFFER_MS);
    } catch {
      return 'not offered';
    }
    try {
      await sandbox.act({ team, user: person.id, do: 'click', click: o.button, in: where });
      await sandbox.until(() => (front(person)?.inputs.length ?? 0) > 0, MODAL_MS);
      return 'open';
    } catch {
      // A person closes what is there and presses again.
      await closeAll(person);
      return 'nothing came';
    }
  }

  async function submit(o: { person: Person; on: string; text: string }): Promise<boolean> {
    const { person, text } = o;
    const questions =
      person.role === 'ea'
        ? ['What got done?', 'What is planned today?']
        : ['Top priorities today'];
    const fill = Object.fromEntries(questions.map((question) => [question, text]));
    for (let tried = 0; tried < TRIES && !hasStopped; tried += 1) {
      const submission = { userId: person.id, on: o.on, text, acknowledged: false };
      submissions.push(submission);
      const result = await sandbox
        .act({ team, user: person.id, do: 'submit', fill })
        .catch(() => null);
      if (!result) break;
      submission.acknowledged = result.outcome === 'closed';
      if (submission.acknowledged) return true;
    }
    await closeAll(person);
    return false;
  }

  function isOffered(person: Person, o: { button: string; day: string }): boolean {
    return screenOf(person)
      .filter(({ kind }) => kind === 'im')
      .flatMap(({ messages }) => messages)
      .some(
        ({ text, controls }) =>
          text.includes(o.day) && controls.some(({ label }) => label === o.button),
      );
  }

  function screenOf(person: Person): ChannelState[] {
    const [seenBy] = sandbox.state({ team, user: person.id }).teams;
    return seenBy?.people[0]?.channels ?? [];
  }

  function front(person: Person): ModalState | undefined {
    const [seenBy] = sandbox.state({ team, user: person.id }).teams;
    return seenBy?.people[0]?.modals.at(-1);
  }

  async function closeAll(person: Person): Promise<void> {
    if (front(person)) await sandbox.act({ team, user: person.id, do: 'close', all: true });
  }

  const pause = async () => {
    isPaused = true;
    while (busy.size > 0) await Promise.all(busy);
  };
  return {
    submissions,
    pause,
    resume() {
      isPaused = false;
      work();
    },
    async stop() {
      hasStopped = true;
      stopListening();
      await pause();
    },
  };
}
