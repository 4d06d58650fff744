import type { ModalView } from '@slack/types';
import { type Found, fill, guess, MARK } from './crawl.ts';
import { dumpRows } from './rows.ts';
import type { Outcome, WalkStage, Who } from './stage.ts';

export type Walk = { stage: WalkStage; found: Found; people: readonly [Who, Who] };

export type Deed = {
  name: string;
  hasIds: boolean;
  isForged: boolean;
  /** The same trigger twice is what Slack sends when it is not sure of the first. */
  run: (triggerId?: string) => Promise<Outcome>;
};

type Asked = { who: Who; partner: Who; forge?: Forge };

/** Changes what is forged: the value of a button, or what a form carries and holds. */
type Forge = (text: string) => string;

/** Everything that can be pressed or sent, with what the pair's own screens carried. */
export function deeds(walk: Walk, o: Asked): Deed[] {
  const { who, forge = (text) => text } = o;
  const { stage, found } = walk;
  const [, ea] = walk.people;
  const presses = stage.registered.actions.filter(isOnOthers).flatMap((actionId) => {
    const known = found.buttons.get(actionId);
    const seen = known ?? [guess(found, actionId, ea.userId)];
    return seen.map(
      ({ value, view }): Deed => ({
        name: `press ${actionId} ${value}`,
        isForged: o.forge !== undefined,
        hasIds: value.search(UUID) >= 0,
        run: async (triggerId) => {
          const pressed = { actionId, value: forge(value), view, triggerId };
          const outcome = await stage.press(who, pressed);
          if (known || o.forge || !isUnread(outcome)) return outcome;
          // Some buttons carry nothing at all.
          return await stage.press(who, { actionId, value: '""', view });
        },
      }),
    );
  });
  const forms = stage.registered.views.flatMap((callbackId) => {
    const shown = found.forms.get(callbackId) ?? [bareForm(walk, callbackId)];
    return shown.map((view) =>
      sending(walk, { ...o, forge, isForged: o.forge !== undefined, callbackId, view }),
    );
  });
  const typed = o.forge ? [] : [...typing(walk, who), ...usingShortcuts(walk, who)];
  return [...presses, ...forms, ...typed];
}

function sending(
  walk: Walk,
  o: {
    who: Who;
    partner: Who;
    forge: Forge;
    isForged: boolean;
    callbackId: string;
    view: ModalView;
  },
): Deed {
  const { who, partner, forge, callbackId, view } = o;
  const sent = JSON.stringify({
    ...view,
    ...fill(view, partner, { text: 'other words', all: true }),
  });
  const metadata = view.private_metadata ?? '';
  // Anybody may set up themselves with anybody: that is no attack on the two.
  const own = (text: string) => (SETUP.has(callbackId) ? asOwn(walk, text, o) : text);
  return {
    name: `send ${callbackId} ${metadata}`,
    isForged: o.isForged,
    hasIds: metadata.search(UUID) >= 0,
    run: (triggerId) => {
      const submitted = JSON.parse(own(neutral(sent))) as ModalView;
      const carried = forge(own(neutral(metadata)));
      return walk.stage.submit(who, { ...submitted, private_metadata: carried }, triggerId);
    },
  };
}

function isUnread({ calls }: Outcome): boolean {
  return JSON.stringify(calls).includes('is out of date');
}

const SETUP = new Set(['pairs.people', 'pairs.hours']);

function asOwn(walk: Walk, text: string, { who, partner }: { who: Who; partner: Who }): string {
  const [executive, ea] = walk.people;
  return text.replaceAll(executive.userId, who.userId).replaceAll(ea.userId, partner.userId);
}

/** Whoever erases themselves changes nothing of others, and nobody is left to go on as. */
export function isOnOthers(actionId: string): boolean {
  return actionId !== 'privacy.erase-me';
}

export const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What an attacker types themselves is no leak when it comes back. */
function neutral(text: string): string {
  return text.replaceAll(MARK, 'other words').replaceAll(/Person \w+ of T1/g, 'Somebody');
}

function bareForm({ found, people: [, ea] }: Walk, callbackId: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: guess(found, callbackId, ea.userId).value,
    title: { type: 'plain_text', text: 'x' },
    blocks: [],
  };
}

/** What is wrong with an outcome: nothing was said, something broke, or words of the pair came out. */
function judge(deed: Deed, outcome: Outcome, leak: RegExp | null): string[] {
  const quiet = ON_THEIR_OWN.test(deed.name);
  const said = `${outcome.ack}${JSON.stringify(outcome.calls)}`;
  const spoke = outcome.ack.length > 2 || outcome.calls.some(({ path }) => SPEAKING.test(path));
  return [
    ...(outcome.status === 200 ? [] : [`answered ${outcome.status}`]),
    ...(spoke || quiet ? [] : ['said nothing']),
    ...(said.includes('Something broke') ? ['broke'] : []),
    ...(said.includes('is out of date') && !deed.isForged ? ['carried what nothing reads'] : []),
    ...(leak?.test(said) ? [`leaked ${leak.exec(said)?.[0]}`] : []),
  ];
}

/** What somebody may always do with what is their own: the form closes, or the list that it stands in changes. */
const ON_THEIR_OWN =
  /^(?:send away.submit-leave|press away.cancel-leave|press \S+\.(?:back|more) )/;

const SPEAKING = /^(?:views\.|chat\.|\/respond)/;

/** Deeds after which the rows are compared once: it costs more than they do. */
const BATCH = 25;

/** Does everything as somebody; says what went wrong, by deed. */
export async function attack(
  walk: Walk,
  o: Asked & {
    /** Those to do, when not all. */
    deeds?: readonly Deed[];
    only?: (deed: Deed) => boolean;
    mayChange: (row: string) => boolean;
    leak: RegExp | null;
  },
): Promise<string[]> {
  const wrong: string[] = [];
  const all = (o.deeds ?? deeds(walk, o)).filter(o.only ?? (() => true));
  let before = await dumpRows(walk.stage.database);
  for (let start = 0; start < all.length; start += BATCH) {
    const batch = all.slice(start, start + BATCH);
    for (const deed of batch) {
      const faults = judge(deed, await deed.run(), o.leak);
      if (faults.length > 0) wrong.push(`${faults.join(', ')}: ${deed.name}`);
    }
    const after = await dumpRows(walk.stage.database);
    const [known, now] = [new Set(before), new Set(after)];
    const changed = [
      ...after.filter((row) => !known.has(row)),
      ...before.filter((row) => !now.has(row)),
    ].filter((row) => !o.mayChange(row));
    if (changed.length > 0)
      wrong.push(`changed ${changed[0]} by one of ${batch.map(({ name }) => name).join(', ')}`);
    before = after;
  }
  return wrong;
}

/** Words behind a command, as somebody types them who guesses the numbers of others. */
function typing({ stage, found }: Walk, who: Who): Deed[] {
  const ids = [...found.buttons.values()].flat().flatMap(({ value }) => value.match(UUID) ?? []);
  const guesses = ['1', '2', '12', ids[0] ?? '', `show ${ids[0]}`];
  const plain = ['', 'list', 'help', 'me to read other words every weekday at 10:00'];
  return stage.registered.commands.flatMap((command) =>
    [...plain, ...guesses, ...(command === '/ea' ? stage.words : [])].map((text) => ({
      name: `type ${command} ${text}`,
      hasIds: true,
      isForged: true,
      run: (triggerId) => stage.type(who, { command, text, triggerId }),
    })),
  );
}

function usingShortcuts({ stage }: Walk, who: Who): Deed[] {
  return stage.registered.shortcuts.map((callbackId) => ({
    name: `use ${callbackId}`,
    hasIds: true,
    isForged: true,
    run: (triggerId) => stage.useShortcut(who, { callbackId, triggerId }),
  }));
}

/** Every menu whose choices the app gives, typed into, and one of each button as if it were a menu with its value. */
export function menuDeeds({ stage, found }: Walk, who: Who): Deed[] {
  const chosen = [...found.buttons].flatMap(([actionId, [first]], index): Deed[] => {
    if (!first || !isOnOthers(actionId)) return [];
    const as = index % 2 === 0 ? ('static_select' as const) : ('overflow' as const);
    const run: Deed['run'] = () => stage.press(who, { actionId, ...first, as });
    return [{ name: `choose ${actionId} ${first.value}`, hasIds: true, isForged: true, run }];
  });
  const ids = [...found.buttons.values()].flat().flatMap(({ value }) => value.match(UUID) ?? []);
  const blocks = [...found.forms.values()].flatMap((views) => views.flatMap((one) => one.blocks));
  const typed = stage.registered.options.flatMap((menu) => {
    const at = blocks.find(({ block_id: id }) => id !== undefined && menu.isAt(id));
    return ['', 'ma', MARK, ids[0] ?? ''].map((text): Deed => {
      const run = () => stage.lookUp(who, { menu, blockId: at?.block_id ?? '', typed: text });
      return { name: `look up ${menu.name} ${text}`, hasIds: true, isForged: true, run };
    });
  });
  return [...chosen, ...typed];
}
