import { describe, expect, test } from '@jest/globals';
import { readRepositoryFile } from '../repository/repository-files.ts';

type Attack = {
  attack: string;
  outcome: string;
  /** Where it is tried: a file, and words of the test's name. */
  shownBy: [file: string, test: string][];
};

const REQUESTS = 'test/security/requests.test.ts';
const ONCE = 'test/slack/inbound/once.test.ts';
const PERMISSIONS = 'test/access/permissions.test.ts';
const INSTALLED = 'test/slack/installations/two-workspaces.e2e.test.ts';

const WALK = 'test/security/tenancy-walk.test.ts';

/** What is tried against Tandem, what comes of it, and where that is proved. */
const ATTACKS: Record<number, Attack> = {
  1: {
    attack: 'a request without a signature, with a wrong one or of another version',
    outcome: '401, and nothing is done',
    shownBy: [[REQUESTS, 'attack 1: ']],
  },
  2: {
    attack: 'a body changed by one byte, or under the signature of another body',
    outcome: '401, and nothing is done',
    shownBy: [[REQUESTS, 'attack 2: ']],
  },
  3: {
    attack: 'a request sent again',
    outcome: '401 after five minutes; before that one effect, over all replicas',
    shownBy: [
      [REQUESTS, 'attack 3: '],
      [ONCE, 'an event is worked on once by all replicas together'],
      [ONCE, 'a form that is submitted twice is saved once'],
    ],
  },
  4: {
    attack: 'a timestamp that lies ahead',
    outcome: '401 beyond five minutes',
    shownBy: [[REQUESTS, 'attack 4: ']],
  },
  5: {
    attack:
      'a body too long, too deep, not UTF-8, with keys twice, or of another shape; one that never ends',
    outcome: '413, 400 or 408 at once, and the app goes on',
    shownBy: [
      [REQUESTS, 'attack 5: '],
      ['test/security/fuzz.test.ts', 'attack 5: '],
    ],
  },
  6: {
    attack: 'a certificate check that carries a command',
    outcome: '200, and the command is ignored',
    shownBy: [[REQUESTS, 'attack 6: ']],
  },
  7: {
    attack: 'prototypes in forms and in what forms carry',
    outcome: 'no pollution: refused with a sentence, or ignored',
    shownBy: [
      [REQUESTS, 'attack 7: '],
      ['test/security/fuzz.test.ts', 'attack 7: '],
    ],
  },
  8: {
    attack: 'ids of another workspace',
    outcome: 'as if they did not exist',
    shownBy: [
      [PERMISSIONS, 'in a pair of another workspace, or one that does not exist, nobody may'],
      [INSTALLED, 'see nothing of each other'],
      [WALK, 'from another workspace, with the same user id'],
      ['test/security/tenancy-keys.test.ts', 'no row can point at another one’s'],
    ],
  },
  9: {
    attack: 'somebody else’s records in one’s own workspace',
    outcome: 'refused, naming who can',
    shownBy: [
      [PERMISSIONS, 'nobody may for a record of somebody else'],
      [WALK, 'by somebody of another pair of the workspace'],
      [WALK, 'by an observer of the pair'],
    ],
  },
  10: {
    attack: 'a button that is old, forwarded, or pressed twice or by two at once',
    outcome: 'one effect, and a sentence',
    shownBy: [
      [ONCE, 'a button or command that comes twice works once'],
      ['test/e2e/bad-input.test.ts', 'accepting twice, and accepting one’s own proposal'],
      [WALK, 'that Slack sends twice has one effect'],
      [WALK, 'that somebody presses again later'],
      [WALK, 'of a pair that has ended changes nothing'],
    ],
  },
  11: {
    attack: 'commands to Slack in text and in names',
    outcome: 'shown to the letter',
    shownBy: [['test/security/typed-text.test.ts', 'attack 11: ']],
  },
  12: {
    attack: 'formulas in exported tables',
    outcome: 'text in every spreadsheet',
    shownBy: [['test/privacy/privacy.e2e.test.ts', 'which no spreadsheet takes for formulas']],
  },
  13: {
    attack: 'an address that is not Slack’s to be called',
    outcome: 'refused before anything is sent',
    shownBy: [[REQUESTS, 'attack 13: ']],
  },
  14: {
    attack: 'reading what is in a channel or a pair of others',
    outcome:
      'Tandem reads no channel for anybody; lists show one’s own pairs only; both are in the channel of their pair',
    shownBy: [
      ['test/reminders/list.test.ts', 'are nobody’s but the two people’s'],
      ['test/e2e/bad-input.test.ts', 'is refused, with how to invite it'],
      ['test/e2e/bad-input.test.ts', 'a channel that one of the two is not in is refused'],
      ['test/e2e/bad-input.test.ts', 'a channel that is shared with another organisation'],
      [WALK, 'by somebody of no pair changes nothing and shows nothing'],
      [WALK, 'by somebody of another pair of the workspace'],
    ],
  },
  15: {
    attack: 'an installation that nobody began, or over somebody else’s',
    outcome: 'refused; each workspace sees only itself',
    shownBy: [
      [INSTALLED, 'two workspaces install Tandem by its page'],
      ['test/security/oauth.test.ts', 'the return of somebody else, sent to a victim'],
      ['test/security/oauth.test.ts', 'the same return works once'],
      ['test/security/oauth.test.ts', 'installing over an existing workspace'],
    ],
  },
  16: {
    attack: 'calls after the app was removed',
    outcome: 'none is made, and nothing is tried again',
    shownBy: [
      [
        'test/slack/deliveries/refusals.test.ts',
        'the app is not installed any more, nothing is sent',
      ],
      ['test/security/removal.test.ts', 'attack 16, removed in the middle of a storm'],
      ['test/security/removal.test.ts', 'attack 16, when Slack only says %s to a call'],
    ],
  },
  17: {
    attack: 'a stolen copy of the database',
    outcome: 'tokens do not open without the key, nor in another place',
    shownBy: [['test/slack/installations/vault.test.ts', 'does not open with another key']],
  },
  18: {
    attack: 'a stolen log',
    outcome: 'no token, no secret, nothing that people wrote',
    shownBy: [['test/security/typed-text.test.ts', 'attack 18: ']],
  },
  19: {
    attack: 'ten thousand commands a minute',
    outcome: 'held to a limit, told once; others do not notice (`npm run bench -- flood`)',
    shownBy: [['test/security/limits.test.ts', 'attack 19: ']],
  },
  20: {
    attack: 'messages of bots and its own',
    outcome: 'answered by nothing',
    shownBy: [[REQUESTS, 'attack 20: ']],
  },
  21: {
    attack: 'Slack’s limits with times that are none',
    outcome: 'waits a bounded time',
    shownBy: [['test/slack/deliveries/refusals.test.ts', 'with a Retry-After of %s']],
  },
  22: {
    attack: 'a time zone that is missing, unknown or changed',
    outcome: 'a safe one, and people are told',
    shownBy: [
      ['test/time/zones.test.ts', 'UTC when neither is set'],
      ['test/away/zone.e2e.test.ts', 'moving does not ask again for a local date that was asked'],
    ],
  },
};

describe('every attack has its test', () => {
  test('all 22 are in the list', () => {
    expect(Object.keys(ATTACKS).map(Number)).toEqual(Array.from({ length: 22 }, (_, n) => n + 1));
  });

  test.each(Object.entries(ATTACKS).map(([number, one]) => ({ number, ...one })))(
    'attack $number: $attack → $outcome',
    ({ shownBy }) => {
      expect(shownBy.length).toBeGreaterThan(0);
      for (const [file, name] of shownBy) {
        const titles = readRepositoryFile(file)
          .split('\n')
          .filter((line) => line.includes(name) && /['`]/.test(line));
        expect({ file, name, isThere: titles.length > 0 }).toEqual({ file, name, isThere: true });
      }
    },
  );
});
