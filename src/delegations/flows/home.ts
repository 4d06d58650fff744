import type { Deps } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Delegation } from '../domain/delegation.ts';
import { type Filter, filterTimes } from '../domain/filters.ts';
import { buildHomeEntry, buildHomeHeading, buildHomeRest } from '../views/home.ts';

/** Entries of one kind for one pair; the list shows the others. */
const SHOWN = 5;

type Kind = { filter: Filter; place: HomeSection['place'] };

const FOR_EA: readonly Kind[] = [
  { filter: 'overdue', place: 'waiting' },
  { filter: 'unaccepted', place: 'waiting' },
  { filter: 'today', place: 'next' },
];
const FOR_EXECUTIVE: readonly Kind[] = [{ filter: 'waiting', place: 'waiting' }];

/** What waits for the person, in each of their pairs, and what the EA has to finish today. */
export async function showInHome(deps: Deps, viewer: HomeViewer): Promise<HomeSection[]> {
  const sections: HomeSection[] = [];
  for (const { pair, role } of viewer.pairs) {
    const kinds = role === 'ea' ? FOR_EA : role === 'executive' ? FOR_EXECUTIVE : [];
    for (const kind of kinds) sections.push(...(await showKind(deps, { viewer, pair, kind })));
  }
  return sections;
}

async function showKind(
  deps: Deps,
  o: { viewer: HomeViewer; pair: Pair; kind: Kind },
): Promise<HomeSection[]> {
  const { pair, kind } = o;
  const { filter, place } = kind;
  const key = { workspaceId: pair.workspaceId, pairId: pair.id };
  const times = filterTimes(deps.now(), o.viewer.zone);
  const of = { filter, times };
  const found: Delegation[] = await deps.delegations.page(key, {
    ...of,
    offset: 0,
    size: SHOWN + 1,
  });
  const shown = found.slice(0, SHOWN);
  const isShared = o.viewer.pairs.length > 1;
  return [
    ...shown.map((delegation, index) => ({
      place,
      blocks: [
        ...(index === 0 ? [buildHomeHeading(filter, isShared ? pair : null)] : []),
        ...buildHomeEntry(delegation, pair),
      ],
    })),
    ...(found.length > SHOWN ? [{ place, blocks: [buildHomeRest(filter, pair)] }] : []),
  ];
}
