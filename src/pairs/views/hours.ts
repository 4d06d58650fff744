import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  actions,
  button,
  checkboxes,
  context,
  header,
  input,
  option,
  plain,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { isChannelId, isUserId } from '../../slack/text.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import { zoneCity } from '../../time/zones.ts';
import {
  askAboutLongDay,
  dayName,
  type MemberTerms,
  type Role,
  USUAL_TASK_TERMS,
} from '../domain.ts';
import { type Hours, partOf } from './draft.ts';
import type { People } from './people.ts';
import { TaskFields, taskFields } from './tasks.ts';

export const HOURS_MODAL = 'pairs.hours';
export const BACK = 'pairs.back';
/** Blocks whose menu is searched by typing: there are more zones than a menu may hold. */
export const ZONE_FIELD = /^(executive|ea)\.zone$/;

const Role = z.enum(['executive', 'ea']);
const Engagement = z.enum(['direct', 'agency']);
const LocalDate = z.iso.date();
const HoursPerMonth = z.number().int().min(1).max(744);

/** What the second view remembers of the first. */
export type HoursCarried = People & {
  executiveName: string;
  eaName: string;
  /** A change of the agreement was asked for, without the first view. */
  isChange?: boolean | undefined;
  /** Questions about the hours that the person has seen, see `askAgain`. */
  seen?: string | undefined;
};

const Carried: z.ZodType<HoursCarried> = z.object({
  role: Role,
  partnerId: z.string().refine(isUserId),
  channelId: z.string().refine(isChannelId),
  startedOn: LocalDate,
  engagement: Engagement,
  hoursPerMonth: HoursPerMonth.nullable(),
  executiveName: z.string(),
  eaName: z.string(),
  isChange: z.boolean().optional(),
  seen: z.string().optional(),
});

/** The second view of the setup, or a change on its own: both people's hours and check-ins. `notices` say what Tandem had to assume. */
export function buildHoursModal(o: {
  carried: HoursCarried;
  hours: Hours;
  notices?: string[];
}): ModalView {
  const { carried, hours } = o;
  const { title, intro, back, backLabel } = carried.isChange ? CHANGE : STEP;
  return {
    type: 'modal',
    callback_id: HOURS_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(title),
    submit: plain('Propose'),
    close: plain('Cancel'),
    blocks: [
      context(intro, ...(o.notices ?? [])),
      header(`Executive: ${carried.executiveName}`),
      ...memberFields('executive', hours.executive),
      header(`EA: ${carried.eaName}`),
      ...memberFields('ea', hours.ea),
      ...taskFields(hours.tasks ?? USUAL_TASK_TERMS),
      actions('steps', [button({ text: back, actionId: BACK, value: '{}', label: backLabel })]),
    ],
  };
}

const STEP = {
  title: 'Working hours',
  intro:
    'Step 2 of 2. Each one is asked at their own time, in their own time zone. The other person accepts or proposes a change.',
  back: 'Back',
  backLabel: 'Back to step 1',
};

const CHANGE = {
  title: 'Propose a change',
  intro: 'Change what should be different. Nothing changes until the other person accepts.',
  back: 'People and channel',
  backLabel: 'Change people or channel',
};

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
  .transform((form) => ({
    executive: partOf(form, 'executive'),
    ea: partOf(form, 'ea'),
    tasks: partOf(form, 'tasks'),
  }))
  .pipe(z.object({ executive: memberSchema(), ea: memberSchema(), tasks: TaskFields }));

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

/** The form again, once, when somebody's hours look like a slip; null when there is nothing to ask, or it was asked. */
export function askAgain(o: { carried: HoursCarried; hours: Hours }): ModalView | null {
  const { carried, hours } = o;
  const asked = (['executive', 'ea'] as const).flatMap((role) => {
    const question = askAboutLongDay(hours[role]);
    return question ? [`${role === 'ea' ? 'EA' : 'Executive'}: ${question}`] : [];
  });
  const seen = asked.join(' ');
  if (seen === '' || carried.seen === seen) return null;
  const notices = [...asked, 'Press Propose again to keep it, or change it below.'];
  return buildHoursModal({ carried: { ...carried, seen }, hours, notices });
}

export function readHoursCarried(view: SubmittedView): HoursCarried {
  return parseCarried(view.private_metadata, Carried);
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
