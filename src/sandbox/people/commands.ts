import { ApiError, SandboxError } from '../errors.ts';
import {
  globalShortcutPayload,
  messageShortcutPayload,
  type Origin,
  slashCommandPayload,
} from '../payloads/interactions.ts';
import { findChannel, nextTs, openDirectMessages } from '../state/channels.ts';
import { escapeTyped } from '../state/rich-text.ts';
import type { Channel } from '../state/types.ts';
import { postResponse } from '../web-api/response.ts';
import { type Actor, deliver, originOf, report, type Stage, showError } from './stage.ts';
import { findMessageFor, type Where } from './surfaces.ts';
import type { Outcome } from './use.ts';

function origins(stage: Stage, actor: Actor): Origin[] {
  return [...stage.world.apps.values()].flatMap((app) => originOf(actor, app) ?? []);
}

/** Sends a slash command from a channel; without one from the messages with the app. */
export async function runCommand(
  stage: Stage,
  actor: Actor,
  o: { text: string; in?: string },
): Promise<Outcome> {
  const [, command = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(o.text.trim()) ?? [];
  const known = origins(stage, actor).flatMap((origin) =>
    (origin.app.manifest.features?.slash_commands ?? []).map((definition) => ({
      origin,
      definition,
    })),
  );
  const found = known.find(({ definition }) => definition.command === command);
  if (!found) {
    const names = known.map(({ definition }) => definition.command).join(', ');
    throw new SandboxError(
      'unknown_command',
      `"${command || o.text}" is not a command. There are: ${names || 'none'}.`,
      404,
    );
  }
  const { origin, definition } = found;
  const { team, user } = actor;
  const channel = o.in
    ? findChannel(stage.world, { team, user, wanted: o.in })
    : openDirectMessages(stage.world, team, [origin.installation.botUserId, user.id]);
  if (!channel.members.has(user.id)) {
    throw new SandboxError('not_a_member', `${user.displayName} is not in #${channel.name}.`, 409);
  }
  const place = {
    appId: origin.app.id,
    teamId: team.id,
    userId: user.id,
    channelId: channel.id,
    messageTs: null,
    threadTs: null,
  };
  const payload = slashCommandPayload(origin, {
    command,
    // Whether Slack escapes the text of commands is not written down; escaped is the stricter reading.
    text: escapeTyped(team, rest.trim(), { references: definition.should_escape ?? false }),
    channel,
    triggerId: stage.world.triggers.give(place),
    responseUrl: stage.world.responseUrls.give(place),
  });
  const answer = await deliver(stage, {
    origin,
    payload: { type: 'slash_commands', payload },
    about: command,
  });
  if (!answer.ok) return { acknowledged: false, note: answer.error };
  if (answer.response === undefined) return { acknowledged: true };
  return showResponse(stage, { actor, origin, command, place, response: answer.response });
}

function showResponse(
  stage: Stage,
  o: {
    actor: Actor;
    origin: Origin;
    command: string;
    place: Parameters<typeof postResponse>[1]['url'];
    response: unknown;
  },
): Outcome {
  const args =
    typeof o.response === 'string'
      ? { text: o.response }
      : typeof o.response === 'object'
        ? { ...o.response }
        : {};
  try {
    postResponse(stage.world, { url: o.place, installation: o.origin.installation, args });
    return { acknowledged: true };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const details = error.details.response_metadata?.messages ?? [];
    const message = [error.error, ...details].join(' ');
    report(stage, o.origin, { about: `the answer to ${o.command}`, message });
    showError(stage, o.actor, `${o.command} failed with the error "invalid_command_response"`);
    return { acknowledged: true, note: message };
  }
}

/** Uses a shortcut by its name; one for messages needs the message. */
export async function runShortcut(
  stage: Stage,
  actor: Actor,
  o: { name: string; on?: Where },
): Promise<Outcome> {
  const known = origins(stage, actor).flatMap((origin) =>
    (origin.app.manifest.features?.shortcuts ?? []).map((definition) => ({ origin, definition })),
  );
  const type = o.on === undefined ? 'global' : 'message';
  const found = known.find(
    ({ definition }) => definition.name === o.name && definition.type === type,
  );
  if (!found) {
    const names = known
      .map(({ definition }) => `"${definition.name}" (${definition.type})`)
      .join(', ');
    throw new SandboxError(
      'unknown_shortcut',
      `There is no ${type} shortcut "${o.name}". There are: ${names || 'none'}.`,
      404,
    );
  }
  const { origin, definition } = found;
  const place = { appId: origin.app.id, teamId: actor.team.id, userId: actor.user.id };
  const triggerId = stage.world.triggers.give(place);
  const callbackId = definition.callback_id;
  const target = o.on === undefined ? null : findMessageFor(stage.world, actor, o.on);
  const payload = target
    ? messageShortcutPayload(origin, {
        callbackId,
        triggerId,
        actionTs: nextTs(stage.world, target.channel),
        ...target,
        responseUrl: stage.world.responseUrls.give({
          ...place,
          channelId: target.channel.id,
          messageTs: target.message.ts,
          threadTs: target.message.threadTs,
        }),
      })
    : globalShortcutPayload(origin, {
        callbackId,
        triggerId,
        actionTs: nextTs(stage.world, anyChannel(actor)),
      });
  const answer = await deliver(stage, {
    origin,
    payload: { type: 'interactive', payload },
    about: `"${definition.name}"`,
  });
  if (answer.ok && answer.response !== undefined) {
    report(stage, origin, {
      about: `the shortcut "${definition.name}"`,
      message: 'the acknowledgement of a shortcut takes no content',
    });
  }
  return answer.ok ? { acknowledged: true } : { acknowledged: false, note: answer.error };
}

function anyChannel(actor: Actor): Channel {
  const channel = [...actor.team.channels.values()][0];
  if (!channel) throw new SandboxError('no_channel', 'The workspace has no channels.', 409);
  return channel;
}
