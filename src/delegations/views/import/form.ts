import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Pair } from '../../../pairs/index.ts';
import {
  context,
  input,
  literal,
  mrkdwn,
  option,
  plain,
  section,
  staticSelect,
} from '../../../slack/blocks.ts';
import { type Parsed, parseForm, type SubmittedView } from '../../../slack/forms.ts';
import { TEMPLATE } from '../../domain/import/columns.ts';

export const IMPORT_MODAL = 'delegations.import';
export const OPEN_IMPORT = 'delegations.open-import';

export type ImportChoice = { pairId: string | null; fileId: string; fileName: string };

/** Which file, and for which pair where there are several. */
export function buildImportModal(o: { pairs: readonly Pair[]; pairId: string }): ModalView {
  const choices = o.pairs.map((one) =>
    option(`${one.ea.name}, with ${one.executive.name}`, one.id),
  );
  return {
    type: 'modal',
    callback_id: IMPORT_MODAL,
    title: plain('Import tasks'),
    submit: plain('Check the file'),
    close: plain('Cancel'),
    blocks: [
      section(
        mrkdwn(
          'Choose a table with one task in each line. You see first what would come of it; nothing is written before you confirm.',
        ),
      ),
      input({
        blockId: 'file',
        label: 'File',
        hint: 'CSV with comma, semicolon or tab, up to 10 MB.',
        element: { type: 'file_input', filetypes: ['csv', 'tsv', 'txt'], max_files: 1 },
      }),
      ...(choices.length > 1
        ? [
            input({
              blockId: 'pairId',
              label: 'For whom?',
              element: staticSelect(choices, o.pairId),
            }),
          ]
        : []),
      section(mrkdwn('*A file looks like this.* Only the title is needed:')),
      section(literal(TEMPLATE)),
      context(
        'Dates are on your clock. Give each task an `id` of your own if you want to change the file and import it again: what was imported before is left out.',
      ),
    ],
  };
}

const Form = z.object({
  file: z
    .array(z.object({ id: z.string().min(1), name: z.string() }), 'Choose a file.')
    .length(1, 'Choose one file.'),
  pairId: z.string('Choose for whom.').optional(),
});

export function parseImportModal(view: SubmittedView): Parsed<ImportChoice> {
  const form = parseForm(view, Form);
  if (!form.ok) return form;
  const [file] = form.value.file;
  if (!file) return { ok: false, errors: { file: 'Choose a file.' } };
  const { id: fileId, name: fileName } = file;
  return { ok: true, value: { pairId: form.value.pairId ?? null, fileId, fileName } };
}
