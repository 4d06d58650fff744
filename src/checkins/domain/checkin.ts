import type { DateTime } from 'luxon';
import type { Role } from '../../pairs/index.ts';
import type { SnoozeChoice } from '../../routines/index.ts';
import { dayOf } from '../../time/local-date.ts';
import type { LocalDate } from '../../time/wall-clock.ts';

export type Answers = Record<string, string>;

export type Checkin = {
  workspaceId: string;
  id: string;
  pairId: string;
  userId: string;
  /** The author's local date. */
  dueOn: LocalDate;
  answers: Answers;
  /** The day whose answers were sent again as unchanged; null when they were written. */
  unchangedSinceOn: LocalDate | null;
  version: number;
  submittedAt: DateTime;
  editedAt: DateTime | null;
};

export type Question = {
  id: string;
  label: string;
  hint?: string;
  kind: 'text' | 'scale';
  required: boolean;
  /** Only the two of them see it, so it is never posted in the channel. */
  isPrivate: boolean;
};

const WORKLOAD: Question = {
  id: 'workload',
  label: 'Workload',
  hint: 'Only the two of you see this. It is not posted in the channel.',
  kind: 'scale',
  required: false,
  isPrivate: true,
};

const EA_QUESTIONS: Question[] = [
  text('done', 'What got done?', { required: true, hint: 'Since your last check-in.' }),
  text('today', 'What is planned today?', { required: true }),
  text('blockers', 'What is blocked?', { hint: 'Who or what is needed, and by when.' }),
  text('decisions', 'Decisions needed from the executive', {
    hint: 'One per line. Each is asked with buttons. With options: Which seat? aisle / window',
  }),
  WORKLOAD,
];

const EXECUTIVE_QUESTIONS: Question[] = [
  text('priorities', 'Top priorities today', { required: true }),
  text('changes', 'Schedule changes', { hint: 'Travel, moved or cancelled meetings.' }),
  text('decisions', 'Decisions made', { hint: 'Answers to what your EA asked. One per line.' }),
  text('blockers', 'What do you need from your EA?'),
  WORKLOAD,
];

function text(id: string, label: string, o: { required?: boolean; hint?: string } = {}): Question {
  return {
    id,
    label,
    kind: 'text',
    required: o.required ?? false,
    isPrivate: false,
    ...(o.hint && { hint: o.hint }),
  };
}

/** What each of the two is asked: both are due, by the same rules. */
export function questionsFor(role: Role): Question[] {
  return role === 'ea' ? EA_QUESTIONS : EXECUTIVE_QUESTIONS;
}

/** Steps of the scale with words, so that a number means the same to both. */
export const SCALE: readonly { value: string; label: string }[] = [
  { value: '1', label: '1 - very light' },
  { value: '2', label: '2 - light' },
  { value: '3', label: '3 - about right' },
  { value: '4', label: '4 - heavy' },
  { value: '5', label: '5 - too much' },
];

/** Longest answer to one question, in UTF-16 units: what Slack takes in one field. */
export const MAX_ANSWER = 3000;

/** Days back that a check-in may still be written for. */
const WRITABLE_DAYS = 7;

/** Whether an entry for `dueOn` may be written on the local day `today`: that day or the week after it, never ahead. */
export function isWritable(dueOn: LocalDate, today: LocalDate): boolean {
  if (dueOn > today) return false;
  return dayOf(today) - dayOf(dueOn) <= WRITABLE_DAYS;
}

/** What can be posted in the channel: the answers given, in the order asked, without the private ones. */
export function sharedAnswers(
  role: Role,
  answers: Answers,
): { question: Question; answer: string }[] {
  return questionsFor(role).flatMap((question) => {
    const answer = answers[question.id];
    return answer && !question.isPrivate ? [{ question, answer }] : [];
  });
}

export const SNOOZES: readonly { value: SnoozeChoice; label: string }[] = [
  { value: '20m', label: 'In 20 minutes' },
  { value: '1h', label: 'In 1 hour' },
  { value: '3h', label: 'In 3 hours' },
  { value: 'nextWorkStart', label: 'When I next start work' },
];

/** What can be sent again when nothing has changed: the texts. A scale is a measurement of its day. */
export function repeatAnswers(role: Role, answers: Answers): Answers {
  const texts = questionsFor(role).filter((question) => question.kind === 'text');
  return Object.fromEntries(
    texts.flatMap(({ id }) => (answers[id] ? [[id, answers[id]] as const] : [])),
  );
}
