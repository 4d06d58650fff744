import { attachment } from './attachment-rules.ts';
import { validateBlocks } from './blocks.ts';
import { type LimitProblem, problemsOf, type SlackErrorName } from './problem.ts';
import { type Finding, isObject, type JsonObject, step } from './rule.ts';
import { textLength } from './text-length.ts';
import { allBlocks, checkTogether } from './together.ts';

const TEXT_MAX = 40_000;
const TEXT_ADVISED = 4000;
/** Slack names no number; messages from about 12,000 characters up have been refused. */
const BLOCKS_TEXT_MAX = 12_000;
const MARKDOWN_TEXT_MAX = 12_000;
const ATTACHMENTS_MAX = 100;

/** The arguments of a call that posts or updates a message; others are not looked at. */
export type MessageArguments = {
  text?: unknown;
  blocks?: unknown;
  attachments?: unknown;
  markdown_text?: unknown;
  metadata?: unknown;
  [argument: string]: unknown;
};

export type LintWarning = { readonly pointer: string; readonly message: string };

const isEmpty = (list: unknown): boolean =>
  list === undefined || (Array.isArray(list) && list.length === 0);

function problem(error: SlackErrorName, finding: Finding): LimitProblem[] {
  return problemsOf([finding], error);
}

function checkText(args: MessageArguments): LimitProblem[] {
  const { text, markdown_text: markdown } = args;
  for (const [key, value] of Object.entries({ text, markdown_text: markdown })) {
    if (value !== undefined && typeof value !== 'string') {
      return problem('invalid_arguments', { pointer: `/${key}`, message: 'must provide a string' });
    }
  }
  if (!text && !markdown && isEmpty(args.blocks) && isEmpty(args.attachments)) {
    return problem('no_text', { pointer: '/text', message: 'no text provided' });
  }
  if (markdown && (text || !isEmpty(args.blocks))) {
    const message = 'must not be used with `text` or `blocks`';
    return problem('markdown_text_conflict', { pointer: '/markdown_text', message });
  }
  const tooLong = (pointer: string, max: number) =>
    problem('msg_too_long', { pointer, message: `must be less than ${max + 1} characters` });
  if (typeof text === 'string' && text.length > TEXT_MAX) return tooLong('/text', TEXT_MAX);
  if (typeof markdown === 'string' && markdown.length > MARKDOWN_TEXT_MAX) {
    return tooLong('/markdown_text', MARKDOWN_TEXT_MAX);
  }
  return [];
}

function checkAttachments(attachments: unknown): LimitProblem[] {
  if (attachments === undefined) return [];
  if (!Array.isArray(attachments)) {
    const finding = { pointer: '/attachments', message: 'must provide an array' };
    return problem('invalid_attachments', finding);
  }
  const items: readonly unknown[] = attachments;
  if (items.length > ATTACHMENTS_MAX) {
    const message = `no more than ${ATTACHMENTS_MAX} items allowed`;
    return problem('too_many_attachments', { pointer: '/attachments', message });
  }
  const findings: Finding[] = [];
  const list = { value: items, pointer: '/attachments', surface: 'message', findings } as const;
  items.forEach((value, key) => attachment(step(list, { key, value })));
  return problemsOf(findings, 'invalid_attachments');
}

/** The blocks of attachments, together with those of the message: ids are unique in both. */
function checkAttachedBlocks(args: MessageArguments): LimitProblem[] {
  if (!Array.isArray(args.attachments)) return [];
  const attachments: readonly unknown[] = args.attachments;
  const attached = attachments.flatMap((item, index) =>
    isObject(item) ? allBlocks(item.blocks, `/attachments/${index}/blocks`) : [],
  );
  const findings = checkTogether([...allBlocks(args.blocks, '/blocks'), ...attached]);
  const inAttachments = findings.filter(({ pointer }) => pointer.startsWith('/attachments/'));
  return problemsOf(inAttachments, 'invalid_attachments');
}

function checkLength(args: MessageArguments): LimitProblem[] {
  const length = textLength([args.blocks, args.attachments]);
  if (length <= BLOCKS_TEXT_MAX) return [];
  const message = `must be less than ${BLOCKS_TEXT_MAX + 1} characters in all blocks, not ${length}`;
  return problem('msg_blocks_too_long', { pointer: '/blocks', message });
}

function checkMetadata(metadata: unknown): LimitProblem[] {
  if (metadata === undefined) return [];
  if (!isObject(metadata)) {
    const finding = { pointer: '/metadata', message: 'must provide an object' };
    return problem('invalid_metadata_format', finding);
  }
  const known = new Set(['event_type', 'event_payload', 'entities']);
  const unknown = Object.keys(metadata).find((key) => !known.has(key));
  const named = typeof metadata.event_type === 'string' && metadata.event_type !== '';
  if (unknown === undefined && named && isObject(metadata.event_payload)) return [];
  const message = 'must have `event_type` and `event_payload` and nothing unknown';
  return problem('invalid_metadata_schema', { pointer: '/metadata', message });
}

/** What Slack would refuse in a message; pointers lead into the arguments of the call. */
export function validateMessage(args: MessageArguments): LimitProblem[] {
  return [
    ...checkText(args),
    ...(args.blocks === undefined ? [] : validateBlocks(args.blocks, 'message')),
    ...checkAttachments(args.attachments),
    ...checkAttachedBlocks(args),
    ...checkLength(args),
    ...checkMetadata(args.metadata),
  ];
}

function primaryButtons(block: JsonObject): number {
  const elements: unknown[] = [block.accessory];
  for (const list of [block.elements, block.actions]) {
    if (Array.isArray(list)) elements.push(...list);
  }
  return elements.filter((element) => isObject(element) && element.style === 'primary').length;
}

/** What Slack accepts and Tandem does not want: no `text`, long `text`, two primary buttons. */
export function lintMessage(args: MessageArguments): LintWarning[] {
  const warnings: LintWarning[] = [];
  if (!args.text) {
    const message = 'has no text: notifications and screen readers have nothing to read out';
    warnings.push({ pointer: '/text', message });
  } else if (typeof args.text === 'string' && args.text.length > TEXT_ADVISED) {
    warnings.push({ pointer: '/text', message: `is longer than ${TEXT_ADVISED} characters` });
  }
  const primary = allBlocks(args.blocks, '/blocks')
    .map(({ value, pointer }) => ({ count: primaryButtons(value), pointer }))
    .filter(({ count }) => count > 0);
  const total = primary.reduce((sum, { count }) => sum + count, 0);
  if (total > 1) {
    const pointer = primary.at(-1)?.pointer ?? '/blocks';
    warnings.push({ pointer, message: `is the last of ${total} primary buttons, one is enough` });
  }
  return warnings;
}
