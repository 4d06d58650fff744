import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
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
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import {
  type Category,
  describeRule,
  MAX_CATEGORIES,
  MAX_CATEGORY_NAME,
  ZONES,
} from '../domain/zones.ts';

export const OPEN_ZONES = 'charter.zones';
export const EDIT_CATEGORY = 'charter.edit-category';
export const ADD_CATEGORY = 'charter.add-category';
export const REMOVE_CATEGORY = 'charter.remove-category';
export const RESTORE_CATEGORY = 'charter.restore-category';

export const CategoryValue = z.object({ pairId: z.string(), categoryId: z.string() });

const Rule = z.object({
  zone: z.enum(ZONES),
  limit: z.object({ amount: z.number(), currency: z.string() }).nullable(),
});

/** A category that was just removed, carried by the button that brings it back. */
export const RestoreValue = z.object({
  pairId: z.string(),
  category: Rule.extend({
    id: z.string().max(50),
    name: z.string().min(1).max(MAX_CATEGORY_NAME),
    whenAway: Rule.nullable(),
  }),
});

export type ZonesPage = {
  pairId: string;
  categories: Category[];
  /** Whether the reader may change them. */
  mayEdit: boolean;
  executiveName: string;
  /** Whether the rules for the executive's absence count now. */
  executiveIsAway: boolean;
  removed: Category | null;
};

export function buildZonesModal(page: ZonesPage): ModalView {
  const { pairId, categories, mayEdit, removed } = page;
  const name = escapeText(shorten(page.executiveName, 60));
  const value = JSON.stringify({ pairId });
  return {
    type: 'modal',
    title: plain('Zones'),
    close: plain('Close'),
    blocks: [
      ...(removed
        ? [
            section(literal(`Removed: ${removed.name}`), {
              accessory: button({
                text: 'Undo',
                actionId: RESTORE_CATEGORY,
                value: JSON.stringify({ pairId, category: removed }),
              }),
            }),
          ]
        : []),
      section(
        mrkdwn(
          '*Do*: the EA decides. *Maybe*: the EA asks first. *Never*: it stays with the executive.',
        ),
      ),
      context(
        page.executiveIsAway
          ? `${name} is away now: where there is a rule for that, it counts.`
          : `Rules for when ${name} is away count by themselves on those days.`,
        mayEdit
          ? 'What you change here counts at once, and your EA is told.'
          : `${name} sets them.`,
      ),
      ...(mayEdit
        ? [actions('zones', [button({ text: 'Add a category', actionId: ADD_CATEGORY, value })])]
        : []),
      divider(),
      ...categories
        .slice(0, MAX_CATEGORIES)
        .flatMap((category, index) => buildCategory(category, { pairId, mayEdit, index })),
    ],
  };
}

function buildCategory(
  category: Category,
  o: { pairId: string; mayEdit: boolean; index: number },
): KnownBlock[] {
  const value = JSON.stringify({ pairId: o.pairId, categoryId: category.id });
  const away = category.whenAway ? `\nAway: ${escapeText(describeRule(category.whenAway))}` : '';
  return [
    section(mrkdwn(`*${escapeText(category.name)}*\n${escapeText(describeRule(category))}${away}`)),
    ...(o.mayEdit
      ? [
          actions(`category.${o.index}`, [
            button({
              text: 'Change',
              actionId: EDIT_CATEGORY,
              label: shorten(`Change ${category.name}`, 75),
              value,
            }),
            button({
              text: 'Remove',
              actionId: REMOVE_CATEGORY,
              label: shorten(`Remove ${category.name}`, 75),
              value,
            }),
          ]),
        ]
      : []),
  ];
}

/** Tells the EA what the executive changed about the zones. */
export function buildZoneNotice(o: {
  pairId: string;
  executiveId: string;
  lines: string[];
}): OutgoingMessage {
  const text = `${mentionUser(o.executiveId)} changed how free you are in some categories.`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      section(
        literal(
          o.lines.length > 0
            ? shorten(o.lines.join('\n'), 2900)
            : 'It was changed back: everything is as it was.',
        ),
      ),
      actions('zones', [
        button({
          text: 'See all zones',
          actionId: OPEN_ZONES,
          value: JSON.stringify({ pairId: o.pairId }),
        }),
      ]),
    ],
  };
}
