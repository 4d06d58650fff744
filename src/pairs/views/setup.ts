import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  context,
  header,
  input,
  option,
  plain,
  radioButtons,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { isChannelId, isUserId } from '../../slack/text.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import { zoneCity } from '../../time/zones.ts';
import { dayName, type MemberTerms, type Role, type Terms } from '../domain.ts';

export const PEOPLE_MODAL = 'pairs.people';
export const HOURS_MODAL = 'pairs.hours';
/** Blocks whose menu is searched by typing: there are more zones than a menu may hold. */
export const ZONE_FIELD = /^(executive|ea)\.zone$/;

/** First view: who the two are and where they talk. */
export type PeopleForm = {
  role: Role;
  partnerId: string | null;
  channelId: string | null;
  startedOn: string;
  engagement: Terms['engagement'];
  hoursPerMonth: number | null;
};

export type People = Omit<PeopleForm, 'partnerId' | 'channelId'> & {
  partnerId: string;
  channelId: string;
};

const Role = z.enum(['executive', 'ea']);
const Engagement = z.enum(['direct', 'agency']);
const LocalDate = z.iso.date();
const HoursPerMonth = z.number().int().min(1).max(744);

const PeopleFields: z.ZodType<People> = z
  .object({
    role: z.enum(['executive', 'ea'], 'Choose which of the two you are.'),
    partner: z
      .string('Choose the other person.')
      .refine(isUserId, 'Choose a person from the list.'),
    channel: z
      .string('Choose a channel.')
      .refine(isChannelId, 'Choose a channel, not a direct message.'),
    start: z.iso.date('Choose a date.'),
    engagement: z.enum(['direct', 'agency'], 'Choose one.'),
    hours: z
      .string()
      .regex(/^\d{1,3}$/, 'Write a whole number of hours, such as 40, or leave it empty.')
      .transform(Number)
      .pipe(
        z
          .number()
          .min(1, 'Write at least 1 hour, or leave it empty.')
          .max(744, 'A month has at most 744 hours.'),
      )
      .nullable(),
  })
  .transform((form) => ({
    role: form.role,
    partnerId: form.partner,
    channelId: form.channel,
    startedOn: form.start,
    engagement: form.engagement,
    hoursPerMonth: form.hours,
  }));

export function buildPeopleModal(form: PeopleForm): ModalView {
  return {
    type: 'modal',
    callback_id: PEOPLE_MODAL,
    title: plain('Set up Tandem'),
    submit: plain('Next'),
    close: plain('Cancel'),
    blocks: [
      context(
        'Step 1 of 2. Tandem works for one executive and one assistant (EA), in one channel of theirs.',
      ),
      input({
        blockId: 'role',
        label: 'I am the',
        element: radioButtons(
          [option('Executive', 'executive'), option('EA (executive assistant)', 'ea')],
          form.role,
        ),
      }),
      input({
        blockId: 'partner',
        label: 'The other person',
        element: {
          type: 'users_select',
          placeholder: plain('Choose a person'),
          ...(form.partnerId && { initial_user: form.partnerId }),
        },
      }),
      input({
        blockId: 'channel',
        label: 'Your shared channel',
        hint: 'Check-ins appear here. Invite Tandem first: open the channel and type /invite @Tandem',
        element: {
          type: 'conversations_select',
          placeholder: plain('Choose a channel'),
          filter: {
            include: ['public', 'private'],
            exclude_bot_users: true,
            exclude_external_shared_channels: true,
          },
          ...(form.channelId
            ? { initial_conversation: form.channelId }
            : { default_to_current_conversation: true }),
        },
      }),
      input({
        blockId: 'start',
        label: 'Working together since',
        element: { type: 'datepicker', initial_date: form.startedOn },
      }),
      input({
        blockId: 'engagement',
        label: 'The EA works',
        element: radioButtons(
          [option('Directly with us', 'direct'), option('Through an agency', 'agency')],
          form.engagement,
        ),
      }),
      input({
        blockId: 'hours',
        label: 'Hours agreed per month',
        hint: 'Leave empty if there is no agreed number.',
        optional: true,
        element: {
          type: 'plain_text_input',
          max_length: 3,
          ...(form.hoursPerMonth !== null && { initial_value: String(form.hoursPerMonth) }),
        },
      }),
    ],
  };
}

export function parsePeopleModal(view: SubmittedView): Parsed<People> {
  return parseForm(view, PeopleFields);
}

/** What the second view remembers of the first. */
export type HoursCarried = People & { executiveName: string; eaName: string };

const Carried: z.ZodType<HoursCarried> = z.object({
  role: Role,
  partnerId: z.string().refine(isUserId),
  channelId: z.string().refine(isChannelId),
  startedOn: LocalDate,
  engagement: Engagement,
  hoursPerMonth: HoursPerMonth.nullable(),
  executiveName: z.string(),
  eaName: z.string(),
});

/** Hours and check-in of both people, without who they are. */
export type Hours = Record<Role, Omit<MemberTerms, 'userId' | 'name'>>;

/** Second view: both people's hours and check-ins. `notices` say what Tandem had to assume. */
export function buildHoursModal(o: {
  carried: HoursCarried;
  hours: Hours;
  notices?: string[];
}): ModalView {
  const { carried, hours } = o;
  return {
    type: 'modal',
    callback_id: HOURS_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain('Working hours'),
    submit: plain('Propose'),
    close: plain('Cancel'),
    blocks: [
      context(
        'Step 2 of 2. Each one is asked at their own time, in their own time zone. The other person accepts or proposes a change.',
        ...(o.notices ?? []),
      ),
      header(`Executive: ${carried.executiveName}`),
      ...memberFields('executive', hours.executive),
      header(`EA: ${carried.eaName}`),
      ...memberFields('ea', hours.ea),
    ],
  };
}

function memberFields(role: Role, terms: Hours[Role]): KnownBlock[] {
  const who = role === 'ea' ? 'EA' : 'Executive';
  const days = WEEKDAYS.map((day) => option(dayName(day), day));
  const field = (name: string, label: string, element: Parameters<typeof input>[0]['element']) =>
    input({ blockId: `${role}.${name}`, label: `${who}: ${label}`, element });
  return [
    field('zone', 'time zone', {
      type: 'external_select',
      placeholder: plain('Type a city, such as Manila'),
      min_query_length: 2,
      initial_option: option(zoneCity(terms.zone), terms.zone),
    }),
    field('workdays', 'working days', checkboxes(days, terms.workdays)),
    field('workStartTime', 'work starts at', {
      type: 'timepicker',
      initial_time: terms.workStartTime,
    }),
    field('workEndTime', 'work ends at', { type: 'timepicker', initial_time: terms.workEndTime }),
    field('checkinDays', 'check-in days', checkboxes(days, terms.checkinDays)),
    field('checkinTime', 'check-in time', { type: 'timepicker', initial_time: terms.checkinTime }),
  ];
}

const Time = z
  .string('Choose a time.')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Choose a time such as 09:00.');
const Days = z.array(
  z.enum(WEEKDAYS as readonly [(typeof WEEKDAYS)[number], ...(typeof WEEKDAYS)[number][]]),
);

const HoursFields: z.ZodType<Hours> = z
  .record(z.string(), z.unknown())
  .transform((form) => ({ executive: memberForm(form, 'executive'), ea: memberForm(form, 'ea') }))
  .pipe(z.object({ executive: memberSchema(), ea: memberSchema() }));

function memberForm(form: Record<string, unknown>, role: Role): Record<string, unknown> {
  const prefix = `${role}.`;
  const mine = Object.entries(form).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(mine.map(([id, value]) => [id.slice(prefix.length), value]));
}

function memberSchema() {
  return z.object({
    zone: z.string('Choose a time zone.').min(1),
    workdays: Days,
    workStartTime: Time,
    workEndTime: Time,
    checkinDays: Days,
    checkinTime: Time,
  });
}

/** Errors come back by the block of the field. */
export function parseHoursModal(
  view: SubmittedView,
): Parsed<{ carried: HoursCarried; hours: Hours }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const hours = parseForm(view, HoursFields);
  return hours.ok ? { ok: true, value: { carried, hours: hours.value } } : hours;
}

export function fieldOf(role: Role, field: keyof MemberTerms): string {
  return `${role}.${field}`;
}
