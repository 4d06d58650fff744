import type { HomeView, ModalView } from '@slack/types';
import { checkBlockList } from './blocks.ts';
import { identifier, plainText } from './composition-rules.ts';
import { type LimitProblem, problemsOf } from './problem.ts';
import {
  byType,
  type Finding,
  flag,
  isObject,
  optional,
  required,
  shape,
  string,
  typeIs,
} from './rule.ts';
import { allBlocks, checkTogether } from './together.ts';

/** Slack says 250 kB; the smaller reading, in bytes of UTF-8. */
const VIEW_BYTES_MAX = 250_000;

const shared = {
  blocks: required(checkBlockList),
  private_metadata: optional(string({ max: 3000, min: 0 })),
  callback_id: optional(identifier),
  external_id: optional(identifier),
};

const modal = shape<ModalView>({
  type: typeIs('modal'),
  ...shared,
  title: required(plainText(24)),
  close: optional(plainText(24)),
  submit: optional(plainText(24)),
  clear_on_close: optional(flag),
  notify_on_close: optional(flag),
});

const home = shape<HomeView>({ type: typeIs('home'), ...shared });

const anyView = byType(
  new Map([
    ['modal', modal],
    ['home', home],
  ]),
);

/** Bytes of the view as JSON; infinite when it nests too deep to be written. */
function sizeOf(view: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(view) ?? '');
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** What Slack would refuse in a modal or Home view; pointers start with /view. */
export function validateView(view: unknown): LimitProblem[] {
  const findings: Finding[] = [];
  const surface = isObject(view) && view.type === 'home' ? 'home' : 'modal';
  anyView({ value: view, pointer: '/view', surface, findings });
  if (isObject(view)) {
    const blocks = allBlocks(view.blocks, '/view/blocks');
    findings.push(...checkTogether(blocks));
    const asks = blocks.some(({ value }) => value.type === 'input');
    if (view.type === 'modal' && asks && view.submit === undefined) {
      findings.push({ pointer: '/view', message: 'missing required field: submit' });
    }
  }
  const tooLarge =
    sizeOf(view) > VIEW_BYTES_MAX
      ? [{ pointer: '/view', message: `must be less than ${VIEW_BYTES_MAX + 1} bytes` }]
      : [];
  return [...problemsOf(tooLarge, 'view_too_large'), ...problemsOf(findings, 'invalid_arguments')];
}
