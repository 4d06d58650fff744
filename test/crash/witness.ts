import type { DateTime } from 'luxon';
import type { MessageState, RecordedCall, Sandbox } from '../../src/sandbox/index.ts';
import type { Submission } from './people.ts';
import type { DeliveryRow, Rows } from './rows.ts';
import { type CrashWorkspace, dueTimes } from './workspace.ts';

export type Evidence = {
  rows: Rows;
  /** What Tandem wrote, as people see it at the end; `channelId` is where. */
  messages: (MessageState & { channelId: string })[];
  calls: RecordedCall[];
  submissions: readonly Submission[];
  due: ReturnType<typeof dueTimes>;
  /** Complaints of Slack that no fault explains. */
  problems: string[];
  mayReadDirectMessages: boolean;
};

/** Collects what is known about a run: rows, screens, calls and what people did. */
export function gather(o: {
  sandbox: Sandbox;
  workspace: CrashWorkspace;
  rows: Rows;
  submissions: readonly Submission[];
  from: DateTime;
  mayReadDirectMessages: boolean;
}): Evidence {
  const { sandbox, workspace } = o;
  const channels = new Map(
    sandbox
      .state({ team: workspace.id })
      .teams.flatMap(({ people }) => people.flatMap((person) => person.channels))
      .map((channel) => [channel.id, channel]),
  );
  const messages = [...channels.values()].flatMap((channel) =>
    channel.messages
      .filter((one) => one.byBot && one.subtype === null && !one.ephemeral)
      .map((one) => ({ ...one, channelId: channel.id })),
  );
  const problems = sandbox
    .problems()
    .map(({ about, message }) => `${about}: ${message}`)
    .filter((sentence) => !sentence.includes('not acknowledged'));
  return {
    rows: o.rows,
    messages,
    problems,
    calls: sandbox.record(),
    submissions: o.submissions,
    due: dueTimes(workspace.people, { from: o.from, until: sandbox.now() }),
    mayReadDirectMessages: o.mayReadDirectMessages,
  };
}

/** How much happened, in one line. */
export function describe({ rows, messages, calls, submissions, due }: Evidence): string {
  const taken = submissions.filter(({ acknowledged }) => acknowledged).length;
  const states = Map.groupBy(rows.occurrences, ({ state }) => state);
  const ends = [...states].map(([state, all]) => `${all.length} ${state}`).join(', ');
  const lookUps = calls.filter(({ method }) => method === 'conversations.history').length;
  const figures = [
    `${due.length} times due (${ends})`,
    `${taken} of ${submissions.length} forms acknowledged`,
    `${rows.checkins.length} check-ins`,
    `${messages.length} messages`,
    `${calls.length} calls`,
    `${lookUps} looks into a history`,
  ];
  return figures.join(', ');
}

/** Everything that is not as promised, as sentences; empty when the product kept its word. */
export function judge(evidence: Evidence): string[] {
  return [
    ...findUnfinished(evidence),
    ...findLostPrompts(evidence),
    ...findDoubles(evidence),
    ...findStrays(evidence),
    ...findStaleCards(evidence),
    ...findLostSubmissions(evidence),
    ...findRefusals(evidence),
    ...evidence.problems,
  ];
}

/** Tandem marks each message with the id of the delivery that posted it. */
function markOf(message: MessageState): string {
  return message.blocks[0]?.block_id ?? '';
}

function findUnfinished({ rows, mayReadDirectMessages }: Evidence): string[] {
  const deliveries = rows.deliveries
    .filter(({ state, error }) => {
      if (state === 'failed') return mayReadDirectMessages || error !== 'uncertain_not_repeated';
      return state !== 'sent' && state !== 'superseded';
    })
    .map(({ dedupeKey, state, error }) => `delivery ${dedupeKey} is ${state} (${error})`);
  const jobs = rows.jobs
    .filter(({ state, name }) => state !== 'completed' || name.endsWith('.dead'))
    .map(({ name, state, count }) => `${count} jobs of ${name} are ${state}`);
  const occurrences = rows.occurrences
    .filter(({ nextStep, nextStepAt }) => nextStep !== null && nextStepAt === null)
    .map(({ userId, dueOn, nextStep }) => `${userId} ${dueOn}: "${nextStep}" was queued and lost`);
  return [...deliveries, ...jobs, ...occurrences];
}

/** Every time at which a person is to be asked has an occurrence, and it was asked, done or has a reason. */
function findLostPrompts({ due, rows }: Evidence): string[] {
  const known = new Map(rows.occurrences.map((one) => [`${one.userId} ${one.dueOn}`, one]));
  return due.flatMap(({ person, on, at }) => {
    const who = `${person.name} on ${on} (due ${at.toUTC().toISO()})`;
    const occurrence = known.get(`${person.id} ${on}`);
    if (!occurrence) return `${who}: there is no occurrence`;
    const { state, reason, askedTimes } = occurrence;
    const isExplained = state === 'not_asked' || state === 'excused' ? reason !== null : true;
    if (!isExplained) return `${who}: ${state} without a reason`;
    if (state === 'due') return `${who}: still due`;
    if (askedTimes === 0 && ['asked', 'missed', 'snoozed'].includes(state))
      return `${who}: ${state} and never asked`;
    return [];
  });
}

/** The first text of each message: an update changes what people see later. */
function postedTexts(calls: readonly RecordedCall[]): Map<string, string> {
  return new Map(
    calls.flatMap(({ method, args }) => {
      const mark = /"block_id":"([^"]+)"/.exec(
        JSON.stringify(args.blocks ?? '').replaceAll('\\', ''),
      );
      return method === 'chat.postMessage' && mark?.[1] ? [[mark[1], String(args.text)]] : [];
    }),
  );
}

/** Of each time of asking; reminders have keys of their own. */
const PROMPT_KEY = /^checkin-prompt:[^:]+:[^:]+:[^:]+:\d+$/;

function findDoubles({ messages, rows, calls, mayReadDirectMessages }: Evidence): string[] {
  const marks = Map.groupBy(messages, markOf);
  const doubled = [...marks]
    .filter(([, same]) => same.length > 1)
    .map(([mark, same]) => `${same.length} messages of delivery ${mark}: ${same[0]?.plainText}`);
  const texts = postedTexts(calls);
  const prompts = Map.groupBy(
    messages.filter((one) => texts.get(markOf(one))?.startsWith('Time for your check-in')),
    (one) => `${one.channelId} ${texts.get(markOf(one))}`,
  );
  const asked = [...prompts]
    .filter(([, same]) => same.length > 1)
    .map(([what, same]) => `asked ${same.length} times: ${what}`);
  const expected = rows.occurrences.reduce((sum, { askedTimes }) => sum + askedTimes, 0);
  // A prompt that was not yet sent when its time was over comes as what became of it.
  const promptIds = new Set(
    rows.deliveries.filter(({ dedupeKey }) => PROMPT_KEY.test(dedupeKey)).map(({ id }) => id),
  );
  const seen = messages.filter((one) => promptIds.has(markOf(one))).length;
  const mayBeFewer = mayReadDirectMessages ? expected : seen;
  const counted =
    seen > expected || seen < mayBeFewer ? [`${expected} prompts were due, ${seen} arrived`] : [];
  return [...doubled, ...asked, ...counted];
}

/** Each delivery that counts as sent stands where its row says, and nothing stands there without one. */
function findStrays({ messages, rows }: Evidence): string[] {
  const posts = new Map(
    rows.deliveries.filter(({ kind }) => kind === 'post').map((one) => [one.id, one]),
  );
  const found = new Set(messages.map((one) => `${markOf(one)} ${one.channelId} ${one.ts}`));
  const missing = [...posts.values()]
    .filter(({ state }) => state === 'sent')
    .filter(({ id, channel, ts }) => !found.has(`${id} ${channel} ${ts}`))
    .map(({ dedupeKey }) => `${dedupeKey} counts as sent and is not where it should be`);
  const strays = messages
    .filter((one) => !posts.has(markOf(one)))
    .map(({ plainText }) => `nobody sent this message: ${plainText}`);
  return [...missing, ...strays];
}

/** What a card shows is what was saved last. */
function findStaleCards({ messages, rows, mayReadDirectMessages }: Evidence): string[] {
  const newest = new Map<string, DeliveryRow>();
  const isLostSight = ({ state, error }: DeliveryRow) =>
    !mayReadDirectMessages && state === 'failed' && error === 'uncertain_not_repeated';
  for (const one of rows.deliveries) {
    if (one.kind === 'delete' || one.state === 'superseded') continue;
    newest.set(one.targetId ?? one.id, one);
  }
  const stale = messages.filter((message) => {
    const last = newest.get(markOf(message));
    return last && !isLostSight(last) && !isShown(last.message, message);
  });
  const cards = rows.checkins.filter(({ answers }) => {
    const text = answers.done ?? answers.priorities ?? '';
    return !messages.some(
      (one) => one.plainText.startsWith('Check-in by') && one.text.includes(text),
    );
  });
  return [
    ...stale.map(({ plainText }) => `a card does not show what was saved last: ${plainText}`),
    ...cards.map(({ userId, dueOn }) => `no card shows the check-in of ${userId} on ${dueOn}`),
  ];
}

function isShown(saved: DeliveryRow['message'], message: MessageState): boolean {
  return saved.text === message.plainText && toText(saved.blocks) === toText(message.blocks);
}

/** Content as text that is the same for the same content: without block ids and whatever the order of fields. */
function toText(content: unknown): string {
  return JSON.stringify(content, (key, value: unknown) => {
    if (key === 'block_id') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** What a person sent and Slack took is in the database, or what they sent after it. */
function findLostSubmissions({ submissions, rows }: Evidence): string[] {
  const saved = new Map(rows.checkins.map((one) => [`${one.userId} ${one.dueOn}`, one.answers]));
  return [...Map.groupBy(submissions, ({ userId, on }) => `${userId} ${on}`)].flatMap(
    ([key, all]) => {
      const last = all.findLastIndex(({ acknowledged }) => acknowledged);
      if (last < 0) return [];
      const answers = Object.values(saved.get(key) ?? {});
      const isThere = all.slice(last).some(({ text }) => answers.includes(text));
      return isThere ? [] : `${key}: "${all[last]?.text}" was acknowledged and is not saved`;
    },
  );
}

/** Errors of a client that lost what it was about: its person or process is gone, or Slack was made to fail. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'expired_url',
  'fatal_error',
  'internal_error',
  'ratelimited',
  'too_many_websockets',
  'not_found',
]);

function findRefusals({ calls, mayReadDirectMessages }: Evidence): string[] {
  const refused = calls.flatMap(({ method, reply }) => {
    const error = reply && 'ok' in reply && reply.ok === false ? String(reply.error) : null;
    const isBlind = error === 'missing_scope' && !mayReadDirectMessages;
    const isExplained = error === null || isBlind || EXPLAINED.has(error);
    return isExplained ? [] : `Slack refused ${method}: ${error}`;
  });
  return [...new Set(refused)];
}
