import type { ModalView } from '@slack/types';
import type { Press } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';

/** Shows a view in place of the modal that the button is in, or opens it from a message. */
export async function showModal(
  press: Pick<Press<unknown>, 'client' | 'triggerId' | 'viewId'>,
  title: string,
  build: () => Promise<ModalView>,
): Promise<void> {
  const { client, triggerId, viewId } = press;
  if (viewId) await client.views.update({ view_id: viewId, view: await build() });
  else await openModal({ client, triggerId, title, build });
}
