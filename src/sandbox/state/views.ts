import type { types } from '@slack/bolt';
import { ApiError } from '../errors.ts';
import { makeSecret } from '../ids.ts';
import { withIds } from './block-ids.ts';
import { controlsIn } from './controls.ts';
import type { Installation, OpenView, Team, Values } from './types.ts';
import { initialValue } from './values.ts';
import { personOf, type World } from './world.ts';

const MAX_MODALS = 3;

type ViewContent = types.ModalView | types.HomeView;

function makeHash(world: World): string {
  return `${Math.floor(world.clock.nowMs() / 1000)}.${makeSecret(4)}`;
}

/** Values of inputs after a view was shown again: what the person chose stays where ids and types agree. */
function valuesOf(view: ViewContent, before: Values): Values {
  const values: Values = {};
  for (const control of controlsIn(view.blocks)) {
    const kept = before[control.blockId]?.[control.actionId];
    const value = kept && kept.type === control.element.type ? kept : initialValue(control.element);
    if (!value) continue;
    values[control.blockId] = { ...values[control.blockId], [control.actionId]: value };
  }
  return values;
}

function makeView(
  world: World,
  o: { installation: Installation; userId: string; content: ViewContent; parent: OpenView | null },
): OpenView {
  const id = world.ids.next('V');
  const content = { ...o.content, blocks: withIds(world, o.content.blocks as types.KnownBlock[]) };
  return {
    id,
    hash: makeHash(world),
    appId: o.installation.appId,
    userId: o.userId,
    view: content,
    rootViewId: o.parent?.rootViewId ?? id,
    previousViewId: o.parent?.id ?? null,
    values: valuesOf(content, {}),
    errors: {},
    notice: null,
  };
}

function refuseTakenExternalId(
  team: Team,
  o: { content: ViewContent; appId: string; but?: OpenView },
) {
  const wanted = o.content.external_id;
  if (!wanted) return;
  for (const person of team.people.values()) {
    for (const open of [...person.modals, ...person.homes.values()]) {
      if (open !== o.but && open.appId === o.appId && open.view.external_id === wanted) {
        throw new ApiError('duplicate_external_id');
      }
    }
  }
}

/** Opens a modal in front of a person; other modals that were open are gone. */
export function openModal(
  world: World,
  o: { team: Team; installation: Installation; userId: string; content: types.ModalView },
): OpenView {
  refuseTakenExternalId(o.team, { content: o.content, appId: o.installation.appId });
  const open = makeView(world, { ...o, parent: null });
  personOf(o.team, o.userId).modals = [open];
  world.changed(o.team.id, 'modals');
  return open;
}

/** Puts a modal on top of the one in front; at most three are stacked. */
export function pushModal(
  world: World,
  o: { team: Team; installation: Installation; userId: string; content: types.ModalView },
): OpenView {
  const person = personOf(o.team, o.userId);
  if (person.modals.length >= MAX_MODALS) throw new ApiError('push_limit_reached');
  refuseTakenExternalId(o.team, { content: o.content, appId: o.installation.appId });
  const open = makeView(world, { ...o, parent: person.modals.at(-1) ?? null });
  person.modals.push(open);
  world.changed(o.team.id, 'modals');
  return open;
}

/** Shows other content in an open view. A hash that is not the newest is refused. */
export function updateView(
  world: World,
  o: { team: Team; open: OpenView; content: ViewContent; hash?: string },
): void {
  const { open, content } = o;
  if (o.hash !== undefined && o.hash !== open.hash) throw new ApiError('hash_conflict');
  refuseTakenExternalId(o.team, { content, appId: open.appId, but: open });
  open.view = { ...content, blocks: withIds(world, content.blocks as types.KnownBlock[]) };
  open.values = valuesOf(open.view, open.values);
  open.errors = {};
  open.notice = null;
  open.hash = makeHash(world);
  world.changed(o.team.id, 'modals');
}

/** Publishes somebody's Home tab. */
export function publishHome(
  world: World,
  o: {
    team: Team;
    installation: Installation;
    userId: string;
    content: types.HomeView;
    hash?: string;
  },
): OpenView {
  const homes = personOf(o.team, o.userId).homes;
  const existing = homes.get(o.installation.appId);
  if (existing) {
    updateView(world, { team: o.team, open: existing, content: o.content, hash: o.hash });
    return existing;
  }
  refuseTakenExternalId(o.team, { content: o.content, appId: o.installation.appId });
  const open = makeView(world, { ...o, parent: null });
  homes.set(o.installation.appId, open);
  world.changed(o.team.id, 'home');
  return open;
}

/** The open view that an app means by id or external id. */
export function findView(
  team: Team,
  o: { appId: string; viewId?: string; externalId?: string },
): OpenView | undefined {
  for (const person of team.people.values()) {
    for (const open of [...person.modals, ...person.homes.values()]) {
      if (open.appId !== o.appId) continue;
      if (o.viewId !== undefined ? open.id === o.viewId : open.view.external_id === o.externalId) {
        return open;
      }
    }
  }
  return undefined;
}
