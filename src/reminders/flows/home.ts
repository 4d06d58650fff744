import type { Deps } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { nextTimes } from '../domain/preview.ts';
import { isForSelf } from '../domain/reminder.ts';
import { buildAsked, buildMore, buildNext } from '../views/home.ts';
import { KIND } from './save.ts';

/** Reminders to come that Home names. */
const SHOWN = 3;

/** What Home shows of somebody's reminders: those that wait for an answer, and the next ones. */
export async function prepareHome(deps: Deps, viewer: HomeViewer): Promise<HomeSection[]> {
  const { workspaceId, userId } = viewer;
  const of = { workspaceId, userId, kind: KIND };
  const asked = await deps.routines.listAsked(of);
  const coming = await deps.routines.listComing(of);
  if (asked.length === 0 && coming.length === 0) return [];
  const calendar = await deps.reminders.calendarOf({ workspaceId, userId });
  const { zone } = calendar;
  const sections: HomeSection[] = [];
  for (const { subject, occurrence } of asked) {
    const reminder = await deps.reminders.find({ workspaceId, id: subject });
    if (!reminder || reminder.deletedAt) continue;
    const { dueOn, state, nextStepAt } = occurrence;
    sections.push(
      buildAsked({
        reminder,
        dueOn,
        zone,
        state:
          state === 'snoozed' && nextStepAt
            ? { type: 'snoozed', until: nextStepAt }
            : { type: 'open', isRepeat: false },
      }),
    );
  }
  const now = deps.now();
  for (const { subject, pairId } of coming.slice(0, SHOWN)) {
    const reminder = await deps.reminders.find({ workspaceId, id: subject });
    if (!reminder) continue;
    const urgent =
      reminder.urgent &&
      (isForSelf(reminder) ||
        (await deps.reminders.acceptsUrgent({ workspaceId, pairId, userId })));
    const [next] = nextTimes({ ...reminder, urgent }, { calendar, now, count: 1 });
    if (next) sections.push(buildNext({ reminder, at: next.heldUntil ?? next.at, zone }));
  }
  const more = coming.length - SHOWN;
  return more > 0 ? [...sections, buildMore(more)] : sections;
}
