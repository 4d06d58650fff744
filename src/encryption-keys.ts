import { createSecret, type Secret } from './secret.ts';

/** One key that stored tokens are encrypted with; the one of the highest version encrypts, the others still decrypt. */
export type EncryptionKey = { version: number; key: Secret };

/** Null when it is not `KEY` or `vN:KEY,vM:KEY`, each of 32 bytes in base64 and each version once. */
export function readEncryptionKeys(text: string): EncryptionKey[] | null {
  const keys = text.split(',').map((part) => {
    const [, version = '1', key = ''] =
      /^(?:v([1-9]\d{0,5}):)?([A-Za-z0-9+/]{43}=)$/.exec(part.trim()) ?? [];
    return { version: Number(version), key: createSecret(key) };
  });
  const versions = new Set(keys.map(({ version }) => version));
  const isComplete = keys.every(({ key }) => key.reveal() !== '') && versions.size === keys.length;
  return isComplete ? keys.toSorted((a, b) => b.version - a.version) : null;
}
