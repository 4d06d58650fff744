import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { submitUnchanged } from '../../support/forms.ts';
import { listWriters, newestTransaction } from './rows.ts';
import type { Outcome, WalkStage, Who } from './stage.ts';

/** Text that only the pair that was crawled may ever see. */
export const MARK = 'confidential-words';

export type Found = {
  /** Buttons by action id: what they carry, and the view that they stand in. */
  buttons: Map<string, { value: string; view: ModalView | null; danger: boolean }[]>;
  /** Forms by callback id, as they were shown with different things in them. */
  forms: Map<string, ModalView[]>;
  /** How many transactions each form was saved in, although it was sent three times. */
  saves: { form: string; writers: string[] }[];
};

const ROUNDS = 5;

/**
 * Uses the app as the two of a pair until nothing new appears: types every command, presses every button that ends
 * nothing, sends every form with something in each field. What it saw is what an attacker would forge.
 */
export async function crawl(stage: WalkStage, people: readonly Who[]): Promise<Found> {
  const found: Found = { buttons: new Map(), forms: new Map(), saves: [] };
  const done = new Set<string>();
  const once = async (name: string, deed: () => Promise<Outcome>): Promise<void> => {
    if (done.has(name)) return;
    done.add(name);
    look(found, await deed());
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const who of people) {
      await once(`${round} home of ${who.userId}`, () => stage.openHome(who));
      // The first command sets them up, so what was typed before it is typed again.
      for (const command of round < 2 ? stage.registered.commands : []) {
        for (const text of TYPED)
          await once(`${round} ${who.userId} ${command} ${text}`, () =>
            stage.type(who, { command, text }),
          );
      }
      const partner = who.userId === people[0]?.userId ? people[1] : people[0];
      for (const [callbackId, views] of found.forms) {
        // They are set up once, by one of them.
        if (callbackId.startsWith('pairs.') && who !== people[0]) continue;
        for (const [view, all] of views.flatMap(
          (one) =>
            [
              [one, false],
              [one, true],
            ] as const,
        )) {
          const filled = fill(view, partner, { all });
          const name = `${who.userId} ${callbackId} ${JSON.stringify(filled)}`;
          await once(name, () => submitTwice(stage, { who, view: { ...view, ...filled }, found }));
        }
      }
      for (const [actionId, buttons] of found.buttons) {
        for (const { value, view, danger } of buttons) {
          if (danger) continue;
          const name = `${who.userId} ${actionId} ${value}`;
          await once(name, () => stage.press(who, { actionId, value, view }));
        }
      }
    }
    const messages = await stage.database.prisma.delivery.findMany({ select: { message: true } });
    for (const { message } of messages) collect(found, message, null);
  }
  for (const who of people) {
    const value = await finishOne(stage, who);
    await once(`${who.userId} rates`, () =>
      stage.press(who, { actionId: 'delegations.rate-in-words', value, view: null }),
    );
  }
  // What only the clock would show: with what all others carry, it opens its forms too.
  for (const actionId of stage.registered.actions) {
    if (found.buttons.has(actionId) || /end|erase|delete|remove|restore/.test(actionId)) continue;
    for (const who of people) {
      const { value, view } = guess(found, actionId, who.userId);
      await once(`${who.userId} ${actionId}`, () => stage.press(who, { actionId, value, view }));
    }
  }
  return found;
}

/** Sends a form twice at the same moment, and then again, as people do who heard nothing. */
async function submitTwice(
  stage: WalkStage,
  { who, view, found }: { who: Who; view: ModalView; found: Found },
): Promise<Outcome> {
  const triggerId = randomUUID();
  const before = await newestTransaction(stage.database);
  const send = () => stage.submit(who, view, triggerId);
  const [first, second] = await Promise.all([send(), send()]);
  const again = await send();
  const writers = await listWriters(stage.database, before);
  found.saves.push({ form: view.callback_id ?? '', writers });
  return { ...first, calls: [first, second, again].flatMap(({ calls }) => calls) };
}

/** Only what is done is rated: makes one task so, and returns what its buttons carry. */
async function finishOne(stage: WalkStage, { workspaceId }: Who): Promise<string> {
  const { delegation } = stage.database.prisma;
  const [one] = await delegation.findMany({
    where: { workspaceId, deletedAt: null },
    orderBy: { number: 'desc' },
    take: 1,
  });
  if (!one) throw new Error('nothing was handed over');
  const { id, version } = one;
  await delegation.update({
    where: { workspaceId_id: { workspaceId, id } },
    data: { state: 'done', shelf: 'closed' },
  });
  return JSON.stringify({ id, version });
}

const TYPED = [
  '',
  'list',
  'history',
  'settings',
  'holidays',
  'zones',
  'duties',
  'help',
  `me to read ${MARK} every weekday at 10:00`,
  'tomorrow',
];

function look(found: Found, outcome: Outcome): void {
  for (const { body } of outcome.calls) collect(found, body, null);
  if (outcome.ack.startsWith('{')) collect(found, JSON.parse(outcome.ack), null);
}

/** Takes every button and form out of something that Slack was sent. */
function collect(found: Found, node: unknown, view: ModalView | null): void {
  if (Array.isArray(node)) for (const one of node) collect(found, one, view);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const one = node as Record<string, unknown>;
  const modal = one['type'] === 'modal' ? (one as unknown as ModalView) : null;
  const within = modal ?? view;
  if (modal?.callback_id && modal.submit) keep(found.forms, modal.callback_id, modal);
  if (one['type'] === 'button' && typeof one['action_id'] === 'string') {
    const value = typeof one['value'] === 'string' ? one['value'] : '';
    const known = found.buttons.get(one['action_id']) ?? [];
    if (known.length < 2 && !known.some((button) => button.value === value)) {
      const danger = one['style'] === 'danger' || one['confirm'] !== undefined;
      found.buttons.set(one['action_id'], [...known, { value, view: within, danger }]);
    }
  }
  for (const child of Object.values(one)) collect(found, child, within);
}

/** What a button that was never seen would carry: what one of its family does, or else all that any other carries. */
export function guess(
  found: Found,
  actionId: string,
  userId: string,
): { value: string; view: ModalView | null } {
  const family = familyOf(actionId);
  const sister = [...found.buttons].find(([id]) => familyOf(id) === family)?.[1][0];
  if (sister) return sister;
  const carried = [
    ...[...found.buttons.values()].flat().map(({ value }) => value),
    ...[...found.forms.values()].flat().map((view) => view.private_metadata ?? ''),
  ].filter((text) => text.startsWith('{'));
  const known = carried.flatMap((text) => Object.entries(JSON.parse(text) as object));
  const value = {
    ...Object.fromEntries(known.filter(([, one]) => one !== null)),
    ...FIXED,
    userId,
  };
  return { value: JSON.stringify(value), view: null };
}

const FIXED = {
  dueOn: '2026-11-23',
  on: '2026-11-24',
  zone: 'Asia/Manila',
  offset: 0,
  place: 'waiting',
  before: 9,
  purpose: 'checkin',
  askedBy: 'U0000ANA',
  entryId: '00000000-0000-4000-8000-000000000000',
  weekOn: '2026-11-23',
  dutyId: '00000000-0000-4000-8000-000000000000',
  channelId: 'C0000001',
  ts: '1.000100',
};

/** 'delegations.show.pair7' and 'delegations.show.back' are of one. */
function familyOf(actionId: string): string {
  const [feature, verb] = actionId.replace(/[.-]?\d+$/, '').split('.');
  return `${feature}.${verb}`;
}

/** A few of each are enough, and those that carry the same are one. */
function keep(forms: Found['forms'], callbackId: string, view: ModalView): void {
  const known = forms.get(callbackId) ?? [];
  const isKnown = known.some((one) => one.private_metadata === view.private_metadata);
  if (known.length < 2 && !isKnown) forms.set(callbackId, [...known, view]);
}

type Element = { type: string; action_id?: string; options?: { value?: string }[] };

/** The form as it was shown, with something in each field that was empty and is required; with `all`, in every one. */
export function fill(
  view: ModalView,
  partner: Who | undefined,
  { text = MARK, all = false }: { text?: string; all?: boolean } = {},
): Pick<ReturnType<typeof submitUnchanged>, 'state' | 'private_metadata'> {
  const changes: Record<string, unknown> = {};
  const { state } = submitUnchanged(view);
  for (const block of view.blocks) {
    if (block.type !== 'input' || (!all && 'optional' in block && block.optional)) continue;
    const { element } = block as unknown as { element: Element };
    const values = Object.values(state.values[block.block_id ?? ''] ?? {})[0] as
      | Record<string, unknown>
      | undefined;
    const isEmpty = Object.entries(values ?? {}).every(
      ([name, value]) =>
        name === 'type' || value === null || (Array.isArray(value) && value.length === 0),
    );
    if (isEmpty) changes[block.block_id ?? ''] = somethingFor(element, { partner, text });
  }
  const { state: filled, private_metadata } = submitUnchanged(view, changes);
  return { state: filled, private_metadata };
}

function somethingFor(
  element: Element,
  { partner, text }: { partner: Who | undefined; text: string },
): object {
  const first = {
    text: { type: 'plain_text', text: 'x' },
    value: element.options?.[0]?.value ?? 'PH',
  };
  switch (element.type) {
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: [] };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { selected_option: first };
    case 'users_select':
      return { selected_user: partner?.userId ?? null };
    case 'conversations_select':
      return { selected_conversation: 'C0000001' };
    case 'datepicker':
      return { selected_date: '2026-12-24' };
    case 'timepicker':
      return { selected_time: '10:00' };
    case 'file_input':
      return { files: [{ id: 'F0000001', name: 'tasks.csv', size: 10 }] };
    default:
      return { value: element.type === 'number_input' ? '1' : text };
  }
}
