import { z } from 'zod';
import { formValues, parseCarried, type SubmittedView } from '../../slack/forms.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import { defaultMemberTerms, type MemberTerms, type Role, type TaskTerms } from '../domain.ts';
import { CarriedTasks, TaskFields } from './tasks.ts';

/** Hours and check-in of both people, without who they are, and what holds for tasks. */
export type Hours = Record<Role, Omit<MemberTerms, 'userId' | 'name'>> & {
  tasks?: TaskTerms | undefined;
};

/** What was typed in the second view, and for whom. */
export type HoursDraft = { executiveId: string; eaId: string; hours: Hours };

const USUAL = defaultMemberTerms({ userId: '', name: '', zone: 'UTC' });
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Days = z.array(z.enum(WEEKDAYS));
const Member = z.object({
  zone: z.string().min(1).catch(USUAL.zone),
  workdays: Days.catch(USUAL.workdays),
  workStartTime: Time.catch(USUAL.workStartTime),
  workEndTime: Time.catch(USUAL.workEndTime),
  checkinDays: Days.catch(USUAL.checkinDays),
  checkinTime: Time.catch(USUAL.checkinTime),
});
const BothHours = z.object({
  executive: Member,
  ea: Member,
  tasks: CarriedTasks.optional().catch(undefined),
});
const Carried = z
  .object({
    draft: z.object({ executiveId: z.string(), eaId: z.string(), hours: BothHours }).optional(),
  })
  .catch({});

/** The hours typed so far; a field that is not filled in is as proposed by default. */
export function readTypedHours(view: SubmittedView): Hours {
  const form = formValues(view);
  const tasks = TaskFields.safeParse(partOf(form, 'tasks')).data;
  return BothHours.parse({ executive: partOf(form, 'executive'), ea: partOf(form, 'ea'), tasks });
}

/** The draft that the first view carries, when somebody came back to it. */
export function readDraft(view: SubmittedView): HoursDraft | undefined {
  return parseCarried(view.private_metadata, Carried).draft;
}

/** The fields of one part of the form, such as one of the two, by their names. */
export function partOf(
  form: Record<string, unknown>,
  part: Role | 'tasks',
): Record<string, unknown> {
  const prefix = `${part}.`;
  const mine = Object.entries(form).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(mine.map(([id, value]) => [id.slice(prefix.length), value]));
}
