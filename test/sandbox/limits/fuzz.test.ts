import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type LimitProblem,
  lintMessage,
  toSlackError,
  validateBlocks,
  validateMessage,
  validateView,
} from '../../../src/sandbox/limits/index.ts';
import { BLOCKS, ELEMENTS, RICH_TEXT, richText } from './samples.ts';

/** What the pointer leads to; throws when it leads nowhere. */
function follow(pointer: string, root: unknown): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        throw new Error(`${pointer} leads nowhere`);
      }
      return Object.entries(value).find(([name]) => name === key)?.[1];
    }, root);
}

function expectSound(problems: readonly LimitProblem[], root: object): void {
  for (const { error, pointer, message } of problems) {
    expect([error, message]).not.toContain('');
    expect(() => follow(pointer, root)).not.toThrow();
  }
}

const json = fc.jsonValue({ maxDepth: 6 });

// Values of the right kind in the wrong place reach deeper into the rules than random JSON does.
const fragment = fc.constantFrom<unknown>(
  ...Object.values(BLOCKS),
  ...Object.values(ELEMENTS),
  ...Object.values(RICH_TEXT),
  richText({ type: 'user', user_id: 'U1' }),
);

const key = fc.constantFrom(
  ...new Set(
    [...Object.values(BLOCKS), ...Object.values(ELEMENTS)].flatMap((sample) => Object.keys(sample)),
  ),
  '__proto__',
  'a/b~c',
);

const damaged = fc
  .tuple(fragment, fc.dictionary(key, fc.oneof(json, fragment, fc.array(fragment))))
  .map(([sample, fields]) => Object.assign(Object.create(null), sample, fields) as unknown);

const blocks = fc.oneof(json, fc.array(fc.oneof(json, fragment, damaged)));

const surface = fc.constantFrom('message' as const, 'modal' as const, 'home' as const);

describe('whatever JSON comes', () => {
  test('blocks are judged without an exception, at places that exist', () => {
    fc.assert(
      fc.property(blocks, surface, (value, on) => {
        expectSound(validateBlocks(value, on), { blocks: value });
      }),
      { numRuns: 1000 },
    );
  });

  test('views are judged without an exception, at places that exist', () => {
    const view = fc.oneof(
      json,
      fc.record(
        { type: fc.constantFrom('modal', 'home'), blocks, title: json, submit: json },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(view, (value) => expectSound(validateView(value), { view: value })),
      { numRuns: 500 },
    );
  });

  test('messages are judged and linted without an exception', () => {
    const attachments = fc.oneof(json, fc.array(fc.record({ blocks }, { requiredKeys: [] })));
    const message = fc.record(
      { text: fc.oneof(fc.string(), json), blocks, attachments, metadata: json },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(message, (args) => {
        const problems = validateMessage(args);
        for (const { error } of problems) expect(error).not.toBe('');
        expect(Array.isArray(lintMessage(args))).toBe(true);
        if (problems.length > 0) expect(toSlackError(problems).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('what passes alone passes twice, and judging does not change it', () => {
    fc.assert(
      fc.property(fragment, surface, (block, on) => {
        const before = JSON.stringify(block);
        const once = validateBlocks([block], on);
        const twice = validateBlocks([block, block], on);
        const type = String(Object.entries(block as object).find(([name]) => name === 'type')?.[1]);
        expect(JSON.stringify(block)).toBe(before);
        expect(type === 'table' || once.length > 0 || twice.length === 0).toBe(true);
      }),
    );
  });
});

test('JSON nested 100,000 levels deep is refused, not fatal', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const view = { type: 'modal', title: deep, blocks: [{ type: 'section', text: deep, deep }] };
  const section = { type: 'section', text: deep };
  expect(validateView(view).map(({ error }) => error)).toContain('view_too_large');
  expect(validateBlocks([section, deep], 'message').length).toBeGreaterThan(0);
  expect(
    validateMessage({ text: 'Hi', blocks: [section], attachments: deep }).length,
  ).toBeGreaterThan(0);
});

test('a message full of the largest menus is judged', () => {
  const option = (value: string) => ({ text: { type: 'plain_text', text: 'x' }, value });
  const groups = Array.from({ length: 100 }, (_, group) => ({
    label: { type: 'plain_text', text: 'x' },
    options: Array.from({ length: 100 }, (_, index) => option(`${group}-${index}`)),
  }));
  const accessory = { type: 'static_select', option_groups: groups };
  const menus = Array.from({ length: 50 }, () => ({ ...BLOCKS.section, accessory }));
  expect(validateBlocks(menus, 'message')).toEqual([]);
});
