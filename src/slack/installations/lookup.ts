/**
 * Asks for many ids with one statement: those asked for in the same turn. Nothing is kept, so an answer is never
 * older than its question. `load` leaves out what there is not.
 */
export function createLookup<T>(
  load: (ids: string[]) => Promise<ReadonlyMap<string, T>>,
): (id: string) => Promise<T | null> {
  let asked: Map<string, PromiseWithResolvers<T | null>> | null = null;

  async function answer(batch: ReadonlyMap<string, PromiseWithResolvers<T | null>>): Promise<void> {
    try {
      const found = await load([...batch.keys()]);
      for (const [id, { resolve }] of batch) resolve(found.get(id) ?? null);
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  }

  return async (id) => {
    if (asked === null) {
      const batch = new Map<string, PromiseWithResolvers<T | null>>();
      asked = batch;
      queueMicrotask(() => {
        asked = null;
        void answer(batch);
      });
    }
    const known = asked.get(id);
    if (known) return await known.promise;
    const mine = Promise.withResolvers<T | null>();
    asked.set(id, mine);
    return await mine.promise;
  };
}
