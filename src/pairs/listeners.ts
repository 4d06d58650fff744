import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { onCommand, onPress, onSubmit } from '../slack/listen.ts';
import { buildNotice, openModal } from '../slack/modals.ts';
import { searchZones } from '../time/zone-search.ts';
import { noteAccount } from './flows/account.ts';
import { acceptAgreement, type OnTermsInForce, proposeAgreement } from './flows/agree.ts';
import { endPair, restorePair } from './flows/end.ts';
import { preparePairs } from './flows/overview.ts';
import { prepareBack, prepareChange, prepareHours, prepareSetup } from './flows/prepare.ts';
import { ACCEPT, AgreementValue, PROPOSE_CHANGE } from './views/agreement.ts';
import { readDraft, readTypedHours } from './views/draft.ts';
import { PairValue, RESTORE } from './views/ended.ts';
import {
  askAgain,
  BACK,
  buildHoursModal,
  HOURS_MODAL,
  parseHoursModal,
  readHoursCarried,
  ZONE_FIELD,
} from './views/hours.ts';
import { buildOverviewModal, OverviewValue } from './views/overview.ts';
import {
  buildPeopleModal,
  END,
  OPEN_SETUP,
  OVERVIEW,
  PEOPLE_MODAL,
  parsePeopleModal,
} from './views/people.ts';

export function registerPairListeners(app: App, deps: Deps, onTermsInForce: OnTermsInForce): void {
  onCommand(app, '/ea-setup', async ({ caller, channelId, client, triggerId }) => {
    const build = async () =>
      buildPeopleModal(await prepareSetup(deps, { caller, client, channelId }));
    await openModal({ client, triggerId, title: 'Set up Tandem', build });
  });

  onPress(app, {
    actionId: OPEN_SETUP,
    value: z.object({ pairId: z.string().optional() }),
    handle: async ({ caller, value, client, triggerId }) => {
      const build = async () =>
        buildPeopleModal(await prepareSetup(deps, { caller, client, ...value }));
      await openModal({ client, triggerId, title: 'Set up Tandem', build });
    },
  });

  onSubmit(app, {
    callbackId: PEOPLE_MODAL,
    log: deps.log,
    parse: parsePeopleModal,
    handle: async ({ caller, value: people, client, view }) => ({
      next: buildHoursModal(
        await prepareHours(deps, { caller, people, client, draft: readDraft(view) }),
      ),
    }),
  });

  onSubmit(app, {
    callbackId: HOURS_MODAL,
    log: deps.log,
    parse: parseHoursModal,
    handle: async ({ caller, value, client }) => {
      const question = askAgain(value);
      if (question) return { next: question };
      await proposeAgreement(deps, { caller, client, ...value, onTermsInForce });
      const other =
        value.carried.role === 'executive' ? value.carried.eaName : value.carried.executiveName;
      return {
        next: buildNotice(
          'Proposed',
          `${other} now has the agreement in a direct message, or in your channel where Slack lets me send none, to accept or to propose a change. You will be asked for your own check-in at the time you chose.`,
          'Start one at any time with `/ea-checkin`. `/ea help` lists what else there is.',
        ),
      };
    },
  });

  onPress(app, {
    actionId: BACK,
    value: z.object({}),
    handle: async ({ caller, client, viewId, view }) => {
      if (!viewId || !view) return;
      const typed = { carried: readHoursCarried(view), hours: readTypedHours(view) };
      const form = await prepareBack(deps, { caller, client, ...typed });
      await client.views.update({ view_id: viewId, view: buildPeopleModal(form) });
    },
  });

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', block_id: ZONE_FIELD },
    async ({ ack, payload }) => {
      const found = searchZones(payload.value, deps.now()).slice(0, 50);
      await ack({
        options: found.map(({ zone, label }) => ({
          text: { type: 'plain_text', text: label },
          value: zone,
        })),
      });
    },
  );

  onPress(app, {
    actionId: ACCEPT,
    value: AgreementValue,
    handle: async ({ caller, value, client }) =>
      acceptAgreement(deps, { caller, client, ...value, onTermsInForce }),
  });

  onPress(app, {
    actionId: PROPOSE_CHANGE,
    value: AgreementValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const build = async () => buildHoursModal(await prepareChange(deps, caller, value.pairId));
      await openModal({ client, triggerId, title: 'Propose a change', build });
    },
  });

  registerEndings(app, deps);
}

/** The end of pairs and of accounts, and what an admin sees. */
function registerEndings(app: App, deps: Deps): void {
  onPress(app, {
    actionId: END,
    value: PairValue,
    handle: async ({ caller, value, client, answer }) => {
      const { executive, ea } = await endPair(deps, { caller, client, ...value });
      const text = `The pair of ${executive.name} and ${ea.name} has ended. Both are told. You can take it back for 24 hours: see your direct messages with me.`;
      await answer({ text });
    },
  });

  onPress(app, {
    actionId: RESTORE,
    value: PairValue,
    handle: async ({ caller, value, client }) => restorePair(deps, { caller, client, ...value }),
  });

  onPress(app, {
    actionId: OVERVIEW,
    value: OverviewValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const view = buildOverviewModal(await preparePairs(deps, { caller, client, ...value }));
      await client.views.push({ trigger_id: triggerId, view });
    },
  });

  for (const direction of ['back', 'more']) {
    onPress(app, {
      actionId: `${OVERVIEW}.${direction}`,
      value: OverviewValue,
      handle: async ({ caller, value, client, viewId }) => {
        const view = buildOverviewModal(await preparePairs(deps, { caller, client, ...value }));
        if (viewId) await client.views.update({ view_id: viewId, view });
      },
    });
  }

  app.event('user_change', async ({ event, context }) => {
    const { teamId: workspaceId } = context;
    const { id: userId, deleted } = event.user;
    if (workspaceId)
      await noteAccount(deps, { workspaceId, userId, isDeactivated: deleted === true });
  });
}
