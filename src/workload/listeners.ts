import type { App } from '@slack/bolt';
import { z } from 'zod';
import { buildPairChoice, choosePair } from '../charter/index.ts';
import { DelegationValue, LOG_TIME } from '../delegations/index.ts';
import type { Deps } from '../deps.ts';
import { context, mrkdwn, section } from '../slack/blocks.ts';
import type { Caller } from '../slack/caller.ts';
import { onCommand, onPress, onSubmit } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { formatMinutes } from '../time/minutes.ts';
import { ANSWERS } from './domain/question.ts';
import { chooseRollOver, logTime, prepareLog, prepareLogOf, removeTime } from './flows/log.ts';
import { prepareWorkload } from './flows/prepare.ts';
import { answerQuestion } from './flows/question.ts';
import { buildLogModal, LOG_MODAL, parseLogModal } from './views/log.ts';
import { ANSWER, AnswerValue } from './views/messages.ts';
import * as page from './views/page.ts';

export const START = 'workload.start';

const TITLE = 'Workload';

export function registerWorkloadListeners(app: App, deps: Deps): void {
  const build = async (caller: Caller, pairId: string) =>
    page.buildWorkloadModal(await prepareWorkload(deps, caller, { pairId }));
  const buildFirst = async (caller: Caller, channelId: string | null) => {
    const chosen = await choosePair(deps, caller, { channelId, to: 'workload.read' });
    if ('pairId' in chosen) return await build(caller, chosen.pairId);
    return buildPairChoice({ title: TITLE, actionId: page.OPEN_WORKLOAD, pairs: chosen.choices });
  };

  onCommand(app, '/ea-workload', async ({ caller, text, channelId, client, triggerId, answer }) => {
    if (text !== '')
      return await answer({
        text: USAGE,
        blocks: [section(mrkdwn(USAGE)), context('`/ea help` lists everything else.')],
      });
    await openModal({
      client,
      triggerId,
      title: TITLE,
      build: async () => buildFirst(caller, channelId),
    });
  });

  onPress(app, {
    actionId: START,
    value: z.object({}),
    handle: async ({ caller, client, triggerId }) =>
      openModal({ client, triggerId, title: TITLE, build: async () => buildFirst(caller, null) }),
  });

  onPress(app, {
    actionId: page.OPEN_WORKLOAD,
    value: page.PairValue,
    handle: async ({ caller, value, client, triggerId, viewId }) => {
      const { pairId } = value;
      if (viewId) await client.views.update({ view_id: viewId, view: await build(caller, pairId) });
      else
        await openModal({
          client,
          triggerId,
          title: TITLE,
          build: async () => build(caller, pairId),
        });
    },
  });

  onPress(app, {
    actionId: page.LOG_TIME,
    value: page.PairValue,
    handle: async ({ caller, value, client, viewId }) => {
      const view = buildLogModal(await prepareLog(deps, caller, value.pairId));
      if (viewId) await client.views.update({ view_id: viewId, view });
    },
  });

  onPress(app, {
    actionId: LOG_TIME,
    value: DelegationValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const view = buildLogModal(await prepareLogOf(deps, caller, value.id));
      await client.views.push({ trigger_id: triggerId, view });
    },
  });

  onSubmit(app, {
    callbackId: LOG_MODAL,
    log: deps.log,
    parse: parseLogModal,
    handle: async ({ caller, value }) => {
      const { id: entryId, minutes } = await logTime(deps, { caller, ...value });
      const { pairId } = value.carried;
      const logged = { entryId, text: `Logged: ${formatMinutes(minutes)}.` };
      return {
        next: page.buildWorkloadModal(await prepareWorkload(deps, caller, { pairId, logged })),
      };
    },
  });

  onPress(app, {
    actionId: page.REMOVE_TIME,
    value: page.EntryValue,
    handle: async ({ caller, value, client, viewId }) => {
      await removeTime(deps, { caller, ...value });
      const view = await build(caller, value.pairId);
      if (viewId) await client.views.update({ view_id: viewId, view });
    },
  });

  for (const [actionId, rollsOver] of [
    [page.ROLL_OVER, true],
    [page.END_WITH_MONTH, false],
  ] as const) {
    onPress(app, {
      actionId,
      value: page.PairValue,
      handle: async ({ caller, value, client, viewId }) => {
        await chooseRollOver(deps, { caller, pairId: value.pairId, rollsOver });
        const view = await build(caller, value.pairId);
        if (viewId) await client.views.update({ view_id: viewId, view });
      },
    });
  }

  for (const answer of ANSWERS) {
    onPress(app, {
      actionId: `${ANSWER}.${answer}`,
      value: AnswerValue,
      handle: async ({ caller, value }) => answerQuestion(deps, { caller, ...value, answer }),
    });
  }
}

const USAGE =
  '`/ea-workload` compares what is due in the next seven days with the working time, and shows the hours of the month.';
