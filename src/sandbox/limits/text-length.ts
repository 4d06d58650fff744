const SHOWN = new Set(['text', 'title', 'caption', 'label', 'alt_text', 'fallback', 'name']);

/**
 * The characters (UTF-16 code units) that a payload shows to people: texts, titles, labels and
 * descriptions of images; not ids, values and addresses. Takes any JSON, however deep.
 */
export function textLength(payload: unknown): number {
  let length = 0;
  const rest: unknown[] = [payload];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'string' && SHOWN.has(key)) length += item.length;
      else if (typeof item === 'object') rest.push(item);
    }
  }
  return length;
}
