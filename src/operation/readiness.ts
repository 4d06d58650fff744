/** Says what is wrong, for an operator, or null when nothing is. */
export type Check = () => Promise<string | null> | string | null;

export type Readiness = () => Promise<string[]>;

const PATIENCE_MS = 3000;

/** Asks all checks at once; the answer names every problem. Those who ask at the same time share one answer. */
export function createReadiness(checks: readonly Check[]): Readiness {
  let asking: Promise<string[]> | null = null;
  return () => {
    asking ??= askAll(checks).finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function askAll(checks: readonly Check[]): Promise<string[]> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(late.resolve, PATIENCE_MS, 'the database does not answer in time');
  const answers = await Promise.all(
    checks.map((check) => Promise.race([Promise.resolve(check()).catch(explain), late.promise])),
  );
  clearTimeout(timer);
  return [...new Set(answers.filter((answer) => answer !== null))];
}

function explain(error: unknown): string {
  return `a check failed (${error instanceof Error ? error.name : 'no error'})`;
}
