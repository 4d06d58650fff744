import { z } from 'zod';
import type { Role } from '../../pairs/index.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { readMinutes } from '../../time/minutes.ts';
import {
  HOLIDAY_RULES,
  type HolidayRule,
  MAX_ESTIMATE_MINUTES,
  MAX_LINE,
  MAX_TITLE,
  PRIORITIES,
  type Priority,
} from '../domain/duty.ts';

/** A duty as it is typed. */
export type DutyFields = {
  title: string;
  owner: Role;
  priority: Priority;
  /** As typed: `readWhen` reads it. */
  when: string;
  onDayOff: HolidayRule;
  category: string | null;
  doneMeans: string | null;
  estimateMinutes: number | null;
  sopUrl: string | null;
  kpi: string | null;
};

export const NEW_DUTY: DutyFields = {
  title: '',
  owner: 'ea',
  priority: 'normal',
  when: '',
  onDayOff: 'skip',
  category: null,
  doneMeans: null,
  estimateMinutes: null,
  sopUrl: null,
  kpi: null,
};

/** The value of an option cannot be empty. */
export const NO_CATEGORY = '-';

const Carried = z.object({
  pairId: z.string(),
  offset: z.number().int().min(0),
  dutyId: z.string().nullable(),
});

export type DutyCarried = z.infer<typeof Carried>;

const filled = (sentence: string, max: number) =>
  z
    .string(sentence)
    .transform((typed) => typed.trim())
    .refine((typed) => typed.length > 0, sentence)
    .refine((typed) => typed.length <= max, `Write at most ${max} characters.`);

const line = (max: number) =>
  z
    .string()
    .max(max, `Write at most ${max} characters.`)
    .nullish()
    .transform((typed) => typed?.trim() || null);

const NOT_A_LINK = 'Paste a web address that starts with https:// or http://.';

const Fields = z
  .object({
    title: filled('Write what is to be done.', MAX_TITLE),
    owner: z.enum(['executive', 'ea'], 'Choose who does it.'),
    when: filled('Write how often and when, such as every weekday at 9.', 200),
    dayOff: z.enum(HOLIDAY_RULES, 'Choose one.'),
    priority: z.enum(PRIORITIES, 'Choose one.'),
    category: z.string().nullish(),
    done: line(MAX_LINE),
    estimate: line(20).refine(
      (typed) => typed === null || readMinutes(typed, MAX_ESTIMATE_MINUTES) !== null,
      'Write it such as 20 min or 1.5 h, up to 16 h.',
    ),
    sop: line(2000)
      .refine((typed) => typed === null || readLink(typed) !== null, NOT_A_LINK)
      .transform((typed) => typed && readLink(typed)),
    kpi: line(MAX_LINE),
  })
  .transform(
    (form): DutyFields => ({
      title: form.title,
      owner: form.owner,
      priority: form.priority,
      when: form.when,
      onDayOff: form.dayOff,
      category: !form.category || form.category === NO_CATEGORY ? null : form.category,
      doneMeans: form.done,
      estimateMinutes:
        form.estimate === null ? null : readMinutes(form.estimate, MAX_ESTIMATE_MINUTES),
      sopUrl: form.sop,
      kpi: form.kpi,
    }),
  );

/** A web address as browsers write it; null for anything else. */
function readLink(typed: string): string | null {
  const link = URL.parse(typed);
  if (!link?.hostname || !/^https?:$/.test(link.protocol) || link.username || link.password)
    return null;
  return link.href;
}

export function parseDutyModal(
  view: SubmittedView,
): Parsed<{ carried: DutyCarried; fields: DutyFields }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, Fields);
  return form.ok ? { ok: true, value: { carried, fields: form.value } } : form;
}
