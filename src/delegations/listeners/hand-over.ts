import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { onCommand, onPress, onShortcut, onSubmit } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { fetchChannel } from '../../slack/people.ts';
import { prepareEdit, prepareNew } from '../flows/form.ts';
import { explainNoReactions } from '../flows/offer.ts';
import { saveDelegation } from '../flows/save.ts';
import { findSource } from '../flows/source.ts';
import { buildSaved, buildUsage } from '../views/answers.ts';
import { EDIT } from '../views/detail.ts';
import { parseDelegationModal } from '../views/fields.ts';
import { buildDelegationModal, DELEGATION_MODAL } from '../views/form.ts';
import { NEW } from '../views/list.ts';
import { DelegationValue } from '../views/values.ts';

const TITLE = 'Hand over work';

/** What opens the form, and what saves it. */
export function registerHandOverListeners(app: App, deps: Deps): void {
  onCommand(app, '/ea-delegate', async ({ caller, text, channelId, client, triggerId, answer }) => {
    if (/^help$/i.test(text)) {
      const missing = await explainNoReactions(deps, caller);
      return await answer(buildUsage({ missing }));
    }
    const build = async () =>
      buildDelegationModal(await prepareNew(deps, caller, { typed: text, channelId }));
    await openModal({ client, triggerId, title: TITLE, build });
  });

  onShortcut(app, 'delegations.message', async ({ caller, message, client, triggerId }) => {
    const { channelId } = message;
    const build = async () => {
      const { source, notice, typed } = await findSource(client, message);
      const form = await prepareNew(deps, caller, { typed, channelId, source, notice });
      return buildDelegationModal(form);
    };
    await openModal({ client, triggerId, title: TITLE, build });
  });

  onPress(app, {
    actionId: NEW,
    value: z.object({}),
    handle: async ({ caller, client, triggerId }) => {
      const build = async () =>
        buildDelegationModal(await prepareNew(deps, caller, { typed: '', channelId: null }));
      await openModal({ client, triggerId, title: TITLE, build });
    },
  });

  onPress(app, {
    actionId: EDIT,
    value: DelegationValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const view = buildDelegationModal(await prepareEdit(deps, caller, value.id));
      await client.views.push({ trigger_id: triggerId, view });
    },
  });

  onSubmit(app, {
    callbackId: DELEGATION_MODAL,
    log: deps.log,
    parse: parseDelegationModal,
    handle: async ({ caller, value, view, client }) => {
      const canLink = async (channelId: string) =>
        (await fetchChannel(client, channelId))?.isMember ?? false;
      const result = await saveDelegation(deps, { caller, ...value, viewId: view.id, canLink });
      const next = result.type === 'check' ? buildDelegationModal(result.form) : buildSaved(result);
      return { next };
    },
  });
}
