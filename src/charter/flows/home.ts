import type { Deps } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { partnerOf } from '../../pairs/index.ts';
import { buildCharterLine, buildWaiting } from '../views/home.ts';
import { keyOf } from './open.ts';

/** A proposal that waits for the person's signature, then what is in force for each of their pairs. */
export async function showInHome(deps: Deps, viewer: HomeViewer): Promise<HomeSection[]> {
  const { userId } = viewer;
  const sections: HomeSection[] = [];
  for (const { pair, role } of viewer.pairs) {
    if (role === 'observer') continue;
    const of = keyOf(pair);
    const inForce = await deps.charter.findInForce(of);
    const open = await deps.charter.findOpen(of);
    const partnerName = partnerOf(pair, userId).name;
    if (open && role !== 'manager' && open.proposedBy !== userId)
      sections.push({ place: 'waiting', blocks: buildWaiting({ charter: open, partnerName }) });
    const whose =
      role === 'manager' ? `of ${pair.executive.name} and ${pair.ea.name}` : `with ${partnerName}`;
    const line = { pairId: pair.id, whose, inForce, isOpen: open !== null };
    sections.push({ place: 'pair', blocks: buildCharterLine(line) });
  }
  return sections.toSorted((a, b) => Number(b.place === 'waiting') - Number(a.place === 'waiting'));
}
