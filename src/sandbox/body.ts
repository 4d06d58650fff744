import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';

export type UploadedPart = { name: string; filename: string; mimetype: string; bytes: Buffer };

export type Body =
  | { ok: true; fields: Record<string, unknown>; files: UploadedPart[]; raw: Buffer }
  | { ok: false; error: 'invalid_json' | 'json_not_object' | 'invalid_form_data' | 'too_large' };

const MOST_BYTES = 32 * 1024 * 1024;

/** Reads a body that is a form, a multipart form or a JSON object; anything else gives no fields. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const raw = await readRaw(request);
  if (!raw) return { ok: false, error: 'too_large' };
  if (type === 'multipart/form-data') return readMultipart(request, raw);
  if (type === 'application/json') return readJson(raw);
  if (type === 'application/x-www-form-urlencoded') {
    return {
      ok: true,
      fields: fieldsOf(new URLSearchParams(raw.toString('utf8'))),
      files: [],
      raw,
    };
  }
  return { ok: true, fields: {}, files: [], raw };
}

/** The last value of each name; names that objects are born with become plain fields. */
export function fieldsOf(params: Iterable<[string, string]>): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of params) fields[name] = value;
  return fields;
}

async function readRaw(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return size <= MOST_BYTES ? Buffer.concat(chunks) : null;
}

function readJson(raw: Buffer): Body {
  if (raw.length === 0) return { ok: true, fields: {}, files: [], raw };
  let value: unknown;
  try {
    value = JSON.parse(raw.toString('utf8'));
  } catch {
    return { ok: false, error: 'invalid_json' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, error: 'json_not_object' };
  }
  return { ok: true, fields: { ...value }, files: [], raw };
}

function readMultipart(request: IncomingMessage, raw: Buffer): Promise<Body> {
  return new Promise((resolve) => {
    const fields = fieldsOf([]);
    const files: UploadedPart[] = [];
    const fail = () => resolve({ ok: false, error: 'invalid_form_data' });
    try {
      const parser = busboy({ headers: request.headers });
      parser.on('field', (name, value) => {
        fields[name] = value;
      });
      parser.on('file', (name, stream, info) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const bytes = Buffer.concat(chunks);
          files.push({ name, filename: info.filename ?? '', mimetype: info.mimeType, bytes });
        });
      });
      parser.on('error', fail);
      parser.on('close', () => resolve({ ok: true, fields, files, raw }));
      parser.end(raw);
    } catch {
      fail();
    }
  });
}
