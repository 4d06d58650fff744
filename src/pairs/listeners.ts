import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { onCommand, onPress, onSubmit } from '../slack/listen.ts';
import { buildNotice, openModal } from '../slack/modals.ts';
import { searchZones } from '../time/zone-search.ts';
import { acceptAgreement, type OnTermsInForce, proposeAgreement } from './flows/agree.ts';
import { prepareChange, prepareHours, prepareSetup } from './flows/prepare.ts';
import { ACCEPT, AgreementValue, PROPOSE_CHANGE } from './views/agreement.ts';
import { buildHoursModal, HOURS_MODAL, parseHoursModal, ZONE_FIELD } from './views/hours.ts';
import { buildPeopleModal, OPEN_SETUP, PEOPLE_MODAL, parsePeopleModal } from './views/people.ts';

export function registerPairListeners(app: App, deps: Deps, onTermsInForce: OnTermsInForce): void {
  onCommand(app, '/ea-setup', async ({ caller, channelId, client, triggerId }) => {
    const build = async () => buildPeopleModal(await prepareSetup(deps, caller, channelId));
    await openModal({ client, triggerId, title: 'Set up Tandem', build });
  });

  onPress(app, {
    actionId: OPEN_SETUP,
    value: z.object({}),
    handle: async ({ caller, client, triggerId }) => {
      const build = async () => buildPeopleModal(await prepareSetup(deps, caller, null));
      await openModal({ client, triggerId, title: 'Set up Tandem', build });
    },
  });

  onSubmit(app, {
    callbackId: PEOPLE_MODAL,
    log: deps.log,
    parse: parsePeopleModal,
    handle: async ({ caller, value: people, client }) => ({
      next: buildHoursModal(await prepareHours(deps, { caller, people, client })),
    }),
  });

  onSubmit(app, {
    callbackId: HOURS_MODAL,
    log: deps.log,
    parse: parseHoursModal,
    handle: async ({ caller, value, client }) => {
      await proposeAgreement(deps, { caller, client, ...value, onTermsInForce });
      const other =
        value.carried.role === 'executive' ? value.carried.eaName : value.carried.executiveName;
      return {
        next: buildNotice(
          'Proposed',
          `${other} now has the agreement in a direct message, to accept or to propose a change. You will be asked for your own check-in at the time you chose.`,
          'Start one at any time with `/ea-checkin`. `/ea help` lists what else there is.',
        ),
      };
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
    handle: async ({ caller, value }) =>
      acceptAgreement(deps, { caller, ...value, onTermsInForce }),
  });

  onPress(app, {
    actionId: PROPOSE_CHANGE,
    value: AgreementValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const build = async () => buildHoursModal(await prepareChange(deps, caller, value.pairId));
      await openModal({ client, triggerId, title: 'Working hours', build });
    },
  });
}
