const WORDS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'tomorrow',
  'tonight',
  'weekday',
];

/** A word that is nearly one of those that say when, and the one that was probably meant. */
export type Misspelt = { word: string; meant: string };

/** The first such word of a text, such as 'fryday'; null when every word is either right or something else. */
export function findMisspelt(text: string): Misspelt | null {
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    const typed = word.toLowerCase();
    if (typed.length < 5 || isDateWord(typed)) continue;
    const near = WORDS.find((one) => distance(typed, one) <= (typed.length < 7 ? 1 : 2));
    if (near)
      return { word, meant: near.endsWith('day') && near !== 'weekday' ? capital(near) : near };
  }
  return null;
}

/** 'I did not understand “fryday”. Did you mean “Friday”?' */
export function describeMisspelt({ word, meant }: Misspelt): string {
  return `I did not understand “${word}”. Did you mean “${meant}”?`;
}

function isDateWord(word: string): boolean {
  const single = word.replace(/s$/, '');
  return WORDS.includes(single) || single === 'yesterday' || single === 'midday';
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Letters to change, add or leave out to turn one word into the other. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const swap = (before[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      row.push(Math.min(swap, (before[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
