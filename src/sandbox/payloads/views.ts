import type { ViewOutput } from '@slack/bolt';
import type { Installation, OpenView } from '../state/types.ts';

/** A view as replies of `views.*` and interactions show it. */
export function viewPayload(installation: Installation, open: OpenView): ViewOutput {
  const { view } = open;
  const modal = view.type === 'modal' ? view : undefined;
  return {
    id: open.id,
    team_id: installation.teamId,
    app_id: open.appId,
    app_installed_team_id: installation.teamId,
    bot_id: installation.botId,
    type: view.type,
    callback_id: view.callback_id ?? '',
    private_metadata: view.private_metadata ?? '',
    external_id: view.external_id ?? '',
    hash: open.hash,
    root_view_id: open.rootViewId,
    previous_view_id: open.previousViewId,
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    // A Home tab has no title; Slack sends an automatic one.
    title: modal?.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    close: modal?.close ?? null,
    submit: modal?.submit ?? null,
    blocks: view.blocks,
    state: { values: open.values },
  };
}
