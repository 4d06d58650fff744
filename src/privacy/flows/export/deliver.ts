import type { WebClient } from '@slack/web-api';
import type { Deps } from '../../../deps.ts';
import type { RunContext } from '../../../jobs/index.ts';
import { findChannel } from '../../../slack/deliveries/store/upkeep.ts';
import { classifyFailure, slackErrorOf } from '../../../slack/errors.ts';
import { uploadFile } from '../../../slack/files.ts';
import { type ExportRequest, isCut, type UploadedFile } from '../../domain/export.ts';
import type { RecordKind } from '../../domain/records.ts';
import { ASK_AGAIN, buildExportMessage, EXPORT_BROKE } from '../../views/export.ts';
import { collectFiles } from './collect.ts';

/** What sending files asks of Slack. */
const FILES = { scope: 'files:write', purpose: 'send you the files' };

/** Slack takes so many files in one message. */
const FILES_PER_MESSAGE = 10;

/** Where the message about an export goes; it is updated as things go on. */
export function messageOf(request: Pick<ExportRequest, 'workspaceId' | 'id' | 'requestedBy'>) {
  return {
    workspaceId: request.workspaceId,
    key: `export:${request.id}`,
    purpose: 'card' as const,
    recipient: request.requestedBy,
  };
}

/** Uploads what is not uploaded, shares what is not shared, and says so. Rejects to be tried again. */
export async function deliverExport(
  deps: Deps,
  o: { workspaceId: string; id: string; kinds: readonly RecordKind[]; context: RunContext },
): Promise<void> {
  const request = await deps.privacy.findExport(o);
  if (!request || request.state === 'done' || request.state === 'failed') return;
  try {
    await handOver(deps, request, o.kinds);
  } catch (error) {
    const word = slackErrorOf(error);
    const isFinal =
      o.context.isLastAttempt || classifyFailure(error, 'files.upload').type === 'failed';
    if (!isFinal) throw error;
    deps.log.warn({ err: error, export: request.id }, 'an export could not be handed over');
    const missing =
      word === 'missing_scope' &&
      (await deps.slack.explainMissingScope({
        ...FILES,
        workspaceId: o.workspaceId,
        refused: true,
      }));
    const reason = missing ? `${missing} ${ASK_AGAIN}` : EXPORT_BROKE;
    await end(deps, request, { error: word ?? 'unknown', reason });
  }
}

async function handOver(
  deps: Deps,
  request: ExportRequest,
  kinds: readonly RecordKind[],
): Promise<void> {
  const { workspaceId, requestedBy: recipient } = request;
  const client = await deps.slack.clientFor(workspaceId);
  if (!client) throw new Error('the app is not installed in this workspace any more');
  const channel = await findChannel(deps.database.prisma, { workspaceId, recipient });
  if (!channel) throw new Error('the message about the export has not arrived yet');
  const files =
    request.state === 'sharing' ? request.files : await upload(deps, { request, client, kinds });
  for (let at = 0; at < files.length; at += FILES_PER_MESSAGE) {
    const group = files.slice(at, at + FILES_PER_MESSAGE);
    if (group.every((file) => file.isShared)) continue;
    await share(client, channel, group);
    for (const file of group) file.isShared = true;
    await deps.privacy.noteFiles(request, files);
  }
  await end(deps, { ...request, files }, null);
}

async function upload(
  deps: Deps,
  o: { request: ExportRequest; client: WebClient; kinds: readonly RecordKind[] },
): Promise<UploadedFile[]> {
  const { request, kinds, client } = o;
  const { requestedBy: userId } = request;
  const asked = kinds.filter(({ kind }) => !request.onlyKind || kind === request.onlyKind);
  const { files } = await collectFiles(deps, { ...request, userId, kinds: asked });
  const uploaded: UploadedFile[] = [];
  for (const { name, content, rows } of files) {
    const id = await uploadFile(client, { name, content });
    uploaded.push({ id, name, rows, isShared: false });
  }
  await deps.privacy.noteFiles(request, uploaded);
  return uploaded;
}

async function share(client: WebClient, channel: string, files: UploadedFile[]): Promise<void> {
  const [first, ...others] = files.map(({ id, name }) => ({ id, title: name }));
  if (!first) return;
  try {
    await client.files.completeUploadExternal({ files: [first, ...others], channel_id: channel });
  } catch (error) {
    // The answer to an earlier try was lost: they are shared.
    if (slackErrorOf(error) !== 'file_update_failed') throw error;
  }
}

async function end(
  deps: Deps,
  request: ExportRequest,
  failure: { error: string; reason: string } | null,
): Promise<void> {
  const { workspaceId, requestedBy, pairId, files } = request;
  await deps.transact(async (stores) => {
    const now = deps.now();
    const error = failure?.error ?? null;
    if (!(await stores.privacy.finishExport(request, { now, error }))) return;
    await stores.audit.record({
      workspaceId,
      actorId: requestedBy,
      action: failure ? 'export.failed' : 'export.delivered',
      subject: pairId ? { kind: 'pair', id: pairId } : { kind: 'person', id: requestedBy },
      at: now,
    });
    const cut = isCut(files);
    const message = failure
      ? buildExportMessage({ state: 'failed', reason: failure.reason })
      : buildExportMessage({ state: 'done', files, cut });
    await stores.outbox.show({ ...messageOf(request), message });
  });
}
