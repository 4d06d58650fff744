import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { runAdmin } from '../../src/admin/run.ts';

test('what goes wrong unexpectedly is said in a line, without what people wrote', async () => {
  const complaints: string[] = [];
  const code = await runAdmin({
    args: ['help'],
    environment: {},
    now: () => DateTime.utc(),
    print: () => {
      throw new Error('duplicate key\nFailing row contains (T1, the merger is on Friday).');
    },
    complain: (line) => complaints.push(line),
  });
  expect(code).toBe(1);
  expect(complaints).toEqual(['This could not be done: duplicate key\nFailing row contains (…)']);
});
