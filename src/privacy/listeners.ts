import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Deps } from '../deps.ts';
import { explainUnreached } from '../pairs/index.ts';
import type { CommandCall, Press } from '../slack/listen.ts';
import { onPress, onSubmit } from '../slack/listen.ts';
import { buildNotice, openModal } from '../slack/modals.ts';
import { isChangeable, type RecordKind } from './domain/records.ts';
import { readAudit } from './flows/audit.ts';
import { answerErasePair, askToErasePair, erasePerson } from './flows/erase.ts';
import { prepareExport } from './flows/export/form.ts';
import { requestExport } from './flows/export/request.ts';
import { prepareOverview } from './flows/overview.ts';
import { preparePeriods, savePeriods } from './flows/retention.ts';
import * as audit from './views/audit.ts';
import * as erase from './views/erase.ts';
import { describeBegun, EXPORT_MODAL, parseExportModal } from './views/export.ts';
import * as overview from './views/overview.ts';
import { buildRetentionModal, parseRetentionModal, RETENTION_MODAL } from './views/retention.ts';

type Kinds = readonly RecordKind[];
type Asked = Pick<CommandCall, 'caller' | 'client' | 'triggerId'>;

/** What `/ea privacy`, `/ea audit` and `/ea retention` open. */
export function privacyWords(deps: Deps, kinds: Kinds) {
  return {
    privacy: (call: CommandCall) => openOverview(deps, call, kinds),
    audit: (call: CommandCall) => openAudit(deps, call),
    retention: (call: CommandCall) => openRetention(deps, call, kinds),
  };
}

async function openOverview(deps: Deps, asked: Asked, kinds: Kinds): Promise<void> {
  const build = async () =>
    overview.buildOverview(await prepareOverview(deps, { ...asked, kinds }));
  await openModal({ ...asked, title: 'Your records', build });
}

async function openAudit(deps: Deps, asked: Asked): Promise<void> {
  const build = async () => audit.buildAuditModal(await readAudit(deps, { ...asked, before: 0 }));
  await openModal({ ...asked, title: 'Audit log', build });
}

async function openRetention(deps: Deps, asked: Asked, kinds: Kinds): Promise<void> {
  const build = async () => buildRetentionModal(await preparePeriods(deps, { ...asked, kinds }));
  await openModal({ ...asked, title: 'How long it is kept', build });
}

export function registerPrivacyListeners(app: App, deps: Deps, kinds: Kinds): void {
  const { log } = deps;
  const onPlainPress = (actionId: string, handle: (press: Press<string>) => Promise<void>) =>
    onPress(app, { actionId, value: overview.NoValue, handle });

  onPlainPress(overview.OPEN, (press) => openOverview(deps, press, kinds));
  onPlainPress(overview.OPEN_EXPORT, async (press) => {
    await showIn(press, await prepareExport(deps, press.caller));
  });
  onPlainPress(overview.OPEN_ERASE, async (press) => {
    const { workspaceId, userId } = press.caller;
    await showIn(press, erase.buildEraseModal(await deps.privacy.listPairs(workspaceId, userId)));
  });
  onPlainPress(overview.OPEN_AUDIT, async (press) =>
    showIn(press, audit.buildAuditModal(await readAudit(deps, { ...press, before: 0 }))),
  );
  onPlainPress(overview.OPEN_RETENTION, async (press) =>
    showIn(press, buildRetentionModal(await preparePeriods(deps, { ...press, kinds }))),
  );
  onPlainPress(erase.ERASE_ME, async ({ caller, answer }) => {
    const { workspaceId, userId } = caller;
    const who = { workspaceId, userId, actorId: userId, kinds, now: deps.now() };
    await deps.transact((stores) => erasePerson(stores, who));
    await answer({ text: 'Your records are erased. Thank you for the time with Tandem.' });
  });

  for (const page of ['newest', 'older']) {
    onPress(app, {
      actionId: `${audit.AUDIT_PAGE}.${page}`,
      value: audit.AuditPlace,
      handle: async (press) =>
        showIn(press, audit.buildAuditModal(await readAudit(deps, { ...press, ...press.value }))),
    });
  }

  onPress(app, {
    actionId: erase.ASK_ERASE_PAIR,
    value: erase.PairValue,
    handle: async ({ caller, value: { pairId }, answer }) => {
      const came = await askToErasePair(deps, { caller, pairId });
      await answer({ text: erase.ASKED[came] });
    },
  });

  for (const [actionId, isAgreed] of [
    [erase.ERASE_PAIR, true],
    [erase.KEEP_PAIR, false],
  ] as const) {
    onPress(app, {
      actionId,
      value: erase.PairValue,
      handle: async ({ caller, value, answer }) => {
        await answerErasePair(deps, { caller, ...value, isAgreed });
        if (isAgreed) await answer({ text: 'This pair is erased.' });
      },
    });
  }

  onSubmit(app, {
    callbackId: EXPORT_MODAL,
    log,
    parse: parseExportModal,
    handle: async ({ caller, value: choice }) => {
      await requestExport(deps, { caller, choice });
      const unreached = await explainUnreached(deps, caller);
      return {
        next: buildNotice('Get a copy', describeBegun(), ...(unreached ? [unreached] : [])),
      };
    },
  });

  onSubmit(app, {
    callbackId: RETENTION_MODAL,
    log,
    parse: parseRetentionModal(kinds.filter(isChangeable)),
    handle: async ({ caller, client, value: periods }) => {
      const changed = await savePeriods(deps, { caller, client, kinds, periods });
      const text = changed.length > 0 ? 'Saved. It holds from tonight on.' : 'Nothing changed.';
      return { next: buildNotice('How long it is kept', text) };
    },
  });
}

/** Shows a view in place of the modal that the button is in, or opens it where there is none. */
async function showIn(
  { viewId, client, triggerId }: Press<unknown>,
  view: ModalView,
): Promise<void> {
  if (viewId) await client.views.update({ view_id: viewId, view });
  else await client.views.open({ trigger_id: triggerId, view });
}
