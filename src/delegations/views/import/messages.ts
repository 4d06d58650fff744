import type { KnownBlock } from '@slack/types';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Pair } from '../../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../../slack/blocks.ts';
import type { OutgoingMessage } from '../../../slack/deliveries/domain.ts';
import { escapeText, shorten } from '../../../slack/text.ts';
import { formatMinutes } from '../../../time/minutes.ts';
import type { Import, ImportLine, Problem, Reserved } from '../../domain/import/import.ts';
import { showDue } from '../card.ts';
import { OPEN_LIST } from '../list.ts';
import { levelName, priorityName } from '../words.ts';
import { OPEN_IMPORT } from './form.ts';
import { describeReserved, nameOf, sayTasks } from './words.ts';

export const CONFIRM_IMPORT = 'delegations.confirm-import';
export const CANCEL_IMPORT = 'delegations.cancel-import';
export const UNDO_IMPORT = 'delegations.undo-import';

/** `agreedTo` names the categories that the person was asked about before. */
export const ImportValue = z.object({ id: z.string(), agreedTo: z.string().optional() });

const SHOWN_LINES = 5;
const SHOWN_PROBLEMS = 12;

type Of = Pick<Import, 'id' | 'fileName'>;

function message(text: string, ...blocks: KnownBlock[]): OutgoingMessage {
  return { text, blocks: [section(mrkdwn(text)), ...blocks] };
}

/** While the file is read; null before its lines are counted. */
export function buildReading(
  of: Of,
  progress: { checked: number; total: number } | null,
): OutgoingMessage {
  if (!progress) return message(`I am reading ${nameOf(of)}.`);
  const { checked, total } = progress;
  return message(
    `I am reading ${nameOf(of)}: ${checked.toLocaleString('en')} of ${total.toLocaleString('en')} lines are checked.`,
  );
}

/** What would come of it, to be confirmed. */
export function buildPreview(
  of: Import,
  o: {
    pair: Pair;
    unknown: readonly string[];
    onLeave: number;
    reserved: readonly Reserved[];
  },
): OutgoingMessage {
  const { pair, unknown, onLeave, reserved } = o;
  const { lines, skipped } = of;
  const value = JSON.stringify({ id: of.id });
  const name = escapeText(pair.ea.name);
  const text = `${nameOf(of)} has ${sayTasks(lines.length)} for ${name}. Nothing is written yet.`;
  const notes = [
    ...(skipped > 0 ? [saySkipped(skipped)] : []),
    ...(unknown.length > 0
      ? [
          `These columns are left out, because I do not know them: ${escapeText(shorten(unknown.slice(0, 20).join(', '), 500))}.`,
        ]
      : []),
    ...(onLeave > 0
      ? [`${sayTasks(onLeave)} ${onLeave === 1 ? 'is' : 'are'} due while ${name} is on leave.`]
      : []),
    'No cards are posted in the channel for them: the card of a task comes when something happens to it.',
  ];
  const more = lines.length - SHOWN_LINES;
  return message(
    text,
    ...lines.slice(0, SHOWN_LINES).flatMap((line) => showLine(line, pair)),
    ...(more > 0 ? [context(`And ${more.toLocaleString('en')} more.`)] : []),
    ...(reserved.length > 0 ? [section(mrkdwn(describeReserved(reserved).join('\n')))] : []),
    context(...notes),
    actions('import', [
      button({
        text: `Import ${sayTasks(lines.length)}`,
        actionId: CONFIRM_IMPORT,
        value,
        style: 'primary',
      }),
      button({ text: 'Cancel', actionId: CANCEL_IMPORT, value }),
    ]),
  );
}

function saySkipped(skipped: number): string {
  return skipped === 1
    ? '1 line was imported before and is left out.'
    : `${skipped.toLocaleString('en')} lines were imported before and are left out.`;
}

function showLine(line: ImportLine, pair: Pair): KnownBlock[] {
  const { title, dueAt, priority, level, category, estimateMinutes } = line;
  const facts = [
    dueAt ? `Due ${showDue(DateTime.fromISO(dueAt), pair)}` : 'No due date',
    `${priorityName(priority)} priority`,
    levelName(level),
    ...(category ? [escapeText(category)] : []),
    ...(estimateMinutes ? [formatMinutes(estimateMinutes)] : []),
  ];
  return [section(literal(shorten(title, 150))), context(facts.join(' · '))];
}

/** What has to be mended before the file can be imported. */
export function buildProblems(
  of: Of,
  o: { problems: readonly Problem[]; total: number },
): OutgoingMessage {
  const { problems } = o;
  const inLines = problems.some(({ line }) => line !== null);
  const wrong = new Set(problems.map(({ line }) => line)).size;
  const text = inLines
    ? `I cannot import ${nameOf(of)} as it is: ${wrong.toLocaleString('en')} of ${o.total.toLocaleString('en')} lines ${wrong === 1 ? 'is' : 'are'} not right. Nothing is written.`
    : `I cannot import ${nameOf(of)}. Nothing is written.`;
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ line, message: what }) => {
    const said = escapeText(shorten(what, 190));
    return line === null ? escapeText(shorten(what, 1500)) : `Line ${line}: ${said}`;
  });
  const more = problems.length - shown.length;
  return message(
    text,
    section(mrkdwn([...shown, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'))),
    context('Correct the file and choose it again.'),
    actions('import', [
      button({ text: 'Choose a file', actionId: OPEN_IMPORT, value: '{}', style: 'primary' }),
    ]),
  );
}

/** All of its lines are tasks already. */
export function buildNothingNew(of: Import): OutgoingMessage {
  return message(
    `There is nothing new in ${nameOf(of)}: ${saySkipped(of.skipped)}`,
    actions('import', [button({ text: 'Tasks', actionId: OPEN_LIST, value: '{}' })]),
  );
}

export function buildWriting(of: Import): OutgoingMessage {
  return message(
    `I am importing ${sayTasks(of.lines.length)} from ${nameOf(of)}. They all come at once.`,
  );
}

/** It is done, and can be taken back. */
export function buildImported(of: Import, o: { count: number; skipped: number }): OutgoingMessage {
  const value = JSON.stringify({ id: of.id });
  const { firstNumber, lastNumber } = of;
  const numbers =
    firstNumber === lastNumber ? `#${firstNumber}` : `#${firstNumber} to #${lastNumber}`;
  const skipped = o.skipped > 0 ? ` ${saySkipped(o.skipped)}` : '';
  return message(
    o.count > 0
      ? `${sayTasks(o.count)} from ${nameOf(of)} ${o.count === 1 ? 'is' : 'are'} imported: ${numbers}.${skipped}`
      : `There was nothing new in ${nameOf(of)}.${skipped}`,
    actions('import', [
      button({ text: 'Tasks', actionId: OPEN_LIST, value: '{}' }),
      ...(o.count > 0
        ? [
            button({
              text: 'Undo the import',
              actionId: UNDO_IMPORT,
              value,
              confirm: {
                title: 'Undo the import?',
                text: 'Its tasks are removed. Those with which something was done meanwhile stay.',
                confirm: 'Undo it',
                deny: 'Keep them',
              },
            }),
          ]
        : []),
    ]),
  );
}

/** The one message in the pair's channel. */
export function buildSummary(o: { by: string; count: number; isUndone: boolean }): OutgoingMessage {
  const who = escapeText(o.by);
  if (o.isUndone) return message(`${who} imported ${sayTasks(o.count)}, and took it back.`);
  return message(
    `${who} imported ${sayTasks(o.count)}. The card of a task comes here when something happens to it.`,
    actions('import', [button({ text: 'Tasks', actionId: OPEN_LIST, value: '{}' })]),
  );
}

export function buildUndone(of: Import, o: { removed: number; kept: number }): OutgoingMessage {
  const kept =
    o.kept > 0
      ? ` ${sayTasks(o.kept)} ${o.kept === 1 ? 'stays' : 'stay'}, because something was done with ${o.kept === 1 ? 'it' : 'them'}.`
      : '';
  return message(
    `The import of ${nameOf(of)} is undone: ${sayTasks(o.removed)} ${o.removed === 1 ? 'is' : 'are'} removed.${kept}`,
  );
}

/** It has ended without anything being written. */
export function buildGivenUp(of: Of, because: 'cancelled' | 'expired'): OutgoingMessage {
  return because === 'cancelled'
    ? message(`You cancelled the import of ${nameOf(of)}. Nothing was written.`)
    : message(
        `The preview of ${nameOf(of)} is more than a day old, so it is gone. Nothing was written: choose the file again with \`/ea-tasks import\`.`,
      );
}

export const IMPORT_FAULTS = {
  gone: 'The file is not there any more in Slack. Choose it again.',
  too_big: 'This file is larger than 10 MB. Cut it into several files.',
  empty: 'This file is empty. Add a line that names the columns, and a line for each task.',
  broke: 'Something broke on my side while I read it. Please try again in a minute.',
} as const;
