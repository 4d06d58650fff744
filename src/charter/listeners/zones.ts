import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onPress, onSubmit } from '../../slack/listen.ts';
import {
  prepareCategory,
  prepareZones,
  removeCategory,
  restoreCategory,
  saveCategory,
} from '../flows/zones.ts';
import { buildCategoryModal, CATEGORY_MODAL, parseCategoryModal } from '../views/category.ts';
import { PairValue } from '../views/charter.ts';
import * as zones from '../views/zones.ts';
import { showModal } from './show.ts';

/** How free the EA is in which category. */
export function registerZoneListeners(app: App, deps: Deps): void {
  onPress(app, {
    actionId: zones.OPEN_ZONES,
    value: PairValue,
    handle: async (press) =>
      showModal(press, 'Zones', async () =>
        zones.buildZonesModal(await prepareZones(deps, press.caller, press.value)),
      ),
  });

  onPress(app, {
    actionId: zones.ADD_CATEGORY,
    value: PairValue,
    handle: async (press) =>
      showModal(press, 'New category', async () =>
        buildCategoryModal(
          await prepareCategory(deps, press.caller, { ...press.value, categoryId: null }),
        ),
      ),
  });

  onPress(app, {
    actionId: zones.EDIT_CATEGORY,
    value: zones.CategoryValue,
    handle: async (press) =>
      showModal(press, 'Change category', async () =>
        buildCategoryModal(await prepareCategory(deps, press.caller, press.value)),
      ),
  });

  onPress(app, {
    actionId: zones.REMOVE_CATEGORY,
    value: zones.CategoryValue,
    handle: async (press) =>
      showModal(press, 'Zones', async () =>
        zones.buildZonesModal(await removeCategory(deps, { caller: press.caller, ...press.value })),
      ),
  });

  onPress(app, {
    actionId: zones.RESTORE_CATEGORY,
    value: zones.RestoreValue,
    handle: async (press) =>
      showModal(press, 'Zones', async () =>
        zones.buildZonesModal(
          await restoreCategory(deps, { caller: press.caller, ...press.value }),
        ),
      ),
  });

  onSubmit(app, {
    callbackId: CATEGORY_MODAL,
    log: deps.log,
    parse: parseCategoryModal,
    handle: async ({ caller, value }) => ({
      next: zones.buildZonesModal(await saveCategory(deps, { caller, ...value })),
    }),
  });
}
