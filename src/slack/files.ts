import type { WebClient } from '@slack/web-api';
import { slackErrorOf } from './errors.ts';
import { createSlackFetch } from './outgoing.ts';

/** Hands a file to Slack and answers with its id; nobody sees it before `files.completeUploadExternal`. */
export async function uploadFile(
  client: WebClient,
  file: { name: string; content: string },
): Promise<string> {
  const bytes = Buffer.from(file.content, 'utf8');
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: file.name,
    length: bytes.length,
  });
  if (!url || !id) throw new Error('Slack gave no place to upload to');
  const body = new FormData();
  body.append('file', new Blob([bytes]), file.name);
  const post = createSlackFetch(client.slackApiUrl);
  const answer = await post(url, { method: 'POST', body, signal: AbortSignal.timeout(60_000) });
  await answer.text();
  if (!answer.ok) throw new Error(`Slack did not take the file (${answer.status})`);
  return id;
}

export type FetchedFile =
  | { ok: true; name: string; bytes: Uint8Array }
  | { ok: false; because: 'gone' | 'too_big' | 'missing_scope' | 'empty' };

/**
 * What is in a file that `userId` gave to Slack, up to `maxBytes`; the token goes to Slack's own hosts only. Rejects
 * when Slack cannot be reached.
 */
export async function fetchFile(
  client: WebClient,
  o: { fileId: string; userId: string; maxBytes: number },
): Promise<FetchedFile> {
  const found = await findFile(client, o.fileId);
  if (!found.ok) return found;
  const { file } = found;
  if (file.user !== o.userId || !file.url_private_download) return { ok: false, because: 'gone' };
  if (file.size === 0) return { ok: false, because: 'empty' };
  if ((file.size ?? 0) > o.maxBytes) return { ok: false, because: 'too_big' };
  const get = createSlackFetch(client.slackApiUrl);
  const answer = await get(file.url_private_download, {
    headers: { authorization: `Bearer ${client.token ?? ''}` },
    signal: AbortSignal.timeout(60_000),
  });
  const isSignIn = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!answer.ok || !answer.body || isSignIn) {
    await answer.body?.cancel();
    if (isSignIn) return { ok: false, because: 'missing_scope' };
    if (answer.status === 404) return { ok: false, because: 'gone' };
    throw new Error(`Slack did not give the file (${answer.status})`);
  }
  const bytes = await readUpTo(answer.body, o.maxBytes);
  return bytes ? { ok: true, name: file.name ?? 'file', bytes } : { ok: false, because: 'too_big' };
}

type Info = NonNullable<Awaited<ReturnType<WebClient['files']['info']>>['file']>;

async function findFile(
  client: WebClient,
  fileId: string,
): Promise<{ ok: true; file: Info } | { ok: false; because: 'gone' | 'missing_scope' }> {
  try {
    const { file } = await client.files.info({ file: fileId });
    return file ? { ok: true, file } : { ok: false, because: 'gone' };
  } catch (error) {
    const word = slackErrorOf(error);
    if (word === 'missing_scope') return { ok: false, because: 'missing_scope' };
    if (word && GONE.has(word)) return { ok: false, because: 'gone' };
    throw error;
  }
}

const GONE = new Set(['file_not_found', 'file_deleted', 'not_visible']);

/** Null when there is more. */
async function readUpTo(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
