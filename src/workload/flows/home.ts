import type { Deps } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { buildHomeLine } from '../views/home.ts';
import { loadForecast, loadHours } from './forecast.ts';

/** Whether the next seven days fit, for each pair of the two; nothing for those who look on. */
export async function showInHome(deps: Deps, viewer: HomeViewer): Promise<HomeSection[]> {
  const now = deps.now();
  const sections: HomeSection[] = [];
  for (const { pair, role } of viewer.pairs) {
    if (role !== 'executive' && role !== 'ea') continue;
    const forecast = await loadForecast(deps, { pair, now });
    const hours = await loadHours(deps, { pair, now });
    if (forecast.count === 0 && hours.n === 0) continue;
    const blocks = buildHomeLine({ pairId: pair.id, eaName: pair.ea.name, forecast, hours });
    sections.push({ place: 'pair', blocks });
  }
  return sections;
}
