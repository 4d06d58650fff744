import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Pair } from '../../pairs/index.ts';
import {
  actions,
  button,
  context,
  divider,
  literal,
  mrkdwn,
  plain,
  section,
} from '../../slack/blocks.ts';
import { escapeText } from '../../slack/text.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Change } from '../domain/history.ts';
import type { Step } from '../domain/steps.ts';
import {
  buildStepButton,
  describeChange,
  describeTerms,
  describeZone,
  RESTORE,
  UNDO,
} from './card.ts';
import { buildRatings, type RatingsShown } from './rating.ts';
import { type ListPlace, refOf } from './values.ts';
import { stateName } from './words.ts';

export const EDIT = 'delegations.edit';
export const DELETE = 'delegations.delete';
export const BACK = 'delegations.back';
/** Carries the reference of the delegation; what it does is for the feature that counts hours. */
export const LOG_TIME = 'delegations.log-time';
/** The same, for the feature that proposes duties. */
export const MAKE_DUTY = 'delegations.make-duty';

/** Changes shown; older ones are counted. */
const HISTORY_SHOWN = 15;

export type Detail = {
  pair: Pair;
  delegation: Delegation;
  history: readonly Change[];
  /** Of whoever of the two reads it; null for others, who see both clocks. */
  readerZone: string | null;
  /** What the reader can do now. */
  steps: readonly Step[];
  mayUndo: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
  mayLogTime: boolean;
  mayMakeDuty: boolean;
  /** How long the EA could not go on before the executive had said something, in words; null when never. */
  blocked: string | null;
  /** How free the EA is in its category now; null when nothing is said about that. */
  zone: string | null;
  /** Null for whoever may not see it, and while there is nothing to rate. */
  rating: RatingsShown | null;
  /** Where the list behind it is; null when it was not opened from one. */
  back: ListPlace | null;
};

/** Everything about one delegation, with all that the reader can do. */
export function buildDetail(detail: Detail): ModalView {
  const { pair, delegation, blocked } = detail;
  const { number, title, definitionOfDone, deletedAt } = delegation;
  const state = deletedAt ? 'Deleted' : stateName(delegation.state, pair);
  return {
    type: 'modal',
    title: plain(`Task #${number}`),
    close: plain('Close'),
    blocks: [
      ...(detail.back
        ? [
            actions('back', [
              button({
                text: 'Back to the list',
                actionId: BACK,
                value: JSON.stringify(detail.back),
              }),
            ]),
          ]
        : []),
      section(literal(title)),
      section(mrkdwn(`*${escapeText(state)}*`)),
      section(literal(`Done when: ${definitionOfDone || 'nothing was written down'}`)),
      context(...describeTerms(delegation, pair)),
      ...(detail.zone ? [context(describeZone(detail.zone))] : []),
      ...(blocked ? [context(blocked)] : []),
      ...buildActions(detail),
      ...buildRatings(detail),
      divider(),
      ...buildHistory(detail),
    ],
  };
}

function buildActions(detail: Detail): KnownBlock[] {
  const { delegation, steps } = detail;
  const value = refOf(delegation, detail.back);
  const { number, deletedAt } = delegation;
  const moves = steps.map((step, index) =>
    buildStepButton(step, { value, number, isFirst: index === 0 }),
  );
  const others: Button[] = [
    ...(detail.mayUndo ? [button({ text: 'Undo', actionId: UNDO, value })] : []),
    ...(detail.mayEdit ? [button({ text: 'Change', actionId: EDIT, value })] : []),
    ...(detail.mayLogTime ? [button({ text: 'Log time', actionId: LOG_TIME, value })] : []),
    ...(detail.mayMakeDuty ? [buildMakeDuty(value)] : []),
    ...(detail.mayDelete ? [buildDelete(value)] : []),
    ...(deletedAt ? [button({ text: 'Restore', actionId: RESTORE, value })] : []),
  ];
  return [
    ...(moves.length > 0 ? [actions('steps', moves)] : []),
    ...(others.length > 0 ? [actions('others', others)] : []),
  ];
}

/** For work that comes again and again. */
export function buildMakeDuty(value: string): Button {
  return button({ text: 'Make it a duty…', actionId: MAKE_DUTY, value });
}

function buildDelete(value: string): Button {
  return button({
    text: 'Delete',
    actionId: DELETE,
    value,
    style: 'danger',
    confirm: {
      title: 'Delete this task?',
      text: 'It leaves all lists. You can restore it for a week.',
      confirm: 'Delete',
      deny: 'Keep',
    },
  });
}

function buildHistory({ pair, history, readerZone }: Detail): KnownBlock[] {
  const shown = history.toReversed().slice(0, HISTORY_SHOWN);
  const hidden = history.length - shown.length;
  return [
    section(mrkdwn('*History*')),
    ...shown.map((change) => context(describeChange(change, pair, readerZone))),
    ...(hidden > 0 ? [context(`And ${hidden} earlier ones.`)] : []),
  ];
}
