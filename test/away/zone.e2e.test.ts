import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

const LISBON = 'Europe/Lisbon';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(async () => {
  await stage.close();
});

const texts = (who: string) => stage.read(who, 'DM').map((one) => one.text);
const questions = (who: string) => texts(who).filter((one) => one.includes('Slack says'));
const travel = (who: string, zone: string) => stage.act(who, { do: 'profile', zone });
/** Prompts without the reminders of them. */
const prompts = (who: string, day: string) =>
  texts(who).filter(
    (one) =>
      /check-in/i.test(one) &&
      one.includes(day) &&
      !/no longer needed|reminder|proposes a working agreement/i.test(one),
  );

test('a new zone in the Slack profile is asked about once, and changes nothing by itself', async () => {
  await travel('Ana', LISBON);
  await travel('Ana', LISBON);
  expect(questions('Ana')).toHaveLength(1);
  expect(questions('Ana')[0]).toContain('Slack says that you are now in Lisbon (UTC+00:00).');
  await stage.until('2026-03-03', '09:00', MANILA);
  expect(prompts('Ana', 'Tue 3 Mar')).toHaveLength(1);
});

test('moving does not ask again for a local date that was asked, and tells both what they share', async () => {
  await stage.act('Ana', { do: 'click', click: 'Move my working hours there' });
  const [mine] = texts('Ana').filter((one) => one.includes('Your working hours are now in'));
  expect(mine).toContain('Lisbon (UTC+00:00) time; they were in Manila (UTC+08:00) time');
  expect(mine).toContain(
    'You and @Dana share 16 hours of working time in the next seven days (before: 0 hours).',
  );
  const told = texts('Dana').filter((one) => one.includes('now works in'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('@Ana now works in Lisbon (UTC+00:00) time instead of Manila');
  expect(told[0]).toContain('Next: Tue 3 Mar, 09:00 EST (New York) / 14:00 GMT+0 (Lisbon)');
  expect(stage.read('Ana', 'DM').find((one) => one.text === mine)?.controls).toEqual([]);
  await stage.until('2026-03-03', '23:00', LISBON);
  expect(prompts('Ana', 'Tue 3 Mar')).toHaveLength(1);
  await stage.until('2026-03-04', '08:59', LISBON);
  expect(prompts('Ana', 'Wed 4 Mar')).toEqual([]);
  await stage.until('2026-03-04', '09:00', LISBON);
  expect(prompts('Ana', 'Wed 4 Mar')).toHaveLength(1);
});

test('the agreement in the channel and the next proposal know the new zone', async () => {
  const agreement = stage.read('Dana', PAIR).find((one) => one.text.includes('Working agreement'));
  expect(agreement?.text).toContain('@Ana, in Lisbon time');
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  const hours = await stage.act('Dana', { do: 'submit' });
  const zone = hours.modal?.inputs.find((one) => one.label === 'EA: time zone');
  expect(JSON.stringify(zone)).toContain('Lisbon');
  await stage.act('Dana', { do: 'close', all: true });
});

test('who keeps the zone is asked again only about another one', async () => {
  await travel('Dana', 'Europe/Paris');
  await stage.act('Dana', { do: 'click', click: 'Keep New York' });
  expect(texts('Dana').at(-1)).toContain('Your working hours stay in New York (UTC-05:00) time.');
  await travel('Dana', 'America/New_York');
  await travel('Dana', 'US/Eastern');
  const before = texts('Dana').length;
  await travel('Dana', 'Asia/Tokyo');
  expect(texts('Dana')).toHaveLength(before + 1);
  expect(texts('Dana').at(-1)).toContain('Tokyo (UTC+09:00)');
});

test('who comes home before answering is asked nothing any more', async () => {
  await travel('Dana', 'America/New_York');
  const last = stage.read('Dana', 'DM').at(-1);
  expect(last?.text).toBe('Your working hours stay in New York (UTC-05:00) time.');
  expect(last?.controls).toEqual([]);
});

test('a zone chosen in setup is not asked about', async () => {
  await stage.act('Ana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Ana', { do: 'submit' });
  await stage.act('Ana', { do: 'submit', fill: { 'EA: time zone': 'Manila (UTC+08:00)' } });
  await stage.act('Ana', { do: 'close', all: true });
  await stage.act('Dana', { do: 'click', click: 'Accept' });
  const before = questions('Ana').length;
  await travel('Ana', 'Europe/Paris');
  expect(questions('Ana')).toHaveLength(before);
});

test('somebody whom Tandem does not know is left alone', async () => {
  await travel('Marta', 'Asia/Tokyo');
  expect(texts('Marta')).toEqual([]);
});

test('Slack took everything that Tandem sent', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});
