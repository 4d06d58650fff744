import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EncryptionKey } from '../../encryption-keys.ts';

/** What a secret belongs to: it opens in this row and column only. */
export type VaultPlace = { owner: string; column: 'botToken' | 'refreshToken' };

export type Vault = {
  /** Version of the key that `seal` uses. */
  newest: number;
  seal(plain: string, place: VaultPlace): string;
  /** Throws a VaultError when it was changed, belongs elsewhere, or its key is not there. */
  open(sealed: string, place: VaultPlace): string;
};

/** A stored secret cannot be read. The message is for the operator and shows nothing of it. */
export class VaultError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VaultError';
  }
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v(\d+)\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]+)$/;

/** AES-256-GCM with a fresh nonce each time. Owner, column and key version are authenticated with the secret. */
export function createVault(keys: readonly EncryptionKey[]): Vault {
  const byVersion = new Map(
    keys.map(({ version, key }) => [version, Buffer.from(key.reveal(), 'base64')]),
  );
  const newest = Math.max(...byVersion.keys());
  const keyOf = (version: number): Buffer => {
    const key = byVersion.get(version);
    if (!key) throw new VaultError(`ENCRYPTION_KEY lacks the key v${version}. Add it again.`);
    return key;
  };
  return {
    newest,
    seal(plain, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(newest), nonce);
      cipher.setAAD(bindingOf(place, newest));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const body = Buffer.concat([sealed, cipher.getAuthTag()]);
      return `v${newest}.${nonce.toString('base64url')}.${body.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, version = '', nonce = '', body = ''] = SEALED.exec(sealed) ?? [];
      const bytes = Buffer.from(body, 'base64url');
      if (bytes.length < TAG_BYTES) throw new VaultError('a stored token is damaged');
      const key = keyOf(Number(version));
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(bindingOf(place, Number(version)));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const plain = decipher.update(bytes.subarray(0, -TAG_BYTES));
        return Buffer.concat([plain, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new VaultError(
          `a stored token of ${place.owner} cannot be read: it was changed, belongs elsewhere, or the key v${version} is another one now`,
          { cause: error },
        );
      }
    },
  };
}

function bindingOf({ owner, column }: VaultPlace, version: number): Buffer {
  return Buffer.from(JSON.stringify(['installations', owner, column, version]), 'utf8');
}
