import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, input, option, plain, radioButtons } from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import {
  type Category,
  formatLimit,
  MAX_CATEGORY_NAME,
  readLimit,
  type SpendingLimit,
  ZONES,
  type Zone,
  type ZoneRule,
  zoneWords,
} from '../domain/zones.ts';
import { OPEN_ZONES } from './zones.ts';

export const CATEGORY_MODAL = 'charter.save-category';

export type CategoryForm = {
  pairId: string;
  /** The list that the form was opened on. */
  version: number;
  /** Null for a new one. */
  category: Category | null;
};

const SAME = 'same';

export function buildCategoryModal(form: CategoryForm): ModalView {
  const { pairId, version, category } = form;
  const carried = { pairId, version, categoryId: category?.id ?? null };
  const zones = ZONES.map((zone) => option(zoneWords(zone), zone));
  return {
    type: 'modal',
    callback_id: CATEGORY_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(category ? 'Change category' : 'New category'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      actions('zones', [
        button({
          text: 'Back to the zones',
          actionId: OPEN_ZONES,
          value: JSON.stringify({ pairId }),
        }),
      ]),
      input({
        blockId: 'name',
        label: 'Category',
        element: {
          type: 'plain_text_input',
          max_length: MAX_CATEGORY_NAME,
          ...(category && { initial_value: category.name }),
        },
      }),
      input({
        blockId: 'zone',
        label: 'How free is the EA?',
        element: radioButtons(zones, category?.zone ?? 'maybe'),
      }),
      limitField({ blockId: 'limit', label: 'Spending limit', limit: category?.limit ?? null }),
      input({
        blockId: 'awayZone',
        label: 'While the executive is away',
        element: radioButtons(
          [option('The same as usual', SAME), ...zones],
          category?.whenAway?.zone ?? SAME,
        ),
      }),
      limitField({
        blockId: 'awayLimit',
        label: 'Spending limit while the executive is away',
        limit: category?.whenAway?.limit ?? null,
      }),
    ],
  };
}

function limitField(o: {
  blockId: string;
  label: string;
  limit: SpendingLimit | null;
}): InputBlock {
  return input({
    blockId: o.blockId,
    label: o.label,
    hint: 'A whole amount and its currency, such as 200 USD. Empty: nothing is said about money.',
    optional: true,
    element: {
      type: 'plain_text_input',
      max_length: 30,
      ...(o.limit && { initial_value: formatLimit(o.limit) }),
    },
  });
}

const limit = z
  .string()
  .nullish()
  .transform((typed, context): SpendingLimit | null => {
    const read = readLimit(typed ?? null);
    if (read.ok) return read.value;
    context.addIssue('Write a whole amount and its currency, such as 200 USD.');
    return z.NEVER;
  });

const NO_LIMIT = 'There is no spending in “Never”. Leave this empty, or choose Do or Maybe.';

const Fields = z
  .object({
    name: z
      .string('Write a name.')
      .transform((typed) => typed.trim().replaceAll(/\s+/g, ' '))
      .refine((typed) => typed.length > 0, 'Write a name.')
      .refine((typed) => typed.length <= MAX_CATEGORY_NAME, 'Write a shorter name.'),
    zone: z.enum(ZONES, 'Choose one.'),
    limit,
    awayZone: z.enum([SAME, ...ZONES], 'Choose one.'),
    awayLimit: limit,
  })
  .refine((form) => form.zone !== 'never' || !form.limit, { path: ['limit'], message: NO_LIMIT })
  .refine((form) => !['never', SAME].includes(form.awayZone) || !form.awayLimit, {
    path: ['awayLimit'],
    message: 'This limit needs Do or Maybe above it. Leave it empty otherwise.',
  })
  .transform(
    (form): CategoryFields => ({
      name: form.name,
      zone: form.zone,
      limit: form.limit,
      whenAway:
        form.awayZone === SAME
          ? null
          : { zone: form.awayZone satisfies Zone, limit: form.awayLimit },
    }),
  );

export type CategoryFields = ZoneRule & { name: string; whenAway: ZoneRule | null };

const Carried = z.object({
  pairId: z.string(),
  version: z.number().int(),
  categoryId: z.string().nullable(),
});

export type CategoryCarried = z.infer<typeof Carried>;

export function parseCategoryModal(
  view: SubmittedView,
): Parsed<{ carried: CategoryCarried; fields: CategoryFields }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, Fields);
  return form.ok ? { ok: true, value: { carried, fields: form.value } } : form;
}
