import { z } from 'zod';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { readMinutes } from '../../time/minutes.ts';
import {
  type DelegationLevel,
  MAX_CATEGORY,
  MAX_DONE,
  MAX_ESTIMATE_MINUTES,
  MAX_TITLE,
  type Priority,
} from '../domain/delegation.ts';
import { checkLink } from '../domain/link.ts';

/** Whose clock a due time is on. */
export type Clock = 'mine' | 'theirs';

/** What can be chosen when the EA is on leave at the due time. */
export const AWAY_CHOICES = ['before', 'after', 'keep'] as const;
export type AwayChoice = (typeof AWAY_CHOICES)[number];

export type DelegationFields = {
  pairId: string | null;
  title: string;
  definitionOfDone: string;
  dueOn: string | null;
  dueTime: string | null;
  clock: Clock;
  priority: Priority;
  level: DelegationLevel;
  category: string | null;
  estimateMinutes: number | null;
  sopUrl: string | null;
  away: AwayChoice | null;
};

export const NO_FIELDS: DelegationFields = {
  pairId: null,
  title: '',
  definitionOfDone: '',
  dueOn: null,
  dueTime: null,
  clock: 'mine',
  priority: 3,
  level: 'do',
  category: null,
  estimateMinutes: null,
  sopUrl: null,
  away: null,
};

const SourceCarried = z.object({
  channelId: z.string().max(30),
  ts: z.string().max(30),
  permalink: z.string().max(500).nullable(),
});

const Carried = z.object({
  /** Null for a new one. */
  delegationId: z.string().nullable(),
  version: z.number().int().min(0),
  pairId: z.string().nullable(),
  /** Names the due time that the person was shown, in both zones. */
  seen: z.string().nullable(),
  /** The category in “never” of which the person was asked whether they mean it. */
  agreedTo: z.string().max(MAX_CATEGORY).nullish(),
  source: SourceCarried.nullable(),
});

export type DelegationCarried = z.infer<typeof Carried>;

const typed = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');

const Fields = z
  .object({
    pairId: z.string('Choose for whom it is.').optional(),
    title: typed
      .refine((text) => text !== '', 'Write what is to be done.')
      .refine((text) => text.length <= MAX_TITLE, `Write at most ${MAX_TITLE} characters.`),
    definitionOfDone: typed.refine(
      (text) => text.length <= MAX_DONE,
      `Write at most ${MAX_DONE.toLocaleString('en')} characters.`,
    ),
    dueOn: z.iso.date('Choose a date.').nullish(),
    dueTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Choose a time.')
      .nullish(),
    clock: z.enum(['mine', 'theirs'], 'Choose one.').nullish(),
    priority: z.enum(['1', '2', '3', '4'], 'Choose one.'),
    level: z.enum(['do', 'propose', 'ask'], 'Choose one.'),
    category: z.string().max(MAX_CATEGORY, 'Choose one of the list.').nullish(),
    estimate: typed
      .transform((text) => ({
        isEmpty: text === '',
        minutes: readMinutes(text, MAX_ESTIMATE_MINUTES),
      }))
      .refine(
        ({ isEmpty, minutes }) => isEmpty || minutes !== null,
        'Write a length of time up to 200 hours, such as 45 min or 1h 30m.',
      ),
    sopUrl: typed
      .transform((text) => (text === '' ? null : checkLink(text)))
      .refine(
        (link) => link === null || link.ok,
        'This is not a web link. It starts with https:// or http://.',
      ),
    away: z.enum(AWAY_CHOICES, 'Choose one.').nullish(),
  })
  .refine(({ dueOn, dueTime }) => Boolean(dueOn) || !dueTime, {
    path: ['dueOn'],
    message: 'Choose a date for this time, or leave the time empty.',
  });

/** What was typed; links and lengths in one form. */
export function parseDelegationModal(
  view: SubmittedView,
): Parsed<{ carried: DelegationCarried; fields: DelegationFields }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const parsed = parseForm(view, Fields);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const fields: DelegationFields = {
    pairId: value.pairId ?? carried.pairId,
    title: value.title,
    definitionOfDone: value.definitionOfDone,
    dueOn: value.dueOn ?? null,
    dueTime: value.dueTime ?? null,
    clock: value.clock ?? 'mine',
    priority: Number(value.priority) as Priority,
    level: value.level,
    category: value.category ?? null,
    estimateMinutes: value.estimate.minutes,
    sopUrl: value.sopUrl?.ok ? value.sopUrl.value : null,
    away: value.away ?? null,
  };
  return { ok: true, value: { carried, fields } };
}
