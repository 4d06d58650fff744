import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { isUserId, mentionUser } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import { AUDIT_ACTIONS, type AuditLine, OPERATOR, SLACK, TANDEM } from '../domain/audit.ts';

export const AUDIT_PAGE = 'privacy.audit-page';

/** Where a page of the log begins: before this line; 0 for the newest. */
export const AuditPlace = z.object({ before: z.number().int().min(0) });

export const AUDIT_PAGE_SIZE = 30;

/** A page of the audit log, newest first. */
export function buildAuditModal(o: {
  lines: readonly AuditLine[];
  total: number;
  before: number;
}): ModalView {
  const { lines, total, before } = o;
  const last = lines.at(-1)?.seq;
  const isMore = lines.length === AUDIT_PAGE_SIZE && last !== undefined;
  const turn = [
    ...(before > 0 ? [page('Newest', `${AUDIT_PAGE}.newest`, 0)] : []),
    ...(isMore ? [page('Older', `${AUDIT_PAGE}.older`, last)] : []),
  ];
  return {
    type: 'modal',
    title: plain('Audit log'),
    close: plain('Close'),
    blocks: [
      context(
        `${total} ${total === 1 ? 'entry' : 'entries'}. Who did what and when, never what it says.`,
      ),
      ...(lines.length === 0 ? [section(plain('Nothing is here.'))] : []),
      ...lines.map((line) => section(mrkdwn(describeLine(line)))),
      ...(turn.length > 0 ? [actions('privacy.audit', turn)] : []),
    ],
  };
}

function page(text: string, actionId: string, before: number) {
  return button({ text, actionId, value: JSON.stringify({ before }) });
}

function describeLine({ at, actorId, action, subject }: AuditLine): string {
  const when = formatInZone(at, 'UTC');
  const what = subject.kind === 'person' ? nameOf(subject.id) : `${subject.kind} ${subject.id}`;
  const about = subject.kind === 'person' && subject.id === actorId ? '' : `: ${what}`;
  return `${when}  ${nameOf(actorId)} ${AUDIT_ACTIONS[action] ?? action}${about}`;
}

function nameOf(id: string): string {
  if (id === OPERATOR) return 'Whoever runs the server';
  if (id === TANDEM) return 'Tandem';
  if (id === SLACK) return 'Somebody in Slack';
  return isUserId(id) ? mentionUser(id) : `a former colleague (${id})`;
}
