import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import { listRoles, mayDo } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import type { Feature, HomeSection, HomeViewer } from '../../feature.ts';
import { isKnownZone } from '../../time/zones.ts';
import type { HomePerson } from '../domain/person.ts';
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
    offered: features
      .flatMap((feature) => (feature.help ?? []).flatMap((line) => line.button ?? []))
      .filter(({ needs }) => !needs || viewer.pairs.some(({ role }) => mayDo(role, needs))),
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
    pairs: await listRoles(deps, person),
    isAdmin,
  };
}
