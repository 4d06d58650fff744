import { DateTime } from 'luxon';
import type { Script } from '../script.ts';
import { closeForm, isAround, type } from './deeds.ts';
import { ANA, DANA, LISBON, NEW_YORK, type Week } from './people.ts';
import { LUNCH } from './table.ts';

export async function playNextMonday(script: Script, { friday, nextMonday }: Week): Promise<void> {
  const { until, tell, expect, read, sandbox } = script;
  tell('A new week begins.');
  await until(nextMonday, '09:02', LISBON);
  const lisbon = DateTime.fromISO(`${nextMonday}T09:00`, { zone: LISBON });
  const prompt = read(ANA, 'DM').findLast((one) => one.text.includes('Time for your check-in'));
  expect('Ana is asked at 09:00 in Lisbon', isAround(prompt?.at, lisbon));
  expect(
    'the handoff of Dana says what happened while Ana was away',
    read(ANA, 'DM').some(
      (one) => one.text.startsWith('Handoff from @Dana') && one.text.includes('Week review.'),
    ),
  );
  await playProposal(script);
  await until(nextMonday, '09:02', NEW_YORK);
  const newYork = DateTime.fromISO(`${nextMonday}T09:00`, { zone: NEW_YORK });
  const asked = read(DANA, 'DM').findLast((one) => one.text.includes('Time for your check-in'));
  expect(
    'Dana is asked at 09:00 in New York, whatever the clocks did',
    isAround(asked?.at, newYork),
  );
  const before = DateTime.fromISO(`${friday}T12:00`, { zone: NEW_YORK });
  if (before.offset !== newYork.offset)
    expect(
      'Dana was warned before the clocks changed',
      read(DANA, 'DM').some((one) => one.text.includes('the clocks change')),
    );
  expect('nothing is left to do now', sandbox.now() >= newYork);
  expect(
    'Dana is not asked to do what Ana has done already',
    !read(DANA, 'DM').some((one) => one.text.includes('This came 3 times')),
  );
  await playSigning(script);
}

/** What came three times is proposed to both. Ana makes it a duty with an SOP. */
async function playProposal(script: Script): Promise<void> {
  const { act, expect, read } = script;
  const proposal = read(ANA, 'DM').findLast((one) => one.text.includes('This came 3 times'));
  expect(
    'work that came three times is proposed as a duty',
    proposal?.text.includes(LUNCH) === true,
  );
  const button = proposal?.controls.find((one) => one.label.startsWith('Make it a duty'));
  await act(ANA, 'presses Make it a duty', {
    do: 'click',
    click: button?.label ?? 'Make it a duty',
  });
  await act(ANA, 'says when, and where it is written how', {
    do: 'submit',
    fill: {
      What: LUNCH,
      'How often and when': 'every Monday at 10:00',
      'Link to the SOP': 'https://wiki.example.com/board-lunch',
    },
  });
  await act(ANA, 'proposes it', { do: 'submit' });
  await closeForm(script, ANA);
}

async function playSigning(script: Script): Promise<void> {
  const { act, expect } = script;
  await act(DANA, 'signs the charter with it', { do: 'click', click: 'Sign' });
  const charter = await type(script, DANA, '/ea-charter', 'reads what is in force now');
  const text = charter.modal?.text ?? '';
  expect('the new version is in force', text.includes('Version 2') && text.includes('in force'));
  expect('it has the new duty', text.includes(LUNCH));
  await closeForm(script, DANA);
}
