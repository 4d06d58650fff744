import { z } from 'zod';
import { isPostgresUrl, isPublicUrl, isSafeApiUrl } from './addresses.ts';
import { readEncryptionKeys } from './encryption-keys.ts';

/** Every variable of the product, with the example that a complaint about it shows. */
export const schema = z.object({
  SLACK_BOT_TOKEN: startingWith('xoxb-').optional().meta({ example: 'xoxb-your-bot-token' }),
  SLACK_APP_TOKEN: startingWith('xapp-').optional().meta({ example: 'xapp-your-app-level-token' }),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^(?!xox|xapp)\S{8,}$/, 'must be the signing secret from "Basic Information", no token')
    .optional()
    .meta({ example: '8f742231b10e8888abcd99yyyzzz85a5' }),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, 'must be the client ID from "Basic Information", two numbers and a dot')
    .optional()
    .meta({ example: '123456789012.345678901234' }),
  SLACK_CLIENT_SECRET: z
    .string()
    .regex(/^(?!xox|xapp)\S{8,}$/, 'must be the client secret from "Basic Information", no token')
    .optional()
    .meta({ example: '0f8fad5bd9cb469fa16570867728950e' }),
  PUBLIC_URL: z
    .string()
    .refine(
      isPublicUrl,
      'must be the https:// address of this server without a path (http:// only on this machine)',
    )
    .transform((url) => new URL(url).origin)
    .optional()
    .meta({ example: 'https://tandem.example.com' }),
  ENCRYPTION_KEY: z
    .string()
    .refine(
      (text) => readEncryptionKeys(text) !== null,
      'must be 32 random bytes in base64, as "openssl rand -base64 32" prints them; after a change of keys, all of them with versions and commas between',
    )
    .transform((text) => readEncryptionKeys(text) ?? [])
    .optional()
    .meta({
      example:
        'v2:bmV3ZXItMzItYnl0ZXMtb2YtYW4tZXhhbXBsZS1rZXk=,v1:b2xkZXItMzItYnl0ZXMtb2YtYW4tZXhhbXBsZS1rZXk=',
    }),
  SLACK_API_URL: z
    .string()
    .refine(isSafeApiUrl, 'must be an https:// address (http:// only on this machine)')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .default('https://slack.com/api/')
    .meta({ example: 'https://slack.com/api/' }),
  DATABASE_URL: z
    .string()
    .refine(
      isPostgresUrl,
      'must be a postgres:// or postgresql:// address with a host (percent-encode special characters in its password)',
    )
    .optional()
    .meta({ example: 'postgresql://tandem:password@localhost:5432/tandem' }),
  DATA_DIR: z.string().default('./data').meta({ example: './data' }),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535')
    .default(3000)
    .meta({ example: '3000' }),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 letters, digits and signs without spaces')
    .optional()
    .meta({ example: 'a-long-random-word-of-your-own' }),
  LIMIT_PER_PERSON: positive().default(60).meta({ example: '60' }),
  LIMIT_PER_WORKSPACE: positive().default(3000).meta({ example: '3000' }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info')
    .meta({ example: 'info' }),
});

function positive() {
  return z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be a whole number from 1 to 9999999')
    .transform(Number);
}

function startingWith(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}\\S+$`), `must start with ${prefix}`);
}
