import type { Clock } from '../clock.ts';
import { ApiError } from '../errors.ts';
import type { Ids } from '../ids.ts';

export type Trigger = {
  id: string;
  appId: string;
  teamId: string;
  userId: string;
  /** The modal in which the person acted, if it was one. */
  viewId: string | null;
  givenAtRealMs: number;
  used: boolean;
};

export type Triggers = {
  give(o: { appId: string; teamId: string; userId: string; viewId?: string | null }): string;
  /** The trigger, when this app may still use it; Slack's error otherwise. Does not use it up. */
  check(id: string, by: { appId: string; teamId: string }): Trigger;
  use(trigger: Trigger): void;
};

/**
 * Triggers live three seconds of real time: a jump of the simulated clock while a modal is being
 * opened says nothing about how long the app took.
 */
export function createTriggers({
  clock,
  ids,
  lifeMs,
}: {
  clock: Clock;
  ids: Ids;
  /** Real milliseconds. */
  lifeMs: number;
}): Triggers {
  const triggers = new Map<string, Trigger>();
  return {
    give(o) {
      const id = `${ids.number()}.${clock.nowMs()}.${ids.next('t').toLowerCase()}`;
      triggers.set(id, {
        id,
        appId: o.appId,
        teamId: o.teamId,
        userId: o.userId,
        viewId: o.viewId ?? null,
        givenAtRealMs: clock.realMs(),
        used: false,
      });
      return id;
    },
    check(id, { appId, teamId }) {
      const trigger = triggers.get(id);
      if (!trigger || trigger.appId !== appId || trigger.teamId !== teamId) {
        throw new ApiError('invalid_trigger_id');
      }
      if (trigger.used) throw new ApiError('exchanged_trigger_id');
      if (clock.realMs() - trigger.givenAtRealMs >= lifeMs) {
        throw new ApiError('expired_trigger_id');
      }
      return trigger;
    },
    use(trigger) {
      trigger.used = true;
    },
  };
}
