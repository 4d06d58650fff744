import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted while Tandem works, and what is asked for when somebody looks. */
export type Metrics = {
  /** Slack was told that something arrived, `seconds` after it did. */
  acknowledged(kind: string, seconds: number): void;
  /** Somebody was held to a limit. */
  refused(limit: 'person' | 'workspace'): void;
  /** A call to Slack ended; `error` is Slack's word or the network's, null when it went well. */
  calledSlack(method: string, error: string | null): void;
  /** Adds figures that `read` gives each time somebody looks, at most every few seconds. */
  addFigures(read: () => Promise<Figure[]>): void;
  /** All of it in Prometheus' text format. */
  print(): Promise<{ type: string; text: string }>;
};

/** A figure as it is now. `name` is one of FIGURES. */
export type Figure = {
  name: keyof typeof FIGURES;
  labels?: Readonly<Record<string, string>>;
  value: number;
};

/** Every figure that is read when somebody looks: what it says, and by what it is told apart. */
const FIGURES = {
  tandem_ready: { help: '1 when /readyz answers that Tandem can do its work', labels: [] },
  tandem_deliveries: { help: 'Messages by state', labels: ['state'] },
  tandem_overdue_seconds: {
    help: 'How long the oldest work that is due has been waiting',
    labels: ['work'],
  },
  tandem_sweep_age_seconds: {
    help: 'Time since each sweep last ended well',
    labels: ['sweep'],
  },
  tandem_queue_jobs: { help: 'Jobs by queue and state', labels: ['queue', 'state'] },
} as const;

const ACK_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];

/** Figures from the database are read again after this many milliseconds. */
const FRESH_MS = 10_000;

/** Longer than any figure takes, and shorter than those who ask wait. */
const PATIENCE_MS = 4000;

/** The registry of one Tandem; `withProcess` adds memory, processor time and the event loop's delay. */
export function createMetrics(o: { withProcess: boolean }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (o.withProcess) collectDefaultMetrics({ register: registry });
  const acknowledgements = new Histogram({
    name: 'tandem_ack_seconds',
    help: 'Time until Slack was told that something arrived',
    labelNames: ['kind'],
    buckets: ACK_SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: 'tandem_refused_total',
    help: 'Deeds of people that were refused because there were too many',
    labelNames: ['limit'],
    registers,
  });
  const calls = new Counter({
    name: 'tandem_slack_calls_total',
    help: 'Calls to Slack',
    labelNames: ['method'],
    registers,
  });
  const errors = new Counter({
    name: 'tandem_slack_errors_total',
    help: 'Calls to Slack that failed',
    labelNames: ['method', 'error'],
    registers,
  });
  const gauges = new Map(
    Object.entries(FIGURES).map(([name, { help, labels }]) => [
      name,
      new Gauge<string>({ name, help, labelNames: labels, registers }),
    ]),
  );
  const readers: (() => Promise<Figure[]>)[] = [];
  let readAt = -FRESH_MS;

  async function readFigures(): Promise<void> {
    if (performance.now() - readAt < FRESH_MS) return;
    readAt = performance.now();
    const figures = await Promise.all(readers.map(readInTime));
    for (const gauge of gauges.values()) gauge.reset();
    for (const { name, labels = {}, value } of figures.flat()) gauges.get(name)?.set(labels, value);
  }

  return {
    acknowledged: (kind, seconds) => acknowledgements.observe({ kind }, seconds),
    refused: (limit) => refusals.inc({ limit }),
    calledSlack(method, error) {
      calls.inc({ method });
      if (error !== null) errors.inc({ method, error });
    },
    addFigures: (read) => readers.push(read),
    async print() {
      await readFigures();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** What cannot be read is left out, so that the rest is still seen. */
async function readInTime(read: () => Promise<Figure[]>): Promise<Figure[]> {
  const late = Promise.withResolvers<Figure[]>();
  const timer = setTimeout(late.resolve, PATIENCE_MS, []);
  return await Promise.race([read().catch(() => []), late.promise]).finally(() =>
    clearTimeout(timer),
  );
}
