import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { DateTime } from 'luxon';
import { attack, type Deed, deeds, isOnOthers, menuDeeds, UUID, type Walk } from './walk/attack.ts';
import { crawl, type Found, fill, MARK } from './walk/crawl.ts';
import { dumpRows } from './walk/rows.ts';
import { type Outcome, openWalk, type WalkStage, type Who } from './walk/stage.ts';

const NOW = DateTime.fromISO('2026-11-23T02:00:00Z');
const person = (userId: string, workspaceId = 'T1'): Who => ({ workspaceId, userId });
const DANA = person('U000DANA');
const ANA = person('U0000ANA');
const EVE = person('U0000EVE');
const BOB = person('U0000BOB');
const STRANGER = person('U000STRA');
const OBSERVER = person('U0000OBS');
/** The same user id in another workspace. */
const OTHER_DANA = person('U000DANA', 'T2');
const OTHER_ANA = person('U0000ANA', 'T2');

let stage: WalkStage;
let found: Found;
let walk: Walk;
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
  walk = { stage, found, people: [DANA, ANA] };
  const [pair] = await stage.deps.pairs.listOf('T1', DANA.userId);
  pairId = pair?.id ?? '';
  const key = { workspaceId: 'T1', pairId, userId: OBSERVER.userId };
  const observer = { role: 'observer', name: 'Olga', by: DANA.userId, now: NOW } as const;
  await stage.deps.onlookers.propose(key, observer);
  await stage.deps.onlookers.accept(key, { by: ANA.userId, now: NOW });
});
afterAll(() => stage.close());

/** Sets two people up as a pair, through the forms. */
async function setUp(executive: Who, ea: Who): Promise<void> {
  const opened = await stage.type(executive, { command: '/ea-setup', text: '' });
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

const BOTH_WAYS = [
  [DANA, ANA],
  [ANA, DANA],
] as const;

/** What ends or erases the pair leaves nothing for what comes after it. */
function keepsPair({ name }: Deed): boolean {
  return !/ (?:privacy\.(?:ask-)?erase|pairs\.(?:end|restore))/.test(name);
}

function isTyped({ name }: Deed): boolean {
  return name.startsWith('type ');
}

/** Messages are shown again as often as somebody asks for them. */
function isShared(row: string): boolean {
  return !row.startsWith('deliveries ');
}

const mentions = (row: string, ...ids: string[]) => ids.some((id) => row.includes(id));
const ofPair = (row: string) => mentions(row, pairId);
const LEAK = new RegExp(`${MARK}|Person (?:U000DANA|U0000ANA) of T1`);

/** Of a pair that has ended one may still ask for a copy, and for its end. */
const ONE_S_OWN = /^(?:exports|erase_requests) |^deliveries .*"dedupeKey":"erase-pair:/;

/** One is for people in several pairs, the other one for admins. */
const FOR_OTHERS = ['checkins.choose-pair', 'privacy.retention'];

test('the crawl has seen every form but those of other people', () => {
  const unseen = stage.registered.views.filter((id) => !found.forms.has(id));
  expect(unseen).toEqual(FOR_OTHERS);
});

/** Forms that the crawl fills in so that something is saved. */
const SAVING = [
  'pairs.hours',
  'checkins.submit',
  'checkins.settings-submit',
  'delegations.save',
  'delegations.reason',
  'decisions.submit',
  'reminders.save',
  'away.submit-leave',
  'away.submit-holidays',
  'privacy.export',
];

const MALFORMED = [
  '',
  '[]',
  '{"pairId":{"not":null},"reminderId":{"not":null},"offset":-1}',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
];

describe('everything that can be pressed or sent', () => {
  test('from another workspace, with the same user id, changes nothing and shows nothing', async () => {
    const wrong = await attack(walk, {
      who: OTHER_DANA,
      partner: OTHER_ANA,
      mayChange: (row) => row.includes('"workspaceId":"T2"') && !ofPair(row),
      leak: LEAK,
    });
    expect(wrong).toEqual([]);
  });

  test('by somebody of another pair of the workspace changes nothing and shows nothing', async () => {
    const wrong = await attack(walk, {
      who: EVE,
      partner: BOB,
      mayChange: (row) => mentions(row, EVE.userId, BOB.userId, evesPairId) && !ofPair(row),
      leak: LEAK,
    });
    expect(wrong).toEqual([]);
  });

  test('by somebody of no pair changes nothing and shows nothing', async () => {
    const wrong = await attack(walk, {
      who: STRANGER,
      partner: BOB,
      mayChange: (row) => !ofPair(row) && !mentions(row, ANA.userId, DANA.userId),
      leak: LEAK,
    });
    expect(wrong).toEqual([]);
  });

  test('by an observer of the pair changes nothing and shows nothing', async () => {
    const wrong = await attack(walk, {
      who: OBSERVER,
      partner: BOB,
      mayChange: (row) => !ofPair(row) && !mentions(row, ANA.userId, DANA.userId),
      leak: new RegExp(MARK),
    });
    expect(wrong).toEqual([]);
  });

  test('with ids that do not exist changes nothing', async () => {
    const wrong = await attack(walk, {
      who: DANA,
      partner: ANA,
      forge: (text) => text.replaceAll(UUID, () => randomUUID()),
      only: (deed) => deed.hasIds,
      mayChange: (row) => !ofPair(row),
      leak: null,
    });
    expect(wrong).toEqual([]);
  });

  test('carrying something else than ids changes nothing', async () => {
    let count = 0;
    const wrong = await attack(walk, {
      who: ANA,
      partner: DANA,
      forge: () => MALFORMED[(count += 1) % MALFORMED.length] ?? '',
      only: (deed) => deed.hasIds,
      mayChange: (row) => !ofPair(row),
      leak: null,
    });
    expect(wrong).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  test('that Slack sends twice has one effect', async () => {
    for (const [who, partner] of BOTH_WAYS) {
      const all = deeds(walk, { who, partner }).filter((deed) => keepsPair(deed) && !isTyped(deed));
      const sent = all.map((deed) => ({ deed, triggerId: randomUUID() }));
      for (const { deed, triggerId } of sent) await deed.run(triggerId);
      const before = await dumpRows(stage.database);
      for (const { deed, triggerId } of sent) await deed.run(triggerId);
      expect(await dumpRows(stage.database)).toEqual(before);
    }
  }, 300_000);

  test('that is a form and is sent twice at the same moment, and then again, is saved once', () => {
    const saved = found.saves.filter(({ writers }) => writers.length > 0);
    expect(saved.filter(({ writers }) => writers.length > 1)).toEqual([]);
    const seen = new Set(saved.map(({ form }) => form));
    expect([...seen]).toEqual(expect.arrayContaining(SAVING));
  });

  test('from a menu, by somebody of another pair, changes nothing and shows nothing', async () => {
    const wrong = await attack(walk, {
      who: EVE,
      partner: BOB,
      deeds: menuDeeds(walk, EVE),
      mayChange: (row) => mentions(row, EVE.userId, BOB.userId, evesPairId) && !ofPair(row),
      leak: LEAK,
    });
    expect(wrong).toEqual([]);
  });

  test('that somebody presses again later, stale as it is by then, has had its effect', async () => {
    const wrong: string[] = [];
    const tried = new Set<string>();
    for (const [who, partner] of BOTH_WAYS) {
      for (const deed of deeds(walk, { who, partner }).filter(keepsPair)) {
        // A form or command that somebody sends anew is a new one; one button of each kind is enough.
        const kind = /^press \S+/.exec(deed.name)?.[0];
        if (!kind || tried.has(`${who.userId} ${kind}`)) continue;
        tried.add(`${who.userId} ${kind}`);
        await deed.run();
        const before = new Set((await dumpRows(stage.database)).filter(isShared));
        await deed.run();
        const after = (await dumpRows(stage.database)).filter(isShared);
        const changed = after.filter((row) => !before.has(row));
        if (changed.length > 0) wrong.push(`${deed.name} ==> ${changed[0]}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test('of a pair that has ended changes nothing', async () => {
    await stage.database.prisma.pair.updateMany({
      where: { id: pairId },
      data: { endedAt: NOW.toJSDate(), endedBy: OBSERVER.userId, liveKey: null },
    });
    const wrong = await attack(walk, {
      who: DANA,
      partner: ANA,
      only: (deed) => deed.hasIds,
      mayChange: (row) => !ofPair(row) || ONE_S_OWN.test(row),
      leak: new RegExp(MARK),
    });
    expect(wrong).toEqual([]);
  });

  test('was among what was tried', () => {
    const { actions, views, commands, shortcuts, options } = stage.registered;
    const all = [...actions.filter(isOnOthers), ...views, ...commands, ...shortcuts];
    all.push(...options.map(({ name }) => name));
    expect(all.filter((name) => !stage.used.has(name))).toEqual([]);
    expect(shortcuts.length * commands.length * options.length).toBeGreaterThan(0);
  });
});
