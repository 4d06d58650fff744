import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { DateTime } from 'luxon';
import { crawl, type Found, fill, guess, MARK } from './walk/crawl.ts';
import { dumpRows } from './walk/rows.ts';
import { type Outcome, openWalk, type WalkStage, type Who } from './walk/stage.ts';

const NOW = DateTime.fromISO('2026-11-23T02:00:00Z');
const person = (userId: string, workspaceId = 'T1'): Who => ({ workspaceId, userId });
const DANA = person('U000DANA');
const ANA = person('U0000ANA');
const EVE = person('U0000EVE');
const BOB = person('U0000BOB');
const OBSERVER = person('U0000OBS');
/** The same user id in another workspace. */
const OTHER_DANA = person('U000DANA', 'T2');
const OTHER_ANA = person('U0000ANA', 'T2');

let stage: WalkStage;
let found: Found;
let pairId: string;
let evesPairId: string;

beforeAll(async () => {
  stage = await openWalk(() => NOW);
  const { prisma } = stage.database;
  const createdAt = NOW.toJSDate();
  for (const id of ['T1', 'T2'])
    await prisma.workspace.create({ data: { id, name: id, botUserId: 'U000BOT', createdAt } });
  await setUp(EVE, BOB);
  await setUp(OTHER_DANA, OTHER_ANA);
  const [evesPair] = await stage.deps.pairs.listOf('T1', EVE.userId);
  evesPairId = evesPair?.id ?? '';
  found = await crawl(stage, [DANA, ANA]);
  const [pair] = await stage.deps.pairs.listOf('T1', DANA.userId);
  pairId = pair?.id ?? '';
  const key = { workspaceId: 'T1', pairId, userId: OBSERVER.userId };
  const observer = { role: 'observer', name: 'Olga', by: DANA.userId, now: NOW } as const;
  await stage.deps.onlookers.propose(key, observer);
  await stage.deps.onlookers.accept(key, { by: ANA.userId, now: NOW });
}, 120_000);
afterAll(() => stage.close());

/** Sets two people up as a pair, through the forms. */
async function setUp(executive: Who, ea: Who): Promise<void> {
  const opened = await stage.type(executive, '/ea-setup', '');
  const people = viewIn(opened);
  const next = await stage.submit(executive, { ...people, ...fill(people, ea) });
  const { view } = JSON.parse(next.ack) as { view?: ModalView };
  if (!view) throw new Error(`the form was not taken: ${next.ack}`);
  await stage.submit(executive, { ...view, ...fill(view, ea) });
}

function viewIn(outcome: Outcome): ModalView {
  const opened = outcome.calls.find(({ path }) => path === 'views.open');
  if (!opened) throw new Error(`no form was opened: ${JSON.stringify(outcome)}`);
  return opened.body['view'] as ModalView;
}

type Deed = { name: string; hasIds: boolean; isForged: boolean; run: () => Promise<Outcome> };

/** Changes what is forged: the value of a button, or what a form carries and holds. */
type Forge = (text: string) => string;

/** Everything that can be pressed or sent, with what the pair's own screens carried. */
function deeds(o: { who: Who; partner: Who; forge?: Forge }): Deed[] {
  const { who, forge = (text) => text } = o;
  const presses = stage.registered.actions.filter(isOnOthers).flatMap((actionId) => {
    const known = found.buttons.get(actionId);
    const seen = known ?? [guess(found, actionId, ANA.userId)];
    return seen.map(
      ({ value, view }): Deed => ({
        name: `press ${actionId} ${value}`,
        isForged: o.forge !== undefined,
        hasIds: value.search(UUID) >= 0,
        run: async () => {
          const outcome = await stage.press(who, { actionId, value: forge(value), view });
          if (known || o.forge || !isUnread(outcome)) return outcome;
          // Some buttons carry nothing at all.
          return await stage.press(who, { actionId, value: '""', view });
        },
      }),
    );
  });
  const forms = stage.registered.views.flatMap((callbackId) => {
    const shown = found.forms.get(callbackId) ?? [bareForm(callbackId)];
    return shown.map((view) =>
      sending({ ...o, forge, isForged: o.forge !== undefined, callbackId, view }),
    );
  });
  return [...presses, ...forms];
}

function sending(o: {
  who: Who;
  partner: Who;
  forge: Forge;
  isForged: boolean;
  callbackId: string;
  view: ModalView;
}): Deed {
  const { who, partner, forge, callbackId, view } = o;
  const sent = JSON.stringify({
    ...view,
    ...fill(view, partner, { text: 'other words', all: true }),
  });
  const metadata = view.private_metadata ?? '';
  // Anybody may set up themselves with anybody: that is no attack on the two.
  const own = (text: string) => (SETUP.has(callbackId) ? asOwn(text, o) : text);
  return {
    name: `send ${callbackId} ${metadata}`,
    isForged: o.isForged,
    hasIds: metadata.search(UUID) >= 0,
    run: () => {
      const submitted = JSON.parse(own(neutral(sent))) as ModalView;
      return stage.submit(who, { ...submitted, private_metadata: forge(own(neutral(metadata))) });
    },
  };
}

function isUnread({ calls }: Outcome): boolean {
  return JSON.stringify(calls).includes('is out of date');
}

const SETUP = new Set(['pairs.people', 'pairs.hours']);

function asOwn(text: string, { who, partner }: { who: Who; partner: Who }): string {
  return text.replaceAll(DANA.userId, who.userId).replaceAll(ANA.userId, partner.userId);
}

/** Whoever erases themselves changes nothing of others, and nobody is left to go on as. */
function isOnOthers(actionId: string): boolean {
  return actionId !== 'privacy.erase-me';
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What an attacker types themselves is no leak when it comes back. */
function neutral(text: string): string {
  return text.replaceAll(MARK, 'other words').replaceAll(/Person \w+ of T1/g, 'Somebody');
}

function bareForm(callbackId: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: guess(found, callbackId, ANA.userId).value,
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
async function attack(o: {
  who: Who;
  partner: Who;
  forge?: Forge;
  only?: (deed: Deed) => boolean;
  mayChange: (row: string) => boolean;
  leak: RegExp | null;
}): Promise<string[]> {
  const wrong: string[] = [];
  const all = deeds(o).filter(o.only ?? (() => true));
  let before = await dumpRows(stage.database);
  for (let start = 0; start < all.length; start += BATCH) {
    const batch = all.slice(start, start + BATCH);
    for (const deed of batch) {
      const faults = judge(deed, await deed.run(), o.leak);
      if (faults.length > 0) wrong.push(`${faults.join(', ')}: ${deed.name}`);
    }
    const after = await dumpRows(stage.database);
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

const mentions = (row: string, ...ids: string[]) => ids.some((id) => row.includes(id));
const ofPair = (row: string) => mentions(row, pairId);
const LEAK = new RegExp(`${MARK}|Person (?:U000DANA|U0000ANA) of T1`);

/** One is for people in several pairs, the other one for admins. */
const FOR_OTHERS = ['checkins.choose-pair', 'privacy.retention'];

test('the crawl has seen every form but those of other people', () => {
  const unseen = stage.registered.views.filter((id) => !found.forms.has(id));
  expect(unseen).toEqual(FOR_OTHERS);
});

const MALFORMED = [
  '',
  '[]',
  '{"pairId":{"not":null},"reminderId":{"not":null},"offset":-1}',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
];

describe('everything that can be pressed or sent', () => {
  test('from another workspace, with the same user id, changes nothing and shows nothing', async () => {
    const wrong = await attack({
      who: OTHER_DANA,
      partner: OTHER_ANA,
      mayChange: (row) => row.includes('"workspaceId":"T2"') && !ofPair(row),
      leak: LEAK,
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  test('by somebody of another pair of the workspace changes nothing and shows nothing', async () => {
    const wrong = await attack({
      who: EVE,
      partner: BOB,
      mayChange: (row) => mentions(row, EVE.userId, BOB.userId, evesPairId) && !ofPair(row),
      leak: LEAK,
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  test('by an observer of the pair changes nothing and shows nothing', async () => {
    const wrong = await attack({
      who: OBSERVER,
      partner: BOB,
      mayChange: (row) => !ofPair(row) && !mentions(row, ANA.userId, DANA.userId),
      leak: new RegExp(MARK),
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  test('with ids that do not exist changes nothing', async () => {
    const wrong = await attack({
      who: DANA,
      partner: ANA,
      forge: (text) => text.replaceAll(UUID, () => randomUUID()),
      only: (deed) => deed.hasIds,
      mayChange: (row) => !ofPair(row),
      leak: null,
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  test('carrying something else than ids changes nothing', async () => {
    let count = 0;
    const wrong = await attack({
      who: ANA,
      partner: DANA,
      forge: () => MALFORMED[(count += 1) % MALFORMED.length] ?? '',
      only: (deed) => deed.hasIds,
      mayChange: (row) => !ofPair(row),
      leak: null,
    });
    expect(wrong).toEqual([]);
    expect('polluted' in {}).toBe(false);
  }, 120_000);

  test('of a pair that has ended changes nothing', async () => {
    await stage.database.prisma.pair.updateMany({
      where: { id: pairId },
      data: { endedAt: NOW.toJSDate(), endedBy: OBSERVER.userId, liveKey: null },
    });
    const wrong = await attack({
      who: DANA,
      partner: ANA,
      // Leave belongs to a person and not to a pair; a pair that has ended can still be erased.
      only: (deed) => deed.hasIds && !/ (?:away\.|privacy\.)/.test(deed.name),
      mayChange: (row) => !ofPair(row),
      leak: new RegExp(MARK),
    });
    expect(wrong).toEqual([]);
  }, 120_000);
});
