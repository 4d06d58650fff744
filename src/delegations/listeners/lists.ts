import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { prepareExport } from '../../privacy/index.ts';
import { onCommand, onPress, type Press } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { prepareDetail } from '../flows/detail.ts';
import { prepareList, readListCommand, startOfList } from '../flows/list.ts';
import { explainNoReactions } from '../flows/offer.ts';
import { buildUsage } from '../views/answers.ts';
import { BACK, buildDetail } from '../views/detail.ts';
import {
  buildListModal,
  EntryValue,
  OPEN_ENTRY,
  OPEN_LIST,
  SHOW,
  SHOW_TAGS,
} from '../views/list.ts';
import { ListPlace } from '../views/values.ts';
import { openImport } from './imports.ts';

/** The list of `/ea-tasks`: filters, pages, and what opens one of it. */
export function registerListListeners(app: App, deps: Deps): void {
  onCommand(app, '/ea-tasks', async ({ caller, text, channelId, client, triggerId, answer }) => {
    const read = readListCommand(text);
    if (read.kind === 'help') {
      const missing = await explainNoReactions(deps, caller);
      return await answer(buildUsage({ typed: `/ea-tasks ${text}`, missing }));
    }
    if (read.kind === 'import')
      return await openImport(deps, { caller, channelId, client, triggerId });
    if (read.kind === 'export') {
      const title = 'Get a copy';
      const build = () => prepareExport(deps, caller, { kind: 'delegations', name: 'tasks' });
      return await openModal({ client, triggerId, title, build });
    }
    const build = async () => {
      const filter = read.kind === 'list' ? read.filter : 'mine';
      const place = await startOfList(deps, { caller, channelId, filter });
      if (read.kind === 'list') return buildListModal(await prepareList(deps, { caller, place }));
      const { number } = read;
      return buildDetail(await prepareDetail(deps, { caller, place, number }));
    };
    await openModal({ client, triggerId, title: 'Tasks', build });
  });

  onPress(app, {
    actionId: OPEN_LIST,
    value: ListPlace.partial(),
    handle: async ({ caller, value, client, triggerId }) => {
      const build = async () => {
        const start = await startOfList(deps, { caller, channelId: null, filter: 'mine' });
        return buildListModal(await prepareList(deps, { caller, place: { ...start, ...value } }));
      };
      await openModal({ client, triggerId, title: 'Tasks', build });
    },
  });

  for (const actionId of [BACK, ...SHOW_TAGS.map((tag) => `${SHOW}.${tag}`)]) {
    onPress(app, {
      actionId,
      value: ListPlace,
      handle: async (press) => showList(deps, press),
    });
  }

  onPress(app, {
    actionId: OPEN_ENTRY,
    value: EntryValue,
    handle: async ({ caller, value, client, viewId }) => {
      const { id, back } = value;
      const view = buildDetail(await prepareDetail(deps, { caller, id, back }));
      if (viewId) await client.views.update({ view_id: viewId, view });
    },
  });
}

async function showList(
  deps: Deps,
  press: Pick<Press<ListPlace>, 'caller' | 'value' | 'client' | 'viewId'>,
): Promise<void> {
  const { caller, value: place, client, viewId } = press;
  const view = buildListModal(await prepareList(deps, { caller, place }));
  if (viewId) await client.views.update({ view_id: viewId, view });
}
