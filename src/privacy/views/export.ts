import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { input, mrkdwn, option, plain, radioButtons, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  MOST_ROWS,
  type UploadedFile,
} from '../domain/export.ts';

export const EXPORT_MODAL = 'privacy.export';

const OWN = 'own';

export type ExportChoice = {
  /** Null for one's own records. */
  pairId: string | null;
  onlyKind: string | null;
  format: ExportFormat;
  fromOn: string | null;
  untilOn: string | null;
};

/** One kind of record alone, and its name in the plural, such as "tasks". */
export type OnlyKind = { kind: string; name: string };

const Carried = z.object({ onlyKind: z.string().nullable() });

/** Which records, as which files, from when to when. */
export function buildExportModal(o: {
  pairs: readonly { pairId: string; partnerName: string; hasEnded: boolean }[];
  only: OnlyKind | null;
}): ModalView {
  const { pairs, only } = o;
  const name = only?.name ?? 'records';
  const whose = [
    option(`My own ${name}`, OWN),
    ...pairs
      .slice(0, 9)
      .map((one) =>
        option(
          `All ${only ? `${name} ` : ''}of ${one.partnerName} and me${one.hasEnded ? ' (ended)' : ''}`,
          one.pairId,
        ),
      ),
  ];
  // A kind of record that is asked for by itself is one that the two keep together.
  const chosen = (only && pairs[0]?.pairId) ?? OWN;
  return {
    type: 'modal',
    callback_id: EXPORT_MODAL,
    private_metadata: JSON.stringify({ onlyKind: only?.kind ?? null }),
    title: plain('Get a copy'),
    submit: plain('Prepare it'),
    close: plain('Cancel'),
    blocks: [
      section(
        mrkdwn(
          only
            ? `You receive the ${name} as files in a direct message. The audit log notes that you asked.`
            : 'You receive files in a direct message, one for each kind of record. The audit log notes that you asked.',
        ),
      ),
      input({ blockId: 'whose', label: `Whose ${name}?`, element: radioButtons(whose, chosen) }),
      input({
        blockId: 'format',
        label: 'As what?',
        element: radioButtons(
          [
            option('CSV, for a spreadsheet', 'csv'),
            option('JSON, for programs', 'json'),
            option('Both', 'both'),
          ],
          'csv',
        ),
      }),
      input({ blockId: 'fromOn', label: 'From', optional: true, element: { type: 'datepicker' } }),
      input({
        blockId: 'untilOn',
        label: 'Until',
        hint: 'Leave both empty for everything.',
        optional: true,
        element: { type: 'datepicker' },
      }),
    ],
  };
}

const Form = z
  .object({
    whose: z.string({ error: 'Choose whose records.' }),
    format: z.enum(EXPORT_FORMATS, { error: 'Choose a format.' }),
    fromOn: z.iso.date().nullable(),
    untilOn: z.iso.date().nullable(),
  })
  .refine(({ fromOn, untilOn }) => !fromOn || !untilOn || fromOn <= untilOn, {
    path: ['untilOn'],
    error: 'This lies before the first day. Choose a later one.',
  });

export function parseExportModal(view: SubmittedView): Parsed<ExportChoice> {
  const { onlyKind } = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, Form);
  if (!form.ok) return form;
  const { whose, ...rest } = form.value;
  return { ok: true, value: { ...rest, onlyKind, pairId: whose === OWN ? null : whose } };
}

/** The direct message about an export, at each point of it. */
export function buildExportMessage(
  at:
    | { state: 'waiting' }
    | { state: 'done'; files: readonly UploadedFile[]; cut: boolean }
    | { state: 'failed'; reason: string },
): OutgoingMessage {
  const text = describeState(at);
  return { text, blocks: [section(mrkdwn(text))] };
}

function describeState(at: Parameters<typeof buildExportMessage>[0]): string {
  switch (at.state) {
    case 'waiting':
      return 'I am preparing the copy that you asked for. The files come here.';
    case 'done': {
      if (at.files.length === 0) return 'There is nothing to export in this range of dates.';
      const rows = at.files.reduce((sum, file) => sum + file.rows, 0);
      const files = `${at.files.length} ${at.files.length === 1 ? 'file' : 'files'}`;
      const cut = at.cut
        ? ` Of each kind it holds at most ${MOST_ROWS} records: choose a shorter range to see the others.`
        : '';
      return `The copy that you asked for is here: ${files} with ${rows} ${rows === 1 ? 'record' : 'records'}.${cut} Delete the message with the files when you have saved them.`;
    }
    case 'failed':
      return at.reason;
  }
}

export const ASK_AGAIN = 'Then ask again with `/ea privacy`.';

export const EXPORT_BROKE =
  'I could not prepare the copy that you asked for. Please ask again with `/ea privacy`; if it happens again, tell whoever runs Tandem for you.';

/** Says in a modal that it has begun. */
export function describeBegun(): string {
  return 'I am preparing it. The files come in a direct message from Tandem, in a minute or so.';
}
