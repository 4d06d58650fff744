import type { types } from '@slack/bolt';
import { ApiError } from '../errors.ts';
import {
  type LimitProblem,
  toSlackError,
  validateBlocks,
  validateMessage,
  validateView,
} from '../limits/index.ts';
import { type Arguments, readNested, readText } from './arguments.ts';

function refuse(problems: LimitProblem[]): void {
  if (problems.length === 0) return;
  const { error, response_metadata } = toSlackError(problems);
  throw new ApiError(error, { response_metadata });
}

export type MessageContent = {
  text: string | undefined;
  blocks: types.KnownBlock[] | undefined;
  attachments: types.MessageAttachment[] | undefined;
  metadata: types.MessageMetadata | null | undefined;
};

/** The content of a message, when Slack would take it. */
export function readMessage(args: Arguments): MessageContent {
  const text = readText(args, 'text');
  const blocks = readNested(args, 'blocks');
  const attachments = readNested(args, 'attachments');
  const metadata = readNested(args, 'metadata');
  const markdown = readText(args, 'markdown_text');
  refuse(validateMessage({ text, blocks, attachments, metadata, markdown_text: markdown }));
  // From here on the shapes are what the validator has seen.
  return {
    text,
    blocks: markdown
      ? [{ type: 'markdown', text: markdown }]
      : (blocks as types.KnownBlock[] | undefined),
    attachments: attachments as types.MessageAttachment[] | undefined,
    metadata: metadata as types.MessageMetadata | undefined,
  };
}

export function readModal(value: unknown): types.ModalView {
  const view = readView(value);
  if (view.type !== 'modal') {
    return refuseView('must be a modal [json-pointer:/view/type]');
  }
  return view;
}

export function readHome(value: unknown): types.HomeView {
  const view = readView(value);
  if (view.type !== 'home') return refuseView('must be a home view [json-pointer:/view/type]');
  return view;
}

export function readView(value: unknown): types.ModalView | types.HomeView {
  if (value === undefined) return refuseView('missing required field: view');
  refuse(validateView(value));
  return value as types.ModalView | types.HomeView;
}

function refuseView(message: string): never {
  throw new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] ${message}`] },
  });
}

/** Slack's answer to `blocks.validate`, from the same code that judges every call. */
export function judge(args: Arguments): void {
  const blocks = readNested(args, 'blocks');
  const view = readNested(args, 'view');
  const message = readNested(args, 'message');
  const given = [blocks, view, message].filter((part) => part !== undefined);
  if (given.length !== 1) refuseView('give exactly one of blocks, view and message');
  if (view !== undefined) refuse(validateView(view));
  if (blocks !== undefined) refuse(validateBlocks(blocks, 'message'));
  if (typeof message === 'object' && message !== null) refuse(validateMessage({ ...message }));
  else if (message !== undefined) refuseView('must be an object [json-pointer:/message]');
}
