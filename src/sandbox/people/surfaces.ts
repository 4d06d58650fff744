import { z } from 'zod';
import { SandboxError } from '../errors.ts';
import { renderMessage } from '../rendering/blocks.ts';
import type { Reader } from '../rendering/text.ts';
import { channelLabel, findChannel } from '../state/channels.ts';
import type { Block, Channel, Message, OpenView } from '../state/types.ts';
import { personOf, type World } from '../state/world.ts';
import type { Actor } from './stage.ts';

/** Where something that a person can use stands. */
export type Surface =
  | { kind: 'modal'; open: OpenView }
  | { kind: 'home'; open: OpenView }
  | { kind: 'message'; channel: Channel; message: Message };

/** Narrows where a person looks. A string is a channel. */
export const whereSchema = z.union([
  z.string().min(1),
  z.strictObject({
    channel: z.string().optional(),
    ts: z.string().optional(),
    /** Part of what the message says. */
    text: z.string().optional(),
    home: z.boolean().optional(),
    block: z.string().optional(),
    action: z.string().optional(),
  }),
]);

export type Where = z.infer<typeof whereSchema>;
export type Place = Exclude<Where, string>;

export function placeOf(where: Where | undefined): Place {
  return typeof where === 'string' ? { channel: where } : (where ?? {});
}

export function readerOf(world: World, actor: Actor): Reader {
  return { team: actor.team, zone: actor.user.zone ?? 'UTC', nowMs: world.clock.nowMs() };
}

export function blocksOf(surface: Surface): readonly Block[] {
  if (surface.kind !== 'message') return surface.open.view.blocks as Block[];
  const attached = surface.message.attachments.flatMap((one) => (one.blocks ?? []) as Block[]);
  return [...surface.message.blocks, ...attached];
}

/** Messages that the person sees, newest first. */
export function visibleMessages(
  world: World,
  actor: Actor,
  place: Place = {},
): { channel: Channel; message: Message }[] {
  const { team, user } = actor;
  const channels = place.channel
    ? [findChannel(world, { team, user, wanted: place.channel })]
    : [...team.channels.values()].filter((channel) => channel.members.has(user.id));
  const wanted = place.text;
  const reader = readerOf(world, actor);
  return channels
    .flatMap((channel) => channel.messages.map((message) => ({ channel, message })))
    .filter(
      ({ message }) =>
        (message.ephemeralTo === null || message.ephemeralTo === user.id) &&
        (place.ts === undefined || message.ts === place.ts) &&
        (wanted === undefined || renderMessage(message, reader).join('\n').includes(wanted)),
    )
    .sort((a, b) => b.message.sequence - a.message.sequence);
}

/** Messages that the person sees and that are newer than this number in sequence, oldest first. */
export function messagesSince(
  { team, user }: Actor,
  sequence: number,
): { channel: Channel; message: Message }[] {
  return [...team.channels.values()]
    .filter((channel) => channel.members.has(user.id))
    .flatMap((channel) => {
      const first = channel.messages.findLastIndex((message) => message.sequence <= sequence) + 1;
      return channel.messages.slice(first).map((message) => ({ channel, message }));
    })
    .filter(({ message }) => message.ephemeralTo === null || message.ephemeralTo === user.id)
    .sort((a, b) => a.message.sequence - b.message.sequence);
}

/** What the person may use now, what is in front first: a modal hides everything else. */
export function surfacesOf(world: World, actor: Actor, place: Place): Surface[] {
  const person = personOf(actor.team, actor.user.id);
  const messages = () =>
    visibleMessages(world, actor, place).map((one): Surface => ({ kind: 'message', ...one }));
  const homes = [...person.homes.values()].map((open): Surface => ({ kind: 'home', open }));
  if (place.home) return homes;
  if (place.channel || place.ts || place.text) return messages();
  const front = person.modals.at(-1);
  if (front) return [{ kind: 'modal', open: front }];
  const inFront = homes.filter(
    (surface) => surface.kind === 'home' && surface.open.appId === person.homeInFront,
  );
  return [...inFront, ...messages()];
}

/** The one message that the person means. */
export function findMessageFor(
  world: World,
  actor: Actor,
  where: Where | undefined,
): { channel: Channel; message: Message } {
  const place = placeOf(where);
  const found = visibleMessages(world, actor, place)[0];
  if (found) return found;
  const seen = visibleMessages(world, actor, place.channel ? { channel: place.channel } : {})
    .slice(0, 8)
    .map(({ channel, message }) => {
      const text = renderMessage(message, readerOf(world, actor)).join(' ').slice(0, 60);
      return `${channelLabel(actor.team, channel, actor.user.id)} "${text}"`;
    });
  throw new SandboxError(
    'no_such_message',
    `${actor.user.displayName} sees no such message. The newest are: ${seen.join('; ') || 'none'}.`,
    404,
  );
}

export function describeSurface(actor: Actor, surface: Surface): string {
  if (surface.kind === 'home') return 'the Home tab';
  if (surface.kind === 'modal') {
    return surface.open.view.type === 'modal'
      ? `the modal "${surface.open.view.title.text}"`
      : 'a view';
  }
  return `a message in ${channelLabel(actor.team, surface.channel, actor.user.id)}`;
}
