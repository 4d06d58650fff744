import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSecret } from '../../../src/secret.ts';
import {
  createVault,
  VaultError,
  type VaultPlace,
} from '../../../src/slack/installations/vault.ts';

const key = (version: number, letter: string) => ({
  version,
  key: createSecret(Buffer.alloc(32, letter).toString('base64')),
});
const vault = createVault([key(1, 'a')]);
const place: VaultPlace = { owner: 'T1', column: 'botToken' };

describe('a stored token', () => {
  test('opens as what it was, whatever it is, and never shows it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'binary' }), (token) => {
        const sealed = vault.seal(token, place);
        expect(vault.open(sealed, place)).toBe(token.toWellFormed());
        expect(sealed).not.toContain(token);
      }),
      { numRuns: 200 },
    );
  });

  test('looks different each time', () => {
    const sealed = Array.from({ length: 2000 }, () => vault.seal('xoxb-1', place));
    const nonces = sealed.map((one) => one.split('.')[1]);
    expect(new Set(nonces).size).toBe(sealed.length);
  });

  test.each<[string, VaultPlace]>([
    ['another workspace', { owner: 'T2', column: 'botToken' }],
    ['another column', { owner: 'T1', column: 'refreshToken' }],
    ['an organization', { owner: 'E1', column: 'botToken' }],
  ])('does not open for %s', (_, elsewhere) => {
    const sealed = vault.seal('xoxb-1', place);
    expect(() => vault.open(sealed, elsewhere)).toThrow(VaultError);
  });

  test('does not open when any one character of it was changed', () => {
    const sealed = vault.seal('xoxb-of-a-workspace', place);
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      // Bits that base64 leaves unused say nothing.
      if (sameBytes(changed, sealed)) continue;
      expect(() => vault.open(changed, place)).toThrow(VaultError);
    }
  });

  test('does not open when its end is cut off', () => {
    const sealed = vault.seal('xoxb-of-a-workspace', place);
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => vault.open(sealed.slice(0, length), place)).toThrow(VaultError);
  });

  test('does not open with another key, and the complaint names the version and not the token', () => {
    const sealed = vault.seal('xoxb-1', place);
    expect(() => createVault([key(1, 'b')]).open(sealed, place)).toThrow('key v1');
    expect(() => createVault([key(2, 'a')]).open(sealed, place)).toThrow('lacks the key v1');
  });
});

test('after a new key, old tokens still open and new ones use it', () => {
  const both = createVault([key(1, 'a'), key(2, 'b')]);
  expect(both.newest).toBe(2);
  expect(both.open(vault.seal('xoxb-old', place), place)).toBe('xoxb-old');
  const sealed = both.seal('xoxb-new', place);
  expect(createVault([key(2, 'b')]).open(sealed, place)).toBe('xoxb-new');
  expect(() => vault.open(sealed, place)).toThrow('lacks the key v2');
});

function sameBytes(a: string, b: string): boolean {
  const bytes = (text: string) =>
    text
      .split('.')
      .map((part, index) => (index === 0 ? part : Buffer.from(part, 'base64url').toString('hex')));
  return /^v\d+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(a) && bytes(a).join() === bytes(b).join();
}
