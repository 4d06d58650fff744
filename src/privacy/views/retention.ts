import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { context, input, plain } from '../../slack/blocks.ts';
import { type Parsed, parseForm, type SubmittedView } from '../../slack/forms.ts';
import type { RecordKind } from '../domain/records.ts';

export const RETENTION_MODAL = 'privacy.retention';

const MOST_DAYS = 3650;

/** Days by kind; null for "until somebody erases it". */
export type Periods = Record<string, number | null>;

/** One field for each kind whose time admins may choose. */
export function buildRetentionModal(
  kinds: readonly { kind: RecordKind; days: number | null }[],
): ModalView {
  return {
    type: 'modal',
    callback_id: RETENTION_MODAL,
    title: plain('How long it is kept'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      context(
        'Older records are deleted each night. Leave a field empty to keep that kind until somebody erases it.',
      ),
      ...kinds.map(({ kind, days }) =>
        input({
          blockId: kind.kind,
          label: `${kind.title}: days`,
          hint: `At least ${kind.kept.least}. ${kind.what}`.slice(0, 2000),
          optional: true,
          element: {
            type: 'number_input',
            is_decimal_allowed: false,
            min_value: String(kind.kept.least ?? 1),
            max_value: String(MOST_DAYS),
            ...(days !== null && { initial_value: String(days) }),
          },
        }),
      ),
    ],
  };
}

/** Reads the form; what is too short or too long is said at its field. */
export function parseRetentionModal(
  kinds: readonly RecordKind[],
): (view: SubmittedView) => Parsed<Periods> {
  return (view) => {
    const fields = kinds.map(({ kind, kept }) => [kind, daysFrom(kept.least ?? 1)] as const);
    return parseForm(view, z.object(Object.fromEntries(fields)));
  };
}

function daysFrom(least: number) {
  const wrong = `Write a whole number of days from ${least} to ${MOST_DAYS}, or leave it empty.`;
  return z
    .string()
    .nullish()
    .transform((text) => (text?.trim() ? Number(text) : null))
    .refine(
      (days) => days === null || (Number.isInteger(days) && days >= least && days <= MOST_DAYS),
      wrong,
    );
}
