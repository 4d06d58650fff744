import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type CrashStage, LONG, openCrashStage } from './stage.ts';

const KILLS = LONG ? 100 : 6;
const KILLS_PER_WAVE = LONG ? 8 : 3;

let stage: CrashStage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

describe('kill -9 of random replicas among four, while people are asked and answer', () => {
  test(
    'over Socket Mode: everybody is asked once, what was acknowledged is saved, cards are up to date',
    async () => {
      stage = await openCrashStage({ name: 'kills', pairs: LONG ? 200 : 20, replicas: 4 });
      if (!stage) return;
      expect(await killThrough(stage, KILLS)).toEqual([]);
    },
    LONG ? 1_800_000 : 120_000,
  );
});

async function killThrough(on: CrashStage, kills: number): Promise<string[]> {
  const { fleet, people, random } = on;
  people.resume();
  for (let killed = 0; killed < kills; ) {
    on.toNextWave();
    for (let n = 0; n < KILLS_PER_WAVE && killed < kills; n += 1, killed += 1) {
      await fleet.ready(2);
      await setTimeout(random.between(100, 1500));
      await fleet.kill(random.between(0, fleet.ports().length - 1));
    }
  }
  await people.pause();
  await on.blackOut();
  return await on.verdict();
}
