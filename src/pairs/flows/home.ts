import type { Stores } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { buildBeginning, buildLookedOn, buildPair, buildProposal } from '../views/home.ts';
import { findBefore } from './show.ts';

/** What Home shows of somebody's pairs: proposals to answer, and the settings of each. */
export async function prepareHome(stores: Stores, viewer: HomeViewer): Promise<HomeSection[]> {
  if (viewer.pairs.length === 0) return [buildBeginning()];
  const sections: HomeSection[] = [];
  const { workspaceId } = viewer;
  const people = viewer.pairs.flatMap(({ pair }) => [pair.executive.userId, pair.ea.userId]);
  const unreachable = await stores.pairs.findUnreachable(workspaceId, people);
  for (const { pair, role } of viewer.pairs) {
    if (role === 'manager' || role === 'observer') {
      sections.push(buildLookedOn({ pair, role }));
      continue;
    }
    const latest = await stores.pairs.findLatest(pair);
    if (latest && !latest.acceptedAt && latest.proposedBy !== viewer.userId) {
      const { zone } = latest.terms[role];
      const before = await findBefore(stores, latest);
      sections.push(buildProposal({ agreement: latest, readerId: viewer.userId, zone, before }));
    }
    sections.push(buildPair({ pair, role, latest, unreachable }));
  }
  return sections;
}
