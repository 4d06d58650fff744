import type { Action, ActResult, State } from '../../index.ts';

export type ClockState = { now: string; nextEventAt: string | null };
export type ClockMove = { advance: string } | { to: string };

/** The sandbox refused; the message is its sentence for whoever sits in front of the page. */
export class RefusedError extends Error {}

/** What everybody sees now. */
export function getState(): Promise<State> {
  return request('state');
}

export function getClock(): Promise<ClockState> {
  return request('clock');
}

/** Moves the clock and answers when all that was due has happened. */
export function moveClock(move: ClockMove): Promise<ClockState> {
  return request('clock', move);
}

/** Does what a person does. */
export function sendAction(action: Action): Promise<ActResult> {
  return request('act', action);
}

async function request<T>(name: string, body?: unknown): Promise<T> {
  const response = await fetch(`/_sandbox/${name}`, body === undefined ? {} : post(body)).catch(
    () => null,
  );
  if (!response) throw new RefusedError('The sandbox does not answer. Is it still running?');
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  throw new RefusedError(sentenceOf(answer) ?? `The sandbox answered ${response.status}.`);
}

function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

function sentenceOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('message' in answer)) return null;
  return typeof answer.message === 'string' ? answer.message : null;
}
