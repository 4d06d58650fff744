import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Leave, LeavePlan } from '../../src/away/domain/leave.ts';
import { buildOwnCard, buildPartnerNotice, type ShownLeave } from '../../src/away/views/cards.ts';
import { buildCompanyDay } from '../../src/away/views/company-day.ts';
import { buildLeaveModal, type LeaveForm, parseLeaveModal } from '../../src/away/views/form.ts';
import {
  buildHolidaysModal,
  type HolidaysForm,
  parseHolidaysModal,
} from '../../src/away/views/holidays.ts';
import { buildListModal, USAGE } from '../../src/away/views/list.ts';
import { buildZoneCard } from '../../src/away/views/zone.ts';
import { UserFacingError } from '../../src/errors.ts';
import { validateMessage, validateView } from '../../src/sandbox/limits/index.ts';
import { buildUsage } from '../../src/slack/usage.ts';
import { submitUnchanged } from '../support/forms.ts';

const plan: LeavePlan = {
  type: 'training',
  firstOn: '2026-12-24',
  lastOn: '2026-12-28',
  startsAtMidday: true,
  endsAtMidday: true,
  coverId: 'U0000003',
  reason: 'Course <!channel> *bold* مرحبا',
};
const form: LeaveForm = {
  leaveId: 'L1',
  plan,
  notices: ['I read “<!channel>” as a day.'],
};

const at = DateTime.fromISO('2026-12-24T18:00:00Z', { zone: 'utc' });
const leave: Leave = {
  workspaceId: 'T1',
  id: 'L1',
  userId: 'U0000001',
  createdAt: at,
  changedAt: at,
  cancelledAt: null,
  ...plan,
};

function shown(changes: Partial<Leave> = {}, more: Partial<ShownLeave> = {}): ShownLeave {
  return {
    leave: { ...leave, ...changes },
    from: at,
    until: at.plus({ days: 4 }),
    hasStarted: false,
    isOver: false,
    ...more,
  };
}

describe('the form of a leave', () => {
  test('reads back what it shows', () => {
    const { leaveId, plan } = form;
    expect(parseLeaveModal(submitUnchanged(buildLeaveModal(form)))).toEqual({
      ok: true,
      value: { leaveId, plan },
    });
  });

  test('names what is missing at its field', () => {
    const view = submitUnchanged(buildLeaveModal(form), {
      firstOn: { selected_date: null },
      type: { selected_option: null },
    });
    expect(parseLeaveModal(view)).toEqual({
      ok: false,
      errors: { type: 'Choose a type.', firstOn: 'Choose the first day.' },
    });
  });

  test('from somewhere else is refused with a sentence', () => {
    const view = { ...submitUnchanged(buildLeaveModal(form)), private_metadata: '{}' };
    expect(() => parseLeaveModal(view)).toThrow(UserFacingError);
  });

  test('is a view that Slack takes, with the longest reason', () => {
    const longest = { ...form, plan: { ...form.plan, reason: '🎉'.repeat(250) } };
    expect(validateView(buildLeaveModal(longest))).toEqual([]);
    expect(JSON.stringify(buildLeaveModal(form).blocks[0])).toContain('&lt;!channel&gt;');
  });
});

const holidays: HolidaysForm = {
  country: { code: 'US', name: 'United States of America' },
  region: 'AL',
  regions: [
    { code: 'AL', name: 'Alabama' },
    { code: 'AK', name: 'Alaska' },
  ],
  next: [{ on: '2026-11-26', name: 'Thanksgiving <b>' }],
  choices: [
    { on: '2026-11-26', name: 'Thanksgiving <b>', isWorked: false },
    { on: '2026-12-25', name: 'Christmas Day'.repeat(20), isWorked: true },
  ],
  partners: [{ name: 'Ana <!here>', next: [] }],
  notice: 'Saved.',
};

describe('the form of the holidays', () => {
  test('reads back what it shows', () => {
    expect(parseHolidaysModal(submitUnchanged(buildHolidaysModal(holidays)))).toEqual({
      ok: true,
      value: {
        country: 'US',
        region: 'AL',
        offered: ['2026-11-26', '2026-12-25'],
        worked: ['2026-12-25'],
        added: null,
      },
    });
  });

  test('reads a company day', () => {
    const view = submitUnchanged(buildHolidaysModal(holidays), {
      addOn: { selected_date: '2026-12-23' },
      addName: { value: ' Retreat ' },
      company: { selected_options: [{ value: 'company' }] },
    });
    expect(parseHolidaysModal(view)).toMatchObject({
      value: { added: { on: '2026-12-23', name: 'Retreat', isCompany: true } },
    });
  });

  test('is a view that Slack takes, empty and full', () => {
    const empty = { ...holidays, country: null, region: null, regions: [], next: [], choices: [] };
    expect(validateView(buildHolidaysModal(holidays))).toEqual([]);
    expect(validateView(buildHolidaysModal(empty))).toEqual([]);
  });
});

describe('what is shown of a leave', () => {
  const zones = { zone: 'America/New_York', partnerZones: ['Asia/Manila', 'Asia/Manila'] };
  const states: [string, ShownLeave][] = [
    ['ahead', shown()],
    ['started', shown({}, { hasStarted: true })],
    ['over', shown({}, { isOver: true, hasStarted: true })],
    ['cancelled', shown({ cancelledAt: at })],
    ['with the longest reason', shown({ reason: '<'.repeat(500) })],
  ];

  test.each(states)('%s: Slack takes the card and the notice', (_, one) => {
    const card = buildOwnCard({ shown: one, ...zones });
    const notice = buildPartnerNotice({ shown: one, zone: zones.zone, partnerZone: 'Asia/Manila' });
    expect([validateMessage(card), validateMessage(notice)]).toEqual([[], []]);
  });

  test('what people typed pings nobody', () => {
    const notice = buildPartnerNotice({
      shown: shown(),
      zone: 'America/New_York',
      partnerZone: 'Asia/Manila',
    });
    const text = JSON.stringify(notice);
    expect(text).toContain('Course &lt;!channel&gt;');
    expect(text).not.toContain('<!channel>');
    expect(text).toContain('02:00 GMT+8 (Manila) / Thu 24 Dec, 13:00 EST (New York)');
  });

  test('leave that has begun offers to come back, leave ahead to cancel, past leave nothing', () => {
    const labels = states.map(([, one]) => {
      const text = JSON.stringify(buildOwnCard({ shown: one, ...zones }));
      return ['I am back', 'Cancel leave', 'Change'].filter((label) => text.includes(`"${label}"`));
    });
    expect(labels.slice(0, 4)).toEqual([
      ['Cancel leave', 'Change'],
      ['I am back', 'Change'],
      [],
      [],
    ]);
  });

  test('a list of many leaves stays a view that Slack takes', () => {
    const leaves = Array.from({ length: 40 }, (_, index) => shown({ id: `L${index}` }));
    const absences = { name: 'Ana <!here>', leaves, holidays: holidays.next };
    const view = buildListModal({ mine: absences, partners: Array(9).fill(absences) });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('And 30 more, later.');
    expect(JSON.stringify(view)).not.toContain('<!here>');
  });
});

test('Slack takes every other message of this feature', () => {
  const shared = {
    partnerId: 'U0000002',
    partnerZone: 'Asia/Manila',
    before: { next: null, hoursPerWeek: 1 },
    after: { next: null, hoursPerWeek: 0 },
  };
  const zone = { from: 'America/Argentina/Buenos_Aires', to: 'Europe/Lisbon', at };
  const messages = [
    buildCompanyDay({
      pairId: 'P1',
      userId: 'U0000001',
      on: '2026-12-23',
      name: '<!here>',
      isShared: false,
    }),
    buildZoneCard({ ...zone, state: { type: 'asked' } }),
    buildZoneCard({ ...zone, state: { type: 'kept' } }),
    buildZoneCard({ ...zone, state: { type: 'settled' } }),
    buildZoneCard({ ...zone, state: { type: 'moved', shared: [shared] } }),
  ];
  expect(messages.map((one) => validateMessage(one))).toEqual(messages.map(() => []));
  expect(buildUsage({ ...USAGE, typed: 'help' }).text).toContain('/ea-away');
  expect(JSON.stringify(messages)).not.toContain('<!here>');
});
