import type { DateTime } from 'luxon';

/** What the audit log knows, each as it reads behind a name. Others add theirs here. */
export const AUDIT_ACTIONS = {
  'agreement.accepted': 'accepted a working agreement',
  'agreement.proposed': 'proposed a working agreement',
  'pair.ended': 'ended a pair',
  'pair.restored': 'restored a pair',
  'role.granted': 'gave somebody a role',
  'role.removed': 'took a role away',
  'settings.changed': 'changed settings',
  'export.requested': 'asked for an export',
  'export.delivered': 'received an export',
  'export.failed': 'did not receive an export',
  'person.erased': 'erased a person',
  'pair.erased': 'erased a pair',
  'retention.changed': 'changed how long something is kept',
  'records.read': 'read records of somebody else',
  'app.installed': 'installed the app',
  'app.reinstalled': 'installed the app again',
  'app.uninstalled': 'uninstalled the app',
  'key.rotated': 'renewed the encryption of tokens',
  'backup.saved': 'saved a backup',
  'backup.restored': 'restored a backup',
  'messages.resent': 'sent messages again',
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** Who acted when no person of the workspace is known: whoever runs the server, the program by itself, or Slack, which does not say who. */
export const OPERATOR = 'operator';
export const TANDEM = 'tandem';
export const SLACK = 'slack';

/** Those who are no person of the workspace. */
export const NOBODY_HERE: ReadonlySet<string> = new Set([OPERATOR, TANDEM, SLACK]);

/** What it was done to; ids only. */
export type AuditSubject = {
  kind: 'person' | 'pair' | 'workspace' | 'record' | 'setting';
  id: string;
};

export type AuditEntry = {
  workspaceId: string;
  /** Slack user id, OPERATOR, TANDEM or SLACK; once the person is erased, a name that stands for nobody. */
  actorId: string;
  action: AuditAction;
  subject: AuditSubject;
  at: DateTime;
};

/** One line of the log with its place, to read on from. */
export type AuditLine = AuditEntry & { seq: number };
