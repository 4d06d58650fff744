import type { HomeSection, HomeViewer } from '../../feature.ts';
import type { Decision, DecisionState } from '../domain/decision.ts';
import { buildHomeItem, buildHomeMore } from '../views/home.ts';
import { type FlowDeps, namesOf } from './scene.ts';

/** Decisions of one pair that Home shows. */
const SHOWN = 5;

const WAITS_FOR: Record<'executive' | 'ea', DecisionState[]> = {
  executive: ['open', 'expired'],
  ea: ['needs_more', 'answered', 'defaulted'],
};

/** What waits for somebody: questions for the executive, answers to act on and what is missing for the EA. */
export async function showInHome(deps: FlowDeps, viewer: HomeViewer): Promise<HomeSection[]> {
  const sections: HomeSection[] = [];
  for (const { pair, role } of viewer.pairs) {
    if (role !== 'executive' && role !== 'ea') continue;
    const book = { workspaceId: viewer.workspaceId, pairId: pair.id };
    const all = await deps.decisions.list(book, { states: WAITS_FOR[role] });
    const waiting = all.filter((one) => isForViewer(one, role));
    for (const decision of waiting.slice(0, SHOWN))
      sections.push(buildHomeItem({ decision, names: namesOf(pair), reader: role }));
    if (waiting.length > SHOWN) sections.push(buildHomeMore(pair.id, waiting.length - SHOWN));
  }
  return sections;
}

/** The EA hears of an answer at work start, so it is not in Home before. */
function isForViewer(decision: Decision, role: 'executive' | 'ea'): boolean {
  return role === 'executive' || decision.eaNewsAt === null;
}
