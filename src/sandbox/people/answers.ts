import type { types, ViewStateSelectedOption } from '@slack/bolt';
import { z } from 'zod';
import { SandboxError } from '../errors.ts';
import { openFilePayload } from '../payloads/messages.ts';
import { renderTextObject } from '../rendering/text.ts';
import { findChannel } from '../state/channels.ts';
import { type Control, optionsOf } from '../state/controls.ts';
import { addPersonsFile } from '../state/files.ts';
import type { Value } from '../state/types.ts';
import { findUser, type World } from '../state/world.ts';
import { isSameLabel } from './labels.ts';
import type { Actor } from './stage.ts';
import { readerOf } from './surfaces.ts';

const givenFile = z.strictObject({ name: z.string().min(1), base64: z.base64() });

/** What a person enters: text, an option's text, a name, several of them, a file, or nothing (null). */
export const answerSchema = z.union([
  z.strictObject({ file: givenFile }),
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.null(),
]);

export type PersonAnswer = z.infer<typeof answerSchema>;

type Context = {
  world: World;
  actor: Actor;
  label: string;
  /** Asks the app for the options of an external menu, as typing in it does. */
  suggest: (typed: string) => Promise<types.Option[]>;
};

/** The value that an element holds after this answer; an error that says what may be given. */
export async function valueFrom(
  control: Control,
  answer: PersonAnswer,
  context: Context,
): Promise<Value> {
  const { element } = control;
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: answer === null || answer === '' ? null : one(answer, context) };
    case 'rich_text_input':
      return answer === null ? { type } : { type, rich_text_value: richText(one(answer, context)) };
    case 'datepicker':
      return { type, selected_date: matching(answer, DATE, context) };
    case 'timepicker':
      return { type, selected_time: matching(answer, TIME, context) };
    case 'datetimepicker': {
      const seconds = answer === null ? null : Math.floor(Date.parse(one(answer, context)) / 1000);
      if (seconds !== null && Number.isNaN(seconds)) refuse(context, 'an ISO date and time');
      return { type, selected_date_time: seconds };
    }
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
      return {
        type,
        selected_option:
          answer === null ? null : await option(control, one(answer, context), context),
      };
    case 'multi_static_select':
    case 'checkboxes':
    case 'multi_external_select': {
      const chosen: ViewStateSelectedOption[] = [];
      for (const wanted of many(answer)) chosen.push(await option(control, wanted, context));
      return { type, selected_options: chosen };
    }
    case 'users_select':
      return {
        type,
        selected_user: answer === null ? null : userId(one(answer, context), context),
      };
    case 'multi_users_select':
      return { type, selected_users: many(answer).map((name) => userId(name, context)) };
    case 'conversations_select':
      return {
        type,
        selected_conversation: answer === null ? null : channelId(one(answer, context), context),
      };
    case 'multi_conversations_select':
      return { type, selected_conversations: many(answer).map((name) => channelId(name, context)) };
    case 'channels_select':
      return {
        type,
        selected_channel: answer === null ? null : publicChannelId(one(answer, context), context),
      };
    case 'multi_channels_select':
      return {
        type,
        selected_channels: many(answer).map((name) => publicChannelId(name, context)),
      };
    case 'file_input': {
      if (answer === null) return { type, files: [] };
      if (typeof answer !== 'object' || Array.isArray(answer)) return refuse(context, 'a file');
      return { type, files: [giveFile(context, element, answer.file)] };
    }
    case 'button':
    case 'workflow_button':
    case 'icon_button':
    case 'feedback_buttons':
    case 'overflow':
      return refuse(context, 'something else: this cannot be filled in');
  }
}

function refuse(context: Context, expected: string): never {
  throw new SandboxError('bad_answer', `"${context.label}" takes ${expected}.`);
}

function one(answer: Exclude<PersonAnswer, null>, context: Context): string {
  if (Array.isArray(answer)) return refuse(context, 'one answer, not several');
  if (typeof answer === 'object') return refuse(context, 'an answer in words, not a file');
  return String(answer);
}

function many(answer: PersonAnswer): string[] {
  if (answer === null) return [];
  if (Array.isArray(answer)) return answer;
  return typeof answer === 'object' ? [] : [String(answer)];
}

/** Uploads what the person chose, as Slack's client does before the form is submitted. */
function giveFile(
  context: Context,
  element: types.FileInput,
  given: z.infer<typeof givenFile>,
): ReturnType<typeof openFilePayload> {
  const allowed = element.filetypes ?? [];
  const extension = given.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (allowed.length > 0 && !allowed.includes(extension))
    refuse(context, `files of these types: ${allowed.join(', ')}`);
  const { world, actor } = context;
  const file = addPersonsFile(world, {
    ...actor,
    name: given.name,
    bytes: Buffer.from(given.base64, 'base64'),
  });
  return openFilePayload(world.baseUrl, actor.team, file);
}

type Form = { pattern: RegExp; example: string };

const DATE: Form = { pattern: /^\d{4}-\d{2}-\d{2}$/, example: 'a date like 2026-03-09' };
const TIME: Form = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, example: 'a time like 09:00' };

function matching(answer: PersonAnswer, form: Form, context: Context): string | null {
  if (answer === null) return null;
  const text = one(answer, context);
  return form.pattern.test(text) ? text : refuse(context, form.example);
}

async function option(
  control: Control,
  wanted: string,
  context: Context,
): Promise<ViewStateSelectedOption> {
  const { element } = control;
  const isExternal = element.type === 'external_select' || element.type === 'multi_external_select';
  const options = isExternal ? await context.suggest(wanted) : optionsOf(element);
  const reader = readerOf(context.world, context.actor);
  const textOf = (each: types.Option) => renderTextObject(each.text, reader);
  const exact = options.filter((each) => each.text.text === wanted || textOf(each) === wanted);
  const found =
    exact.length > 0 ? exact : options.filter((each) => isSameLabel(textOf(each), wanted));
  if (found.length === 1 && found[0]) return found[0] as ViewStateSelectedOption;
  const known = options.map((each) => `"${textOf(each)}"`).join(', ') || 'nothing';
  throw new SandboxError(
    found.length > 1 ? 'ambiguous_option' : 'no_such_option',
    found.length > 1
      ? `"${context.label}" offers "${wanted}" ${found.length} times.`
      : `"${context.label}" does not offer "${wanted}". It offers: ${known}.`,
    found.length > 1 ? 409 : 404,
  );
}

function userId(name: string, context: Context): string {
  return findUser(context.actor.team, name).id;
}

function channelId(name: string, context: Context): string {
  const { team, user } = context.actor;
  return findChannel(context.world, { team, user, wanted: name }).id;
}

function publicChannelId(name: string, context: Context): string {
  const id = channelId(name, context);
  const isPublic = context.actor.team.channels.get(id)?.kind === 'public';
  return isPublic ? id : refuse(context, 'a public channel');
}

function richText(text: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}
