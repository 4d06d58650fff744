export type { Onlooker, OnlookerRole } from './domain.ts';
export { createOnlookerStore, type OnlookerStore } from './store.ts';
