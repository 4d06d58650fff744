import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { UserFacingError } from '../../src/errors.ts';
import {
  type Agreement,
  defaultMemberTerms,
  describeDays,
  type Terms,
} from '../../src/pairs/domain.ts';
import { buildAgreementCard, buildChannelCard } from '../../src/pairs/views/agreement.ts';
import {
  askAgain,
  buildHoursModal,
  type HoursCarried,
  parseHoursModal,
} from '../../src/pairs/views/hours.ts';
import {
  buildPeopleModal,
  type PeopleForm,
  parsePeopleModal,
} from '../../src/pairs/views/people.ts';
import { validateMessage, validateView } from '../../src/sandbox/limits/index.ts';
import { submitUnchanged } from '../support/forms.ts';

const people = {
  role: 'executive',
  partnerId: 'U0000002',
  channelId: 'C0000001',
  startedOn: '2026-03-02',
  engagement: 'agency',
  hoursPerMonth: 80,
} as const;
const form: PeopleForm = {
  ...people,
  pair: { pairId: 'p1', partnerName: 'Ana <!channel>' },
  isAdmin: true,
};

const dana = { userId: 'U0000001', name: 'Dana <!channel>', zone: 'America/New_York' };
const ana = { userId: 'U0000002', name: 'Ana', zone: 'Asia/Manila' };
const terms: Terms = {
  channelId: 'C0000001',
  startedOn: '2026-03-02',
  engagement: 'agency',
  hoursPerMonth: 80,
  executive: defaultMemberTerms(dana),
  ea: {
    ...defaultMemberTerms(ana),
    workdays: ['mon', 'wed'],
    checkinDays: ['wed'],
    checkinTime: '10:30',
  },
};
const carried: HoursCarried = {
  ...people,
  partnerId: 'U0000002',
  channelId: 'C0000001',
  executiveName: dana.name,
  eaName: ana.name,
};

describe('who works with whom', () => {
  test('what the form shows is what it reads back', () => {
    const parsed = parsePeopleModal(submitUnchanged(buildPeopleModal(form)));
    expect(parsed).toEqual({ ok: true, value: people });
  });

  test('an empty form names each thing that is missing, at its field', () => {
    const empty: PeopleForm = { ...form, partnerId: null, channelId: null, hoursPerMonth: null };
    const parsed = parsePeopleModal(submitUnchanged(buildPeopleModal(empty)));
    expect(parsed).toEqual({
      ok: false,
      errors: { partner: 'Choose the other person.', channel: 'Choose a channel.' },
    });
  });

  test.each(['0', '745', '12.5', 'forty'])(
    '%s hours a month are refused with a sentence',
    (value) => {
      const view = submitUnchanged(buildPeopleModal(form), { hours: { value } });
      const parsed = parsePeopleModal(view);
      expect(parsed.ok || Object.keys(parsed.errors)).toEqual(['hours']);
    },
  );

  test('stays within the limits of Slack', () => {
    expect(validateView(buildPeopleModal(form))).toEqual([]);
  });
});

describe('when each one works', () => {
  const { executive, ea } = terms;

  test('what the form shows is what it reads back', () => {
    const tasks = { acceptMinutes: 90, dueBefore: [{ days: 3 }, { minutes: 45 }] };
    const hours = { executive, ea, tasks };
    const view = buildHoursModal({ carried, hours, notices: ['A & B'] });
    const parsed = parseHoursModal(submitUnchanged(view));
    const { userId: _, name: __, ...mine } = executive;
    const { userId: ___, name: ____, ...theirs } = ea;
    expect(parsed).toEqual({
      ok: true,
      value: { carried, hours: { executive: mine, ea: theirs, tasks } },
    });
    expect(validateView(view)).toEqual([]);
  });

  test('an error stands at the field of the person that it is about', () => {
    const view = buildHoursModal({ carried, hours: { executive, ea } });
    const parsed = parseHoursModal(
      submitUnchanged(view, { 'ea.checkinTime': { selected_time: null } }),
    );
    expect(parsed).toEqual({ ok: false, errors: { 'ea.checkinTime': 'Choose a time.' } });
  });

  test.each(['', '{}', '{"role":"boss"}', '{"__proto__":{"role":"ea"}}'])(
    'a form that carries %s is out of date',
    (text) => {
      const view = submitUnchanged(buildHoursModal({ carried, hours: { executive, ea } }));
      expect(() => parseHoursModal({ ...view, private_metadata: text })).toThrow(UserFacingError);
    },
  );
});

describe('the card of an agreement', () => {
  const agreement: Agreement = {
    workspaceId: 'T0000001',
    pairId: 'p1',
    version: 1,
    terms,
    proposedBy: dana.userId,
    proposedAt: DateTime.fromISO('2026-03-02T14:00:00Z'),
    acceptedBy: null,
    acceptedAt: null,
    replacedAt: null,
  };
  const cardFor = (readerId: string, changes: Partial<Agreement> = {}) =>
    buildAgreementCard({ agreement: { ...agreement, ...changes }, readerId, zone: 'Asia/Manila' });
  const buttonsOf = (card: { blocks: object[] }) =>
    card.blocks
      .flatMap((block) =>
        'elements' in block ? (block.elements as { text?: { text?: string } }[]) : [],
      )
      .flatMap((one) => one.text?.text ?? []);

  test('lets the other person accept, and the proposer only change', () => {
    expect(buttonsOf(cardFor(ana.userId))).toEqual(['Accept', 'Propose a change']);
    expect(buttonsOf(cardFor(dana.userId))).toEqual(['Propose a change']);
  });

  test('has no buttons once it is accepted or replaced', () => {
    const at = DateTime.fromISO('2026-03-03T01:00:00Z');
    expect(buttonsOf(cardFor(ana.userId, { acceptedAt: at, acceptedBy: ana.userId }))).toEqual([]);
    expect(buttonsOf(cardFor(ana.userId, { replacedAt: at }))).toEqual([]);
  });

  test('says both people’s hours and stays within the limits of Slack', () => {
    const cards = [cardFor(ana.userId), cardFor(dana.userId), buildChannelCard(agreement)];
    for (const card of cards) {
      expect(validateMessage(card)).toEqual([]);
      expect(JSON.stringify(card)).toContain(
        'Works Mon, Wed, 09:00 to 17:00\\nCheck-in Wed at 10:30',
      );
    }
  });

  test('marks what a counter-proposal changes, and only that', () => {
    const later = { ...terms, ea: { ...terms.ea, workEndTime: '18:30' } };
    const card = buildAgreementCard({
      agreement: { ...agreement, version: 2, terms: later },
      readerId: dana.userId,
      zone: 'Asia/Manila',
      before: terms,
    });
    const text = JSON.stringify(card);
    expect(text.match(/new; was [^)]*/g)).toEqual([
      `new; was ${describeDays(terms.ea.workdays)}, ${terms.ea.workStartTime} to ${terms.ea.workEndTime}`,
    ]);
    expect(validateMessage(card)).toEqual([]);
  });

  test('says “you” to the one who accepted', () => {
    const accepted = { acceptedAt: agreement.proposedAt, acceptedBy: ana.userId };
    expect(JSON.stringify(cardFor(ana.userId, accepted))).toContain('Accepted by you,');
    expect(JSON.stringify(cardFor(dana.userId, accepted))).toContain(
      `Accepted by <@${ana.userId}>,`,
    );
  });
});

describe('a working day that looks like a slip', () => {
  const { executive, ea } = terms;
  const long = { ...ea, workStartTime: '08:00', workEndTime: '03:00' };

  test('is asked about once, with everything that was typed', () => {
    const asked = askAgain({ carried, hours: { executive, ea: long } });
    expect(JSON.stringify(asked)).toContain(
      'EA: 08:00 to 03:00 is a working day of 19 hours. Is that right?',
    );
    const again = asked && parseHoursModal(submitUnchanged(asked));
    expect(again?.ok && { ...ana, ...again.value.hours.ea }).toEqual(long);
    expect(again?.ok && askAgain(again.value)).toBeNull();
  });

  test('is not asked about up to sixteen hours', () => {
    const hours = { executive, ea: { ...ea, workStartTime: '06:00', workEndTime: '22:00' } };
    expect(askAgain({ carried, hours })).toBeNull();
  });
});
