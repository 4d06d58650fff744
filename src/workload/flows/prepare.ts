import { authorize, mayDo } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import type { Caller } from '../../slack/caller.ts';
import type { WorkloadPage } from '../views/page.ts';
import { loadForecast, loadHandover, loadHours, loadScope } from './forecast.ts';

/** The workload of a pair as the caller may see it. How well work is handed over is for the executive's eyes only. */
export async function prepareWorkload(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; logged?: WorkloadPage['logged'] },
): Promise<WorkloadPage> {
  const { pair, role } = await authorize(deps, caller, { pairId: o.pairId, to: 'workload.read' });
  const of = { pair, now: deps.now() };
  return {
    pairId: pair.id,
    eaName: pair.ea.name,
    forecast: await loadForecast(deps, of),
    hours: await loadHours(deps, of),
    scope: await loadScope(deps, of),
    handover: mayDo(role, 'handover.read') ? await loadHandover(deps, of) : null,
    mayLog: mayDo(role, 'time.log'),
    mayPlanHours: mayDo(role, 'hours.edit'),
    logged: o.logged ?? null,
  };
}
