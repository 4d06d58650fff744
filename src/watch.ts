import type { DateTime } from 'luxon';
import { countDeliveries, createDatabaseCheck, measureOverdue } from './database/figures.ts';
import type { Database } from './database/index.ts';
import type { Jobs } from './jobs/index.ts';
import { createEndpoints, type Endpoints } from './operation/endpoints.ts';
import type { Metrics } from './operation/metrics.ts';
import { createReadiness } from './operation/readiness.ts';
import type { Secret } from './secret.ts';

/** A sweep runs every minute; one that has not ended well for so long does its work no more. */
const SWEEP_MINUTES = 5;

/** What operators and their machines can ask of a running Tandem: whether it is ready, and its figures. */
export function watchOver(o: {
  database: Database;
  jobs: Pick<Jobs, 'depth' | 'sweepAges'>;
  metrics: Metrics;
  metricsToken: Secret | null;
  /** Whether Slack can reach this process right now. */
  isConnected: () => boolean;
  now: () => DateTime;
}): Endpoints {
  const { database, jobs, metrics } = o;
  const readiness = createReadiness([
    createDatabaseCheck(database),
    () => (o.isConnected() ? null : 'there is no connection to Slack'),
    () => {
      const stuck = jobs.sweepAges().filter(({ seconds }) => seconds > SWEEP_MINUTES * 60);
      if (stuck.length === 0) return null;
      const names = stuck.map(({ sweep }) => sweep).join(', ');
      return `these sweeps have not ended well for ${SWEEP_MINUTES} minutes: ${names}`;
    },
  ]);
  metrics.addFigures(async () => {
    const problems = await readiness();
    return [{ name: 'tandem_ready', value: problems.length === 0 ? 1 : 0 }];
  });
  metrics.addFigures(() =>
    Promise.resolve(
      jobs.sweepAges().map(({ sweep, seconds }) => ({
        name: 'tandem_sweep_age_seconds',
        labels: { sweep },
        value: seconds,
      })),
    ),
  );
  metrics.addFigures(async () => {
    const counts = await countDeliveries(database);
    return counts.map(({ state, count }) => ({
      name: 'tandem_deliveries',
      labels: { state },
      value: count,
    }));
  });
  metrics.addFigures(async () => {
    const overdue = await measureOverdue(database, o.now());
    return overdue.map(({ work, seconds }) => ({
      name: 'tandem_overdue_seconds',
      labels: { work },
      value: seconds,
    }));
  });
  metrics.addFigures(async () => {
    const depth = await jobs.depth();
    return depth.flatMap(({ queue, ready, delayed, active, deadLetters }) =>
      Object.entries({ ready, delayed, active, dead: deadLetters }).map(([state, value]) => ({
        name: 'tandem_queue_jobs' as const,
        labels: { queue, state },
        value,
      })),
    );
  });
  return createEndpoints({ readiness, metrics, metricsToken: o.metricsToken });
}
