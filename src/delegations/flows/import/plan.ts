import { createHash } from 'node:crypto';
import type { ImportLine, Problem } from '../../domain/import/import.ts';
import {
  externalIdOf,
  type LineContext,
  type RawLine,
  readLine,
} from '../../domain/import/lines.ts';

export type Plan = {
  lines: ImportLine[];
  /** `taskId` is the task that the line stands for, null when that cannot be told. */
  problems: (Problem & { taskId: string | null })[];
  /** What the file calls its lines, by the task that each stands for. */
  externalIds: ReadonlyMap<string, string>;
};

/** Lines between two reports of progress. */
const STEP = 2500;

/** What each line would become, or what is wrong with which. Others get their turn on the way. */
export async function planLines(
  raw: readonly RawLine[],
  o: LineContext & { pairId: string; onProgress: (checked: number) => Promise<void> },
): Promise<Plan> {
  const lines: ImportLine[] = [];
  const problems: Plan['problems'] = [];
  const externalIds = new Map<string, string>();
  const lineOfId = new Map<string, number>();
  const copies = new Map<string, number>();
  for (const [index, one] of raw.entries()) {
    if (index > 0 && index % STEP === 0) await o.onProgress(index);
    else if (index % 250 === 0) await new Promise((resolve) => setImmediate(resolve));
    const { line } = one;
    const externalId = externalIdOf(one);
    const before = externalId === null ? undefined : lineOfId.get(externalId);
    if (before !== undefined) {
      const message = `The id “${externalId}” stands in line ${before} already.`;
      problems.push({ line, message, taskId: null });
      continue;
    }
    if (externalId !== null) lineOfId.set(externalId, line);
    const says = externalId === null ? sayContent(one) : '';
    const copy = copies.get(says) ?? 0;
    if (externalId === null) copies.set(says, copy + 1);
    const name = externalId === null ? ['line', says, copy] : ['id', externalId];
    const id = hash([o.pairId, ...name]);
    if (externalId !== null) externalIds.set(id, externalId);
    const read = readLine(one, o);
    if (read.ok) lines.push({ ...read.value, id });
    else problems.push(...read.messages.map((message) => ({ line, message, taskId: id })));
  }
  return { lines, problems, externalIds };
}

/** What the line says as it is written: when two lines say the same, they are two tasks. */
function sayContent({ fields }: RawLine): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== '');
  return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function hash(parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `import-${digest.slice(0, 40)}`;
}
