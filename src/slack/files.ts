import type { WebClient } from '@slack/web-api';
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
