import { SandboxError } from '../errors.ts';
import { findTeam, findUser, personOf } from '../state/world.ts';
import { readAction, type What } from './action.ts';
import {
  archive,
  changeProfile,
  createNewChannel,
  install,
  invite,
  join,
  leave,
  removeFrom,
  rename,
  uninstall,
} from './administer.ts';
import type { PersonAnswer } from './answers.ts';
import { runCommand, runShortcut } from './commands.ts';
import { openHome } from './home.ts';
import { close, type Submitted, submit } from './modals.ts';
import { messageState } from './screen/messages.ts';
import type { MessageState, ModalState } from './screen/types.ts';
import { modalState } from './screen/views.ts';
import type { Actor, Stage } from './stage.ts';
import { messagesSince, type Where } from './surfaces.ts';
import { edit, openChannel, reactTo, readOn, remove, write } from './talk.ts';
import { enter, type Outcome, offered, press } from './use.ts';
export type ActResult = {
  ok: true;
  /** Whether the app took it in time; null when there was nothing for an app to take. */
  acknowledged: boolean | null;
  note?: string;
  outcome?: Submitted['outcome'];
  /** The modal in front of the person now. */
  modal: ModalState | null;
  /** What a menu offers, after looking something up in it. */
  options?: string[];
  /** Messages that are new to the person since. */
  messages: MessageState[];
};

/** Does what a person does and waits with `settle` until the app has acted on it. */
export async function act(
  stage: Stage,
  value: unknown,
  settle: () => Promise<void>,
): Promise<ActResult> {
  const { who, what } = readAction(value);
  const team = findTeam(stage.world, who.team);
  const user = findUser(team, who.user);
  const actor: Actor = { team, user };
  if (user.deactivated && what.do !== 'profile') {
    throw new SandboxError(
      'deactivated',
      `${user.displayName} is deactivated and cannot do anything.`,
      409,
    );
  }
  const mark = stage.world.ids.number();
  const doing = perform(stage, actor, what);
  if (!who.wait) {
    // Whoever does not wait for the app still hears of a label that is not there.
    await Promise.race([doing, new Promise((resolve) => setImmediate(resolve))]);
    doing.catch(() => {});
    return resultOf(stage, { actor, mark, done: { acknowledged: null } });
  }
  const done = await doing;
  await settle();
  return resultOf(stage, { actor, mark, done });
}

function resultOf(stage: Stage, o: { actor: Actor; mark: number; done: Done }): ActResult {
  const { actor, done } = o;
  const front = personOf(actor.team, actor.user.id).modals.at(-1);
  return {
    ok: true,
    acknowledged: done.acknowledged,
    ...(done.note === undefined ? {} : { note: done.note }),
    ...(done.outcome === undefined ? {} : { outcome: done.outcome }),
    ...(done.options === undefined ? {} : { options: done.options }),
    modal: front ? modalState(stage.world, actor, front) : null,
    messages: messagesSince(actor, o.mark).map((one) => messageState(stage.world, actor, one)),
  };
}

type Done = Outcome & Partial<Submitted> & Pick<ActResult, 'options'>;

const NOTHING: Outcome = { acknowledged: null };

async function perform(stage: Stage, actor: Actor, what: What): Promise<Done> {
  switch (what.do) {
    case 'command':
      return runCommand(stage, actor, { text: what.command, in: what.in });
    case 'click':
      return press(stage, actor, { label: what.click, in: what.in, confirm: what.confirm });
    case 'select':
      return enter(stage, actor, {
        label: what.select,
        answer: what.option,
        in: what.in,
        confirm: what.confirm,
      });
    case 'fill':
      return fillIn(stage, actor, what);
    case 'look_up': {
      const found = await offered(stage, actor, { ...what, label: what.look_up });
      return { acknowledged: true, options: found.map((option) => option.text.text) };
    }
    case 'submit':
      await fillIn(stage, actor, { fill: what.fill ?? {} });
      return submit(stage, actor);
    case 'close':
      return close(stage, actor, { all: what.all ?? false });
    case 'shortcut':
      return runShortcut(stage, actor, { name: what.shortcut, on: what.on });
    default:
      performAlone(stage, actor, what);
      return NOTHING;
  }
}

type Interactive =
  | 'command'
  | 'click'
  | 'select'
  | 'fill'
  | 'look_up'
  | 'submit'
  | 'close'
  | 'shortcut';

/** What needs no answer of an app. */
function performAlone(stage: Stage, actor: Actor, what: Exclude<What, { do: Interactive }>): void {
  switch (what.do) {
    case 'message':
      return void write(stage, actor, what);
    case 'react':
      return reactTo(stage, actor, {
        where: what.to,
        emoji: what.emoji,
        remove: what.remove ?? false,
      });
    case 'edit':
      return void edit(stage, actor, { where: what.message, text: what.text });
    case 'delete':
      return remove(stage, actor, what.message);
    case 'read':
      return readOn(stage, actor, what.channel);
    case 'open_home':
      return void openHome(stage, actor, what.app);
    case 'open':
      return void openChannel(stage, actor, what.channel);
    case 'join':
      return join(stage, actor, what.channel);
    case 'leave':
      return leave(stage, actor, what.channel);
    case 'invite':
      return invite(stage, actor, what);
    case 'remove':
      return removeFrom(stage, actor, what);
    case 'archive':
    case 'unarchive':
      return archive(stage, actor, { channel: what.channel, archived: what.do === 'archive' });
    case 'rename':
      return rename(stage, actor, what);
    case 'create_channel':
      return void createNewChannel(stage, actor, what);
    case 'profile':
      return changeProfile(stage, actor, what);
    case 'dismiss':
      personOf(actor.team, actor.user.id).toasts = [];
      return stage.world.changed(actor.team.id, 'toasts');
    case 'uninstall':
      return uninstall(stage, actor, what.app);
    case 'install':
      return install(stage, actor, what.app);
  }
}

async function fillIn(
  stage: Stage,
  actor: Actor,
  o: { fill: Record<string, PersonAnswer>; in?: Where },
): Promise<Outcome> {
  let outcome = NOTHING;
  for (const [label, answer] of Object.entries(o.fill)) {
    const one = await enter(stage, actor, { label, answer, in: o.in });
    if (one.acknowledged !== null) outcome = one;
  }
  return outcome;
}
