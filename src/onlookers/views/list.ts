import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  button,
  context,
  divider,
  input,
  mrkdwn,
  option,
  plain,
  radioButtons,
  section,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, isUserId, shorten } from '../../slack/text.ts';
import { type Onlooker, roleName, whatTheySee } from '../domain.ts';

export const OPEN = 'onlookers.open';
export const REMOVE = 'onlookers.remove';
export const PROPOSE_MODAL = 'onlookers.propose';

/** What the button carries that opens the list. */
export const PairValue = z.object({ pairId: z.string() });
/** What buttons about one onlooker carry. */
export const OnlookerValue = z.object({ pairId: z.string(), userId: z.string() });

export type OnlookersForm = { pairId: string; onlookers: Onlooker[]; mayChange: boolean };

/** Everybody who may look on, with a form to propose somebody for the two. */
export function buildOnlookersModal({ pairId, onlookers, mayChange }: OnlookersForm): ModalView {
  const intro =
    'Nobody looks on unless both of you agree. Either of you can remove somebody at any time.';
  return {
    type: 'modal',
    callback_id: PROPOSE_MODAL,
    private_metadata: JSON.stringify({ pairId }),
    title: plain('Who may look on'),
    ...(mayChange && { submit: plain('Propose') }),
    close: plain('Close'),
    blocks: [
      context(intro),
      ...(onlookers.length === 0 ? [section(plain('Nobody looks on.'))] : []),
      ...onlookers.map((one) => describeOnlooker(one, mayChange)),
      ...(mayChange ? [divider(), ...proposalFields()] : []),
    ],
  };
}

function describeOnlooker(onlooker: Onlooker, mayChange: boolean): KnownBlock {
  const { pairId, userId, name, role, acceptedAt } = onlooker;
  const state = acceptedAt ? '' : ' _(the other one has not agreed yet)_';
  const remove = button({
    text: 'Remove',
    actionId: REMOVE,
    value: JSON.stringify({ pairId, userId }),
    label: shorten(`Remove ${name}`, 75),
  });
  return section(
    mrkdwn(`*${escapeText(name)}*, ${roleName(role)}${state}`),
    mayChange ? { accessory: remove } : {},
  );
}

function proposalFields(): KnownBlock[] {
  return [
    input({
      blockId: 'person',
      label: 'Who else may look on?',
      element: { type: 'users_select', placeholder: plain('Choose a person') },
    }),
    input({
      blockId: 'role',
      label: 'As',
      element: radioButtons(
        [option('Agency manager', 'manager'), option('Observer', 'observer')],
        'observer',
      ),
    }),
    context(`Agency manager: ${whatTheySee('manager')}`, `Observer: ${whatTheySee('observer')}`),
  ];
}

const Fields = z.object({
  person: z.string('Choose a person.').refine(isUserId, 'Choose a person from the list.'),
  role: z.enum(['manager', 'observer'], 'Choose one.'),
});

export type Proposal = { pairId: string } & z.infer<typeof Fields>;

export function parseProposal(view: SubmittedView): Parsed<Proposal> {
  const carried = parseCarried(view.private_metadata, PairValue);
  const form = parseForm(view, Fields);
  return form.ok ? { ok: true, value: { ...carried, ...form.value } } : form;
}
