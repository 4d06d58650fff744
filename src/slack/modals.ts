import { randomUUID } from 'node:crypto';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { context, plain, section } from './blocks.ts';
import { slackErrorOf } from './errors.ts';
import { escapeText } from './text.ts';

/** A trigger lives 3 s: after this long a person sees that work is going on, and the form follows. */
const PATIENCE_MS = 1200;

const LOADING = 'tandem.loading';

function buildLoading(title: string, externalId: string): ModalView {
  return {
    type: 'modal',
    external_id: externalId,
    callback_id: LOADING,
    title: plain(title),
    close: plain('Close'),
    blocks: [section(plain('One moment…'))],
  };
}

/** A modal that shows what a message would. */
export function buildAnswer(
  title: string,
  answer: { text: string; blocks?: KnownBlock[] },
): ModalView {
  const blocks = answer.blocks ?? [section(plain(answer.text))];
  return { type: 'modal', title: plain(title), close: plain('Close'), blocks };
}

/** A modal that only says something. */
export function buildNotice(title: string, text: string, ...small: string[]): ModalView {
  return {
    type: 'modal',
    title: plain(title),
    close: plain('Close'),
    blocks: [section(plain(text)), ...(small.length > 0 ? [context(...small)] : [])],
  };
}

/**
 * Opens the modal that `build` makes, within the life of the trigger: when `build` is slow, a loading view stands
 * in until it is done. When `build` rejects, nothing stays open that would wait for ever.
 */
export async function openModal(o: {
  client: WebClient;
  triggerId: string;
  title: string;
  build: () => Promise<ModalView>;
}): Promise<void> {
  const building = o.build();
  const patience = Promise.withResolvers<null>();
  const timer = setTimeout(patience.resolve, PATIENCE_MS, null);
  const ready = await Promise.race([building, patience.promise]).finally(() => clearTimeout(timer));
  if (ready) {
    await o.client.views.open({ trigger_id: o.triggerId, view: ready });
    return;
  }
  // What is built may fail before Slack has answered; it is looked at below.
  building.catch(() => {});
  // Named by ourselves, since Slack's answer with its id can get lost.
  const externalId = randomUUID();
  const loading = buildLoading(o.title, externalId);
  await o.client.views.open({ trigger_id: o.triggerId, view: loading });
  const show = (view: ModalView) =>
    o.client.views.update({
      external_id: externalId,
      view: { ...view, external_id: externalId },
    });
  try {
    await show(await building);
  } catch (error) {
    await show(buildNotice(o.title, 'This could not be loaded. Please close it and try again.'));
    throw error;
  }
}

/**
 * Says something to somebody who pressed a button of a view: in place of a modal, or over Home, which stays as it is.
 * When it is too late to open something, it comes as a direct message.
 */
export async function answerInView(o: {
  client: Pick<WebClient, 'views' | 'chat'>;
  token?: string;
  view: { id: string; type: string };
  triggerId: string;
  userId: string;
  answer: { text: string; blocks?: KnownBlock[] };
}): Promise<void> {
  const { client, answer } = o;
  const as = o.token ? { token: o.token } : {};
  const view = buildAnswer('Tandem', answer);
  if (o.view.type === 'modal') {
    await client.views.update({ ...as, view_id: o.view.id, view });
    return;
  }
  try {
    await client.views.open({ ...as, trigger_id: o.triggerId, view });
  } catch (error) {
    if (!TOO_LATE.has(slackErrorOf(error) ?? '')) throw error;
    await client.chat.postMessage({ ...as, channel: o.userId, text: escapeText(answer.text) });
  }
}

const TOO_LATE = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);
