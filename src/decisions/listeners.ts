import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { type CommandCall, onCommand, onPress, onSubmit, type Press } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { unescapeText } from '../slack/text.ts';
import { buildUsage } from '../slack/usage.ts';
import { readDecisionMark } from './domain/decision.ts';
import { askDecision, isOnlyExecutive, prepareQuestion } from './flows/ask.ts';
import * as change from './flows/change.ts';
import { prepareMore } from './flows/dialogs.ts';
import { prepareFirstPage, prepareOne, preparePage, preparePageOf } from './flows/list.ts';
import * as dialogs from './views/dialogs.ts';
import { ASK_MODAL, buildAskModal, OPEN_FORM, parseAskModal } from './views/form.ts';
import * as item from './views/item.ts';
import { buildListModal, buildOneModal, ListValue, OPEN_LIST, SHOW_LIST } from './views/list.ts';

export function registerDecisionListeners(app: App, deps: Deps): void {
  const { log } = deps;
  const value = item.DecisionValue;

  onCommand(app, '/ea-decide', async (call) => {
    const number = readDecisionMark(call.text);
    if (call.text === 'help') await call.answer(buildUsage({ ...dialogs.USAGE, typed: call.text }));
    else if (number !== null) await openOne(deps, { ...call, number });
    else await openFor(deps, call);
  });

  for (const [actionId, text] of [
    [OPEN_FORM, ''],
    [OPEN_LIST, 'list'],
  ] as const) {
    onPress(app, {
      actionId,
      value: z.object({}),
      handle: async (press) => openFor(deps, { ...press, text, channelId: '' }),
    });
  }

  onSubmit(app, {
    callbackId: ASK_MODAL,
    log,
    parse: parseAskModal,
    handle: async ({ caller, value: fields }) => {
      const { decision, pair, seenAt, isSeen } = await askDecision(deps, { caller, fields });
      const executiveName = pair.executive.name;
      const zones: [string, string] = [pair.ea.zone, pair.executive.zone];
      return { next: dialogs.buildAsked({ decision, executiveName, zones, seenAt, isSeen }) };
    },
  });

  for (const choice of item.CHOICES) {
    onPress(app, {
      actionId: `${item.ANSWER}.${choice}`,
      value,
      handle: async (press) => {
        const { caller, value: ref } = press;
        await change.answerDecision(deps, { caller, ref, choice });
        await showList(deps, press);
      },
    });
  }

  for (const [actionId, act] of [
    [item.TAKE_BACK, change.takeBackAnswer],
    [item.ACT, change.actOnDecision],
    [item.WITHDRAW, change.withdrawDecision],
  ] as const) {
    onPress(app, {
      actionId,
      value,
      handle: async (press) => {
        await act(deps, { caller: press.caller, ref: press.value });
        await showList(deps, press);
      },
    });
  }

  for (const [actionId, purpose] of [
    [item.ASK_MORE, 'more'],
    [item.ADD_MORE, 'added'],
  ] as const) {
    onPress(app, {
      actionId,
      value,
      handle: async ({ caller, value: ref, client, triggerId, viewId }) => {
        const build = async () =>
          dialogs.buildMoreModal(await prepareMore(deps, { caller, ref, purpose }));
        if (viewId) await client.views.update({ view_id: viewId, view: await build() });
        else await openModal({ client, triggerId, title: 'Decision', build });
      },
    });
  }

  onSubmit(app, {
    callbackId: dialogs.MORE_MODAL,
    log,
    parse: dialogs.parseMoreModal,
    handle: async ({ caller, value: { ref, text: missing } }) => {
      await change.askMore(deps, { caller, ref, missing });
      return undefined;
    },
  });

  onSubmit(app, {
    callbackId: dialogs.ADDED_MODAL,
    log,
    parse: dialogs.parseMoreModal,
    handle: async ({ caller, value: { ref, text: added } }) => {
      await change.addMore(deps, { caller, ref, added });
      return undefined;
    },
  });

  for (const to of ['waiting', 'answered', 'pair-1', 'pair-2', 'pair-3', 'back', 'more']) {
    onPress(app, {
      actionId: `${SHOW_LIST}.${to}`,
      value: ListValue,
      handle: async ({ caller, value: place, client, triggerId, viewId }) => {
        const build = async () => buildListModal(await preparePage(deps, caller, place));
        if (viewId) await client.views.update({ view_id: viewId, view: await build() });
        else await openModal({ client, triggerId, title: 'Decisions', build });
      },
    });
  }
}

type Opening = Pick<CommandCall, 'caller' | 'client' | 'triggerId' | 'channelId' | 'text'>;

/** Opens the list, or the form with what was typed behind the command; who only answers always sees the list. */
async function openFor(deps: Deps, call: Opening): Promise<void> {
  const { caller, client, triggerId, channelId, text } = call;
  const isList = text === 'list' || (text === '' && (await isOnlyExecutive(deps, caller)));
  const build = async () =>
    isList
      ? buildListModal(await prepareFirstPage(deps, caller, channelId))
      : buildAskModal(
          await prepareQuestion(deps, caller, { channelId, question: unescapeText(text) }),
        );
  await openModal({ client, triggerId, title: isList ? 'Decisions' : 'Ask for a decision', build });
}

async function openOne(deps: Deps, call: Opening & { number: number }): Promise<void> {
  const { caller, client, triggerId } = call;
  const build = async () => buildOneModal(await prepareOne(deps, caller, call));
  await openModal({ client, triggerId, title: 'Decision', build });
}

/** Brings the list up to date when the button stands in it. */
async function showList(
  deps: Deps,
  press: Pick<Press<item.DecisionRef>, 'caller' | 'value' | 'client' | 'viewId'>,
): Promise<void> {
  const { caller, client, viewId } = press;
  const { decisionId, offset = 0 } = press.value;
  if (!viewId) return;
  const page = await preparePageOf(deps, caller, { decisionId, offset });
  await client.views.update({ view_id: viewId, view: buildListModal(page) });
}
