import express, { type Request, type Router } from 'express';
import { DateTime, Duration } from 'luxon';
import { readBody } from './body.ts';
import type { DeliveryRecord } from './delivery/dispatcher.ts';
import { SandboxError } from './errors.ts';
import { type Fault, faultSchema } from './faults.ts';
import type { ActResult } from './people/act.ts';
import type { State } from './people/screen/types.ts';
import type { Problem } from './people/stage.ts';
import type { RecordedCall } from './record.ts';
import type { Change } from './state/world.ts';

/** What scripts and the page can do from outside, as the sandbox does it. */
export type Controls = {
  now(): DateTime<true>;
  nextEventAt(): Promise<DateTime | null>;
  advanceTo(at: DateTime): Promise<void>;
  jumpTo(at: DateTime): void;
  act(action: unknown): Promise<ActResult>;
  state(o?: { team?: string; user?: string }): State;
  addFault(fault: Fault): void;
  clearFaults(): void;
  faults(): Fault[];
  disconnect(how: 'refresh_requested' | 'warning' | 'link_disabled' | 'drop'): void;
  revokeToken(o: { team?: string; app?: string }): void;
  record(): RecordedCall[];
  deliveries(): DeliveryRecord[];
  problems(): Problem[];
  subscribe(listener: (change: Change) => void): () => void;
};

const DISCONNECTS = ['refresh_requested', 'warning', 'link_disabled', 'drop'] as const;

export function controlRoutes(controls: Controls): Router {
  const router = express.Router();
  router.post('/_sandbox/act', async (request, response) => {
    response.json(await controls.act(await jsonOf(request)));
  });
  router.get('/_sandbox/state', (request, response) => {
    response.json(
      controls.state({ team: queryOf(request, 'team'), user: queryOf(request, 'user') }),
    );
  });
  router.get('/_sandbox/clock', async (_request, response) => {
    response.json(await clockOf(controls));
  });
  router.post('/_sandbox/clock', async (request, response) => {
    await moveClock(controls, await jsonOf(request));
    response.json(await clockOf(controls));
  });
  router.post('/_sandbox/faults', async (request, response) => {
    applyFault(controls, await jsonOf(request));
    response.json({ ok: true, faults: controls.faults() });
  });
  router.get('/_sandbox/faults', (_request, response) => {
    response.json({ ok: true, faults: controls.faults() });
  });
  router.delete('/_sandbox/faults', (_request, response) => {
    controls.clearFaults();
    response.json({ ok: true, faults: [] });
  });
  router.get('/_sandbox/record', (_request, response) => {
    response.type('application/x-ndjson').send(linesOf(controls.record()));
  });
  router.get('/_sandbox/deliveries', (_request, response) => {
    response.type('application/x-ndjson').send(linesOf(controls.deliveries()));
  });
  router.get('/_sandbox/problems', (_request, response) => {
    response.json({ ok: true, problems: controls.problems() });
  });
  router.get('/_sandbox/events', (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    const stop = controls.subscribe((change) => {
      response.write(`data: ${JSON.stringify(change)}\n\n`);
    });
    request.on('close', stop);
  });
  return router;
}

function linesOf(items: unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

function queryOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function jsonOf(request: Request): Promise<Record<string, unknown>> {
  if (!request.is('application/json')) {
    throw new SandboxError(
      'not_json',
      'Send a JSON object with "content-type: application/json".',
      415,
    );
  }
  const body = await readBody(request);
  if (body.ok) return body.fields;
  throw new SandboxError(
    body.error,
    'The body is not a JSON object. Send one like {"advance": "PT1H"}.',
  );
}

async function clockOf(controls: Controls) {
  const next = await controls.nextEventAt();
  return { ok: true, now: controls.now().toISO(), nextEventAt: next?.toUTC().toISO() ?? null };
}

/** `to` and `advance` let everything happen that is due on the way; `now` jumps over it. */
async function moveClock(controls: Controls, body: Record<string, unknown>): Promise<void> {
  const [name, ...others] = Object.keys(body);
  const value = name === undefined ? undefined : body[name];
  if (
    others.length > 0 ||
    typeof value !== 'string' ||
    !['advance', 'to', 'now'].includes(name ?? '')
  ) {
    throw new SandboxError(
      'bad_clock',
      'Send one of {"advance": "PT1H"}, {"to": "2026-03-09T09:00:00Z"} and {"now": "2026-03-09T09:00:00Z"}.',
    );
  }
  if (name === 'advance') {
    const duration = Duration.fromISO(value);
    if (!duration.isValid) {
      throw new SandboxError('bad_clock', `"${value}" is not a duration like PT8H or P1D.`);
    }
    return controls.advanceTo(controls.now().plus(duration));
  }
  const at = DateTime.fromISO(value, { setZone: true });
  if (!at.isValid) {
    throw new SandboxError('bad_clock', `"${value}" is not a time like 2026-03-09T09:00:00-05:00.`);
  }
  if (name === 'now') return controls.jumpTo(at);
  return controls.advanceTo(at);
}

function applyFault(controls: Controls, body: Record<string, unknown>): void {
  const { disconnect, revoke } = body;
  if (disconnect !== undefined) {
    const how = DISCONNECTS.find((one) => one === disconnect);
    if (!how) {
      throw new SandboxError('bad_fault', `"disconnect" is one of: ${DISCONNECTS.join(', ')}.`);
    }
    return controls.disconnect(how);
  }
  if (revoke !== undefined) {
    const named = typeof revoke === 'object' && revoke !== null ? revoke : {};
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    const { team, app } = named as { team?: unknown; app?: unknown };
    return controls.revokeToken({ team: text(team), app: text(app) });
  }
  const parsed = faultSchema.safeParse(body);
  if (!parsed.success) {
    throw new SandboxError(
      'bad_fault',
      'Send {"method", "times", "reply": {status | error | retryAfter | reset | delayMs | acceptThenReset}}, {"delivery", "times", "fault": {twice | loseAck | delayAckMs}}, {"disconnect"} or {"revoke": {"team"}}.',
    );
  }
  controls.addFault(body as Fault);
}
