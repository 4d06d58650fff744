import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Decision } from '../domain/decision.ts';
import { isOver } from '../domain/decision.ts';
import type { DecisionRef } from '../views/item.ts';
import { openDecision } from './change.ts';
import type { FlowDeps } from './scene.ts';

/** The question to which the executive says what is missing, or the EA adds it. */
export async function prepareMore(
  deps: FlowDeps,
  o: { caller: Caller; ref: DecisionRef; purpose: 'more' | 'added' },
): Promise<{ decision: Decision; purpose: 'more' | 'added' }> {
  const { purpose } = o;
  return await deps.transact(async (stores) => {
    const to = purpose === 'more' ? 'decisions.answer' : 'decisions.edit';
    const { decision } = await openDecision(stores, { ...o, to, now: deps.now() });
    if (isOver(decision.state))
      throw new UserFacingError('This question is closed, so there is nothing to do any more.');
    if (purpose === 'added' && decision.state !== 'needs_more')
      throw new UserFacingError('Nothing more is asked for any more.');
    return { decision, purpose };
  });
}
