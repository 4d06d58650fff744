import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import type { Deps } from '../../deps.ts';
import type { Feature, HomeSection, HomeViewer } from '../../feature.ts';
import { roleOf } from '../../pairs/index.ts';
import { isKnownZone } from '../../time/zones.ts';
import type { HomeKey, HomePerson } from '../domain/person.ts';
import { buildHome } from '../views/home.ts';

export type BuiltHome = {
  view: HomeView;
  /** Ours, of everything that is in it. */
  contentHash: string;
  /** Whether a feature could not say what it has. */
  isPartial: boolean;
};

/** The Home tab of one person as it is now. A feature that fails leaves a line and not the rest. */
export async function prepareHome(
  deps: Deps,
  features: readonly Feature[],
  person: HomePerson,
): Promise<BuiltHome> {
  const viewer = await loadViewer(deps, person);
  const sections: HomeSection[] = [];
  const missing: string[] = [];
  for (const feature of features) {
    try {
      sections.push(...((await feature.home?.(deps, viewer)) ?? []));
    } catch (error) {
      const { workspaceId, userId } = person;
      deps.log.error(
        { err: error, workspaceId, userId, feature: feature.name },
        'a part of Home could not be made',
      );
      missing.push(feature.name);
    }
  }
  const view = buildHome({
    zone: viewer.zone,
    isPaired: viewer.pairs.some(({ role }) => role === 'executive' || role === 'ea'),
    isNew: viewer.pairs.length === 0 || person.visits <= 1,
    sections,
    missing,
    offsets: person.offsets,
    help: features.flatMap((feature) => feature.help ?? []),
  });
  const contentHash = createHash('sha256').update(JSON.stringify(view)).digest('base64url');
  return { view, contentHash, isPartial: missing.length > 0 };
}

async function loadViewer(deps: Deps, person: HomePerson): Promise<HomeViewer> {
  const { workspaceId, userId, slackZone, isAdmin } = person;
  const member = await deps.pairs.findMember(workspaceId, userId);
  const known = slackZone && isKnownZone(slackZone) ? slackZone : 'UTC';
  return {
    workspaceId,
    userId,
    zone: member?.zone ?? known,
    pairs: await loadPairs(deps, person),
    isAdmin,
  };
}

async function loadPairs(deps: Deps, key: HomeKey): Promise<HomeViewer['pairs']> {
  const { workspaceId, userId } = key;
  const own = await deps.pairs.listOf(workspaceId, userId);
  const pairs: HomeViewer['pairs'] = own.flatMap((pair) => {
    const role = roleOf(pair, userId);
    return role ? [{ pair, role }] : [];
  });
  for (const { pairId, role } of await deps.onlookers.listOfPerson({ workspaceId, userId })) {
    const pair = await deps.pairs.find(workspaceId, pairId);
    if (pair && !pair.endedAt) pairs.push({ pair, role });
  }
  return pairs;
}
