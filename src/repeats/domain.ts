/** What tells whether two pieces of work are of one kind. */
export type Titled = { title: string; category: string | null };

export type PastWork = Titled & { id: string; number: number };

/** Days that are looked back, and how often work has to come in them. */
export const REPEAT_DAYS = 90;
export const REPEATS_NEEDED = 3;

/** Days between one proposal to a pair and the next. */
export const PROPOSAL_PAUSE_DAYS = 7;

/** Words that say nothing about the kind of work: when, for whom, how many. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  [
    'a an and as at by for from in into is it me my of on or our please the this that to up with your',
    'new next last today tomorrow again week weekly month monthly day daily year quarter task item',
    'january february march april may june july august september october november december',
    'jan feb mar apr jun jul aug sep sept oct nov dec',
    'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun',
  ].flatMap((line) => line.split(' ')),
);

/** The words of a title that say what kind of work it is: no accents, numbers, plurals, dates or small words. */
export function kindOf(title: string): ReadonlySet<string> {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/\p{N}/u.test(word) && !isSmall(word))
    .map((word) => (/^.{3,}[^s]s$/u.test(word) ? word.slice(0, -1) : word));
  return new Set(words);
}

function isSmall(word: string): boolean {
  return /^[a-z]$/.test(word) || EMPTY_WORDS.has(word);
}

/** One word alone is too little to tell a kind by, and half of the words of both have to be the same. */
export function isSameKind(a: Titled, b: Titled): boolean {
  if (a.category !== b.category) return false;
  return areAlike(kindOf(a.title), kindOf(b.title));
}

function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const same = [...a].filter((word) => b.has(word)).length;
  return same >= 2 && same * 2 >= a.size + b.size - same;
}

/** Work that is of one kind with `example`, itself among it, the newest first. */
export type Repeat<T extends PastWork> = { example: T; all: T[] };

/**
 * The kind that came most often, at least REPEATS_NEEDED times. `known` are kinds that are duties already or were
 * proposed before: they are left out. `past` is the newest first.
 */
export function findRepeat<T extends PastWork>(
  past: readonly T[],
  known: readonly Titled[],
): Repeat<T> | null {
  const kinds = past.map((one) => ({ one, words: kindOf(one.title) }));
  const knownKinds = known.map(({ title }) => kindOf(title));
  let best: Repeat<T> | null = null;
  for (const { one, words } of kinds) {
    if (words.size < 2) continue;
    const all = kinds
      .filter((other) => other.one.category === one.category && areAlike(words, other.words))
      .map((other) => other.one);
    if (all.length < REPEATS_NEEDED || all.length <= (best?.all.length ?? 0)) continue;
    const isKnown = [words, ...all.map(({ title }) => kindOf(title))].some((kind) =>
      knownKinds.some((other) => areAlike(kind, other)),
    );
    if (!isKnown) best = { example: one, all };
  }
  return best;
}

/** A kind that was proposed as a duty. */
export type RepeatProposal = Titled & {
  workspaceId: string;
  pairId: string;
  /** The delegation by which it was found: all others are like it. */
  delegationId: string;
  /** How often it came, and the newest numbers. */
  count: number;
  numbers: number[];
  toldExecutive: boolean;
  toldEa: boolean;
  /** Who said that it is no duty; null while it is open. */
  dismissedBy: string | null;
};
