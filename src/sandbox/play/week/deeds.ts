import { DateTime } from 'luxon';
import type { ActResult, MessageState } from '../../index.ts';
import type { Script } from '../script.ts';
import { CHANNEL, DANA } from './people.ts';

type Answers = Record<string, string | string[]>;

export async function checkIn(script: Script, who: string, answers: Answers): Promise<void> {
  await script.act(who, 'presses Start check-in', { do: 'click', click: 'Start check-in' });
  await script.act(who, 'writes a check-in and presses Submit', { do: 'submit', fill: answers });
}

export function countCheckIns({ read }: Script): number {
  return read(DANA, CHANNEL).filter((one) => one.text.startsWith('Check-in by')).length;
}

/** Types a command in the channel of the pair. */
export async function type(
  script: Script,
  who: string,
  ...[command, why]: [command: string, why?: string]
): Promise<ActResult> {
  const words = why ? `${why}: ${command}` : `types ${command}`;
  return await script.act(who, words, { do: 'command', command, in: CHANNEL });
}

export async function closeForm(script: Script, who: string): Promise<void> {
  await script.act(who, 'closes the form', { do: 'close', all: true });
}

/** Hands work over from the form that stands in front, which shows the due time in both zones before it saves. */
export async function handOver(script: Script, words: string, fill: Answers): Promise<void> {
  const { act } = script;
  const shown = await act(DANA, words, { do: 'submit', fill });
  if (shown.modal?.title === 'Hand over work')
    await act(DANA, 'reads when it is due, in both zones, and presses Hand over', { do: 'submit' });
  await closeForm(script, DANA);
}

/** The card of the task with this title. */
export function taskCard({ read }: Script, title: string): MessageState | undefined {
  return read(DANA, CHANNEL).findLast(
    (one) => one.text.startsWith('Task #') && one.text.includes(title),
  );
}

/** What people call the task with this title, without its sign: '2'. */
export function taskNumber(script: Script, title: string): string {
  return /Task #(\d+)/.exec(taskCard(script, title)?.text ?? '')?.[1] ?? 'no such task';
}

export type CardPress = { words: string; title: string; press: string; why?: Answers };

/** Presses a button on the card of a task, and answers what it asks. */
export async function onCard(script: Script, who: string, o: CardPress): Promise<void> {
  const ts = taskCard(script, o.title)?.ts ?? 'no such card';
  await script.act(who, o.words, { do: 'click', click: o.press, in: { channel: CHANNEL, ts } });
  if (o.why) await script.act(who, 'writes why', { do: 'submit', fill: o.why });
}

/** Opens the task of a duty from the message that brought it, and delivers it. */
export async function deliverDuty(
  { act }: Script,
  o: { who: string; on: string; words: string },
): Promise<void> {
  const text = `of your charter for ${labelOf(o.on)}`;
  await act(o.who, `${o.words} and opens it`, {
    do: 'click',
    click: 'Open',
    in: { channel: '@Tandem', text },
  });
  await act(o.who, 'presses Deliver', { do: 'click', click: 'Deliver' });
  await act(o.who, 'closes the form', { do: 'close', all: true });
}

/** Within the minute that Slack's own limits may cost. */
export function isAround(at: string | undefined, expected: DateTime): boolean {
  if (at === undefined) return false;
  return Math.abs(DateTime.fromISO(at).diff(expected).as('seconds')) <= 60;
}

/** As messages write a date: 'Wed 4 Mar 2026'. */
export function labelOf(on: string): string {
  return DateTime.fromISO(on).setLocale('en').toFormat('ccc d LLL yyyy');
}
