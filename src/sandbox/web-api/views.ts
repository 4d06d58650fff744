import { ApiError } from '../errors.ts';
import { viewPayload } from '../payloads/views.ts';
import type { OpenView } from '../state/types.ts';
import { findView, openModal, publishHome, pushModal, updateView } from '../state/views.ts';
import { personOf } from '../state/world.ts';
import { needText, readNested, readText } from './arguments.ts';
import { readHome, readModal, readView } from './content.ts';
import { seeUser } from './lookup.ts';
import type { BotCall, MethodTable } from './method.ts';

function triggerOf(call: BotCall) {
  return call.world.triggers.check(needText(call.args, 'trigger_id'), {
    appId: call.app.id,
    teamId: call.team.id,
  });
}

function answer(call: BotCall, open: OpenView) {
  return { view: viewPayload(call.installation, open) };
}

function open(call: BotCall) {
  const content = readModal(readNested(call.args, 'view'));
  const trigger = triggerOf(call);
  const view = openModal(call.world, { ...call, userId: trigger.userId, content });
  call.world.triggers.use(trigger);
  return answer(call, view);
}

function push(call: BotCall) {
  const content = readModal(readNested(call.args, 'view'));
  const trigger = triggerOf(call);
  const { modals } = personOf(call.team, trigger.userId);
  // Only what a person did in an open modal may push another one on top of it.
  if (!trigger.viewId || !modals.some((view) => view.id === trigger.viewId)) {
    throw new ApiError('not_found');
  }
  const view = pushModal(call.world, { ...call, userId: trigger.userId, content });
  call.world.triggers.use(trigger);
  return answer(call, view);
}

function update(call: BotCall) {
  const { args, team } = call;
  const content = readView(readNested(args, 'view'));
  const viewId = readText(args, 'view_id');
  const externalId = readText(args, 'external_id');
  if ((viewId === undefined) === (externalId === undefined)) {
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] give exactly one of view_id and external_id'] },
    });
  }
  const view = findView(team, { appId: call.app.id, viewId, externalId });
  if (!view || view.view.type !== content.type) throw new ApiError('not_found');
  updateView(call.world, { team, open: view, content, hash: readText(args, 'hash') });
  return answer(call, view);
}

function publish(call: BotCall) {
  const { args } = call;
  if (call.app.manifest.features?.app_home?.home_tab_enabled !== true) {
    throw new ApiError('not_enabled');
  }
  const content = readHome(readNested(args, 'view'));
  const user = seeUser(call, needText(args, 'user_id'));
  if (user.isBot || user.deactivated) throw new ApiError('user_not_found');
  const view = publishHome(call.world, {
    ...call,
    userId: user.id,
    content,
    hash: readText(args, 'hash'),
  });
  return answer(call, view);
}

export const viewMethods: MethodTable = {
  'views.open': { token: 'bot', scopes: [], tier: 4, run: open },
  'views.push': { token: 'bot', scopes: [], tier: 4, run: push },
  'views.update': { token: 'bot', scopes: [], tier: 4, run: update },
  'views.publish': { token: 'bot', scopes: [], tier: 4, run: publish },
};
