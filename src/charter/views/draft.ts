import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  actions,
  button,
  context,
  divider,
  input,
  literal,
  mrkdwn,
  plain,
  section,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { shorten } from '../../slack/text.ts';
import type { DraftDuty } from '../domain/charter.ts';
import { buildDuty, type CharterPeople, headingBefore } from './duty-text.ts';

export const DRAFT_MODAL = 'charter.propose';
export const ADD_DUTY = 'charter.add-duty';
export const EDIT_DUTY = 'charter.edit-duty';
export const REMOVE_DUTY = 'charter.remove-duty';
export const KEEP_DUTY = 'charter.keep-duty';
export const DISCARD = 'charter.discard';
/** Followed by the direction: two buttons of one block need two ids. */
export const DRAFT_PAGE = 'charter.draft-page';

export const DraftValue = z.object({ pairId: z.string(), offset: z.number().int().min(0) });
export const DutyValue = DraftValue.extend({ dutyId: z.string() });

const PAGE_SIZE = 8;
const MAX_NOTE = 1000;

export type DraftPage = {
  pairId: string;
  people: CharterPeople;
  partnerName: string;
  duties: DraftDuty[];
  offset: number;
  /** Something to know before going on, such as that the charter changed meanwhile. */
  notice: string | null;
};

export function buildDraftModal(page: DraftPage): ModalView {
  const { pairId, offset, duties } = page;
  const value = JSON.stringify({ pairId, offset });
  return {
    type: 'modal',
    callback_id: DRAFT_MODAL,
    private_metadata: JSON.stringify({ pairId }),
    title: plain('Propose a charter'),
    submit: plain('Propose'),
    close: plain('Close'),
    blocks: [
      ...(page.notice ? [section(mrkdwn(`*${page.notice}*`))] : []),
      context(
        'Your draft: kept when you close this, and seen by nobody else until you press Propose.',
      ),
      actions('draft', [
        button({ text: 'Add a duty', actionId: ADD_DUTY, value, style: 'primary' }),
        button({
          text: 'Discard the draft',
          actionId: DISCARD,
          value,
          confirm: {
            title: 'Discard your draft?',
            text: 'What you changed here is lost. The charter in force stays as it is.',
            confirm: 'Discard',
            deny: 'Keep',
          },
        }),
      ]),
      ...duties
        .slice(offset, offset + PAGE_SIZE)
        .flatMap((_, index) => buildEntry(page, offset + index)),
      ...(duties.length === 0 ? [context('No duties yet. Add the first one.')] : []),
      ...buildPaging(page),
      input({
        blockId: 'note',
        label: `A note to ${shorten(page.partnerName, 100)}`,
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: MAX_NOTE },
      }),
    ],
  };
}

function buildEntry({ pairId, offset, duties, people }: DraftPage, index: number): KnownBlock[] {
  const duty = duties[index];
  if (!duty) return [];
  const heading = headingBefore(duties, index) ?? (index === offset ? 'Continued' : null);
  const value = JSON.stringify({ pairId, offset, dutyId: duty.id });
  const label = (verb: string) => shorten(`${verb} ${duty.title}`, 75);
  const shown = duty.isRemoved
    ? [section(literal(shorten(duty.title, 300))), context('*Will be removed.*')]
    : buildDuty(duty, { people });
  return [
    divider(),
    ...(heading ? [section(mrkdwn(`*${heading}*`))] : []),
    ...shown,
    actions(
      `duty.${index}`,
      duty.isRemoved
        ? [button({ text: 'Keep it', actionId: KEEP_DUTY, label: label('Keep'), value })]
        : [
            button({ text: 'Edit', actionId: EDIT_DUTY, label: label('Edit'), value }),
            button({ text: 'Remove', actionId: REMOVE_DUTY, label: label('Remove'), value }),
          ],
    ),
  ];
}

function buildPaging({ pairId, offset, duties }: DraftPage): KnownBlock[] {
  const at = (start: number) => JSON.stringify({ pairId, offset: start });
  const before = Math.max(0, offset - PAGE_SIZE);
  const buttons = [
    ...(offset > 0
      ? [button({ text: 'Back', actionId: `${DRAFT_PAGE}.back`, value: at(before) })]
      : []),
    ...(offset + PAGE_SIZE < duties.length
      ? [button({ text: 'More', actionId: `${DRAFT_PAGE}.more`, value: at(offset + PAGE_SIZE) })]
      : []),
  ];
  return buttons.length > 0 ? [actions('paging', buttons)] : [];
}

const Carried = z.object({ pairId: z.string() });

const Note = z.object({
  note: z
    .string()
    .max(MAX_NOTE, `Write at most ${MAX_NOTE} characters.`)
    .nullish()
    .transform((typed) => typed?.trim() || null),
});

export function parseDraftModal(
  view: SubmittedView,
): Parsed<{ pairId: string; note: string | null }> {
  const { pairId } = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, Note);
  return form.ok ? { ok: true, value: { pairId, note: form.value.note } } : form;
}
