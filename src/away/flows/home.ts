import type { Deps } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { buildAbsences, buildZoneQuestion } from '../views/home.ts';
import { prepareList } from './prepare.ts';

/** What Home shows of who is away when, with the question whether somebody has moved to another zone. */
export async function prepareHome(deps: Deps, viewer: HomeViewer): Promise<HomeSection[]> {
  const { workspaceId, userId } = viewer;
  const key = { workspaceId, userId };
  if (!viewer.pairs.some(({ role }) => role === 'executive' || role === 'ea')) return [];
  const person = await deps.away.findZonePerson(key);
  const question =
    person?.askedAt && person.slackZone
      ? [buildZoneQuestion({ from: person.zone, to: person.slackZone, at: person.askedAt })]
      : [];
  return [...question, ...buildAbsences(await prepareList(deps, key))];
}
