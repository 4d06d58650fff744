/** Rows of one statement: the embedded database works in this process, and nobody else is served meanwhile. */
const SIZE = 1000;

/** Runs a statement that changes at most `size` rows until it finds none. Others get their turn in between. */
export async function inBatches(run: (size: number) => Promise<number>): Promise<void> {
  while ((await run(SIZE)) > 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}
