import type { HomeSection } from '../../feature.ts';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import { mentionUser } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import type { InstallationState } from '../domain/installation.ts';
import { NO_VALUE, OPEN_AUDIT, OPEN_RETENTION } from './overview.ts';

/** What admins of the workspace look after: the installation, the audit log, how long records are kept. */
export function buildAdminSection(
  o: InstallationState & { entries: number; changedPeriods: number; missing: readonly string[] },
): HomeSection {
  const { installedAt, installedBy, entries, changedPeriods, missing } = o;
  const when = installedAt ? ` since ${formatInZone(installedAt, 'UTC')}` : '';
  const by = installedBy ? `, by ${mentionUser(installedBy)}` : '';
  const kept =
    changedPeriods === 0
      ? 'How long records are kept is as Tandem suggests.'
      : `You chose how long ${changedPeriods} ${changedPeriods === 1 ? 'kind' : 'kinds'} of records are kept.`;
  const log = `The audit log has ${entries} ${entries === 1 ? 'entry' : 'entries'}.`;
  return {
    place: 'privacy',
    blocks: [
      section(mrkdwn(`*For admins of this workspace.* Installed${when}${by}. ${log} ${kept}`)),
      ...(missing.length > 0 ? [context(missing.join('\n'))] : []),
      actions('privacy.admin', [
        button({ text: 'Audit log', actionId: OPEN_AUDIT, value: NO_VALUE }),
        button({ text: 'How long it is kept', actionId: OPEN_RETENTION, value: NO_VALUE }),
      ]),
    ],
  };
}
