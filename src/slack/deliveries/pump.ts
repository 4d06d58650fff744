import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Database } from '../../database/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { apartFromRequest } from '../../operation/request.ts';
import type { SlackClients } from '../clients.ts';
import { attempt } from './attempt.ts';
import type { Delivery, SendOutcome } from './domain.ts';
import { sendJob } from './job.ts';
import { type Attempted, type OnRecorded, recordOutcomes } from './record.ts';
import { claimDue } from './store/claim.ts';
import { haveFollowUps } from './store/results.ts';
import { nextDueAt, recoverAbandoned } from './store/upkeep.ts';

/** Calls to Slack at once, in this process. */
const CAPACITY = 320;
/** With less room than this nothing is claimed: a claim costs the same for one as for many. */
const ROOM = 80;
/** Deliveries that one claim looks at. */
const LOOK_AT = 1500;
/** Milliseconds between claims, so that those due within them are claimed together. */
const PACE = 60;
/** Milliseconds after which rows are looked at without any signal: others may have ended with work in hand. */
const LOOK_AGAIN = 15_000;
/** Milliseconds that calls under way get when the process stops. */
const GRACE = 4000;
const RECORD_TRIES = 20;
const RECORD_PAUSE = 500;

export type SenderDeps = {
  database: Database;
  slack: SlackClients;
  jobs: Pick<Jobs, 'enqueue'>;
  now: () => DateTime;
  log: Logger;
  onRecorded?: OnRecorded;
};

export type Pump = {
  /** Looks for due deliveries now. False when this process sends no more. */
  wake(): boolean;
  /** Resolves when nothing that may go out now is waiting or under way in this process. */
  settled(): Promise<void>;
  /** Takes nothing more, waits a little for calls under way, and gives back the rest for others to take at once. */
  stop(): Promise<void>;
};

/** Sends what the rows hold: claims what is due in batches, calls Slack side by side, writes the outcomes in batches. */
export function createPump(deps: SenderDeps): Pump {
  const { now, log } = deps;
  const { prisma } = deps.database;
  const underWay = new Set<Delivery>();
  const outcomes: Attempted[] = [];
  const waiting = new Set<() => void>();
  let isWanted = false;
  let hasStopped = false;
  let mayHoldAbandoned = deps.database.kind === 'embedded';
  let recoverAt = 0;
  let passedAt = -PACE;
  let passing: Promise<void> | null = null;
  let recording: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function wake(): boolean {
    if (hasStopped) return false;
    isWanted = true;
    passing ??= apartFromRequest(pass).finally(() => {
      passing = null;
      if (isWanted && hasRoom()) wake();
      else notifyIfSettled();
    });
    return true;
  }

  const hasRoom = () => !hasStopped && CAPACITY - underWay.size >= ROOM;

  async function pass(): Promise<void> {
    clearTimeout(timer);
    try {
      while (isWanted && hasRoom()) {
        await waitUntil(passedAt + PACE);
        if (hasStopped) return;
        passedAt = performance.now();
        isWanted = false;
        await recover();
        const claimed = await prisma.$transaction((tx) =>
          claimDue(tx, { now: now(), capacity: CAPACITY - underWay.size, lookAt: LOOK_AT }),
        );
        for (const delivery of claimed.deliveries) void work(delivery);
        if (claimed.hasMore) isWanted = true;
      }
      await armTimer();
    } catch (error) {
      log.error({ err: error }, 'deliveries could not be claimed');
      isWanted = false;
      wakeIn(LOOK_AGAIN / 5);
    }
  }

  async function recover(): Promise<void> {
    if (performance.now() < recoverAt) return;
    recoverAt = performance.now() + LOOK_AGAIN;
    const count = await recoverAbandoned(prisma, { now: now(), ownerIsGone: mayHoldAbandoned });
    mayHoldAbandoned = false;
    if (count > 0) log.warn({ count }, 'took back messages of a process that ended');
  }

  async function armTimer(): Promise<void> {
    if (isWanted || hasStopped) return;
    const next = await nextDueAt(prisma, now());
    const delay = next ? next.toMillis() - now().toMillis() : LOOK_AGAIN;
    wakeIn(Math.min(Math.max(delay, PACE), LOOK_AGAIN));
  }

  function wakeIn(milliseconds: number): void {
    clearTimeout(timer);
    if (hasStopped) return;
    timer = setTimeout(wake, milliseconds);
    timer.unref();
  }

  async function work(delivery: Delivery): Promise<void> {
    underWay.add(delivery);
    const outcome = hasStopped ? HANDED_BACK : await attempt(deps, delivery);
    if (underWay.has(delivery)) finish({ delivery, outcome });
  }

  function finish(one: Attempted): void {
    outcomes.push(one);
    recording ??= record().finally(() => {
      recording = null;
      notifyIfSettled();
    });
  }

  async function record(): Promise<void> {
    // Outcomes that arrive in the same turn are written together.
    await new Promise(setImmediate);
    while (outcomes.length > 0) {
      const batch = outcomes.splice(0);
      await write(batch);
      for (const { delivery } of batch) underWay.delete(delivery);
      if (await mayContinue(batch)) isWanted = true;
      if (isWanted && hasRoom()) wake();
    }
  }

  /** The rows still say `sending` while this fails, and are taken back after their lease if it keeps failing. */
  async function write(batch: Attempted[]): Promise<void> {
    for (let tries = 1; tries <= RECORD_TRIES; tries += 1) {
      try {
        await prisma.$transaction((tx) =>
          recordOutcomes({
            tx,
            attempted: batch,
            now: now(),
            enqueue: deps.jobs.enqueue,
            log,
            onRecorded: deps.onRecorded,
          }),
        );
        return;
      } catch (error) {
        log.error({ err: error, tries, count: batch.length }, 'outcomes could not be written');
      }
      if (batch.length > 1) {
        for (const one of batch) await write([one]);
        return;
      }
      await waitUntil(performance.now() + RECORD_PAUSE);
    }
  }

  async function mayContinue(batch: Attempted[]): Promise<boolean> {
    if (hasStopped) return false;
    if (batch.some(({ outcome }) => outcome.type !== 'sent')) return true;
    return await haveFollowUps(
      prisma,
      batch.map(({ delivery }) => delivery),
    ).catch(() => true);
  }

  const isSettled = () => !isWanted && !passing && !recording && underWay.size === 0;

  function notifyIfSettled(): void {
    if (!hasStopped && !isSettled()) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  return {
    wake,
    async settled() {
      if (hasStopped || isSettled()) return;
      await new Promise<void>((resolve) => waiting.add(resolve));
    },
    async stop() {
      hasStopped = true;
      clearTimeout(timer);
      await passing;
      const until = performance.now() + GRACE;
      while (underWay.size > 0 && performance.now() < until)
        await waitUntil(performance.now() + 20);
      const left = [...underWay].filter(
        (one) => !outcomes.some(({ delivery }) => delivery === one),
      );
      for (const delivery of left) {
        const outcome = { type: 'uncertain', error: 'process_ended' } as const;
        underWay.delete(delivery);
        finish({ delivery, outcome });
      }
      await recording;
      if (left.length > 0) await signalOthers(left);
      notifyIfSettled();
    },
  };

  async function signalOthers(left: readonly Delivery[]): Promise<void> {
    log.info({ count: left.length }, 'gave back messages that were not confirmed');
    const signals = left.slice(0, 1).map(({ workspaceId }) => ({ workspaceId }));
    // Without a signal others look by themselves, a little later.
    await deps.jobs
      .enqueue(prisma, sendJob, signals)
      .catch((error: unknown) => log.warn({ err: error }, 'could not tell other processes'));
  }
}

const HANDED_BACK: SendOutcome = { type: 'handed_back' };

async function waitUntil(realMs: number): Promise<void> {
  const delay = realMs - performance.now();
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
}
