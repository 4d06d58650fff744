import type { Pair } from '../../pairs/index.ts';
import { formatMinutes } from '../../time/minutes.ts';
import type { DelegationContent } from '../domain/delegation.ts';
import { showDue } from './card.ts';
import { levelName, priorityName } from './words.ts';

/** What an edit changed and what was there before: 'priority (was Low)'. Null when it changed nothing. Not escaped. */
export function describeEdit(
  o: { before: DelegationContent; after: DelegationContent },
  pair: Pair,
): string | null {
  const { before, after } = o;
  const { dueAt, estimateMinutes: minutes } = before;
  const was = (text: string) => ` (was ${text})`;
  const changes: [isChanged: boolean, what: string][] = [
    [before.title !== after.title, 'what is to be done'],
    [before.definitionOfDone !== after.definitionOfDone, 'when it is done'],
    [
      dueAt?.toMillis() !== after.dueAt?.toMillis(),
      `due time${was(dueAt ? showDue(dueAt, pair) : 'none')}`,
    ],
    [before.priority !== after.priority, `priority${was(priorityName(before.priority))}`],
    [before.level !== after.level, `how free the EA is${was(levelName(before.level))}`],
    [before.category !== after.category, `category${was(before.category ?? 'none')}`],
    [
      minutes !== after.estimateMinutes,
      `estimate${was(minutes ? formatMinutes(minutes) : 'none')}`,
    ],
    [before.sopUrl !== after.sopUrl, 'link to instructions'],
  ];
  const changed = changes.filter(([isChanged]) => isChanged).map(([, what]) => what);
  return changed.length > 0 ? changed.join(', ') : null;
}
