import type { Script } from '../script.ts';
import { closeForm, type } from './deeds.ts';
import { ANA, CHANNEL, DANA } from './people.ts';

/** The two agree on hours, on duties, and on what stays with the executive. */
export async function playSetUp(script: Script): Promise<void> {
  await playAgreement(script);
  await playCharter(script);
  await playZones(script);
}

async function playAgreement(script: Script): Promise<void> {
  const { act, tell, read, expect } = script;
  tell('Dana has hired Ana through an agency. They set Tandem up.');
  await type(script, DANA, '/ea-setup');
  await act(DANA, 'says who is who and presses Next', {
    do: 'submit',
    fill: {
      'I am the': 'Executive',
      'The other person': ANA,
      'Your shared channel': CHANNEL,
      'The EA works': 'Through an agency',
      'Hours agreed per month': '20',
    },
  });
  await act(DANA, 'wants Ana to work until 18:00 and presses Propose', {
    do: 'submit',
    fill: { 'EA: work ends at': '18:00' },
  });
  await closeForm(script, DANA);
  await act(ANA, 'would rather stop at 17:00', { do: 'click', click: 'Propose a change' });
  await act(ANA, 'changes it and presses Propose', {
    do: 'submit',
    fill: { 'EA: work ends at': '17:00' },
  });
  await closeForm(script, ANA);
  await act(DANA, 'agrees', { do: 'click', click: 'Accept' });
  const agreement = read(ANA, CHANNEL).find((one) => one.text.includes('Working agreement'));
  expect('the second version is in force', agreement?.text.includes('Version 2.') === true);
}

async function playCharter(script: Script): Promise<void> {
  const { act, tell, read, expect } = script;
  tell('What Ana does again and again, they write into a charter.');
  await type(script, DANA, '/ea-charter');
  await act(DANA, 'writes one', { do: 'click', click: 'Write one' });
  await act(DANA, 'adds a duty', { do: 'click', click: 'Add a duty' });
  await act(DANA, 'describes it', {
    do: 'submit',
    fill: {
      What: 'Plan the travel of the week',
      'Who does it': 'Ana Reyes (Manila time)',
      'How often and when': 'every Monday at 9:30',
      'How long does it take?': '45 min',
      'Link to the SOP': 'https://wiki.example.com/travel',
      Priority: 'High',
    },
  });
  await act(DANA, 'adds another one, without an SOP', { do: 'click', click: 'Add a duty' });
  await act(DANA, 'describes it', {
    do: 'submit',
    fill: {
      What: 'Expense report',
      'Who does it': 'Ana Reyes (Manila time)',
      'How often and when': 'every friday at 11:00',
      'How long does it take?': '1 h',
      'On a holiday, on leave or on a day off': 'Do it on the working day before',
    },
  });
  await act(DANA, 'proposes it', { do: 'submit' });
  await closeForm(script, DANA);
  await act(ANA, 'reads it and signs', { do: 'click', click: 'Sign' });
  expect(
    'both read that the charter is signed',
    read(DANA, 'DM').some((one) => one.text.includes('Signed by @Ana')),
  );
}

async function playZones(script: Script): Promise<void> {
  const { act, read, expect } = script;
  await type(script, DANA, '/ea-charter zones', 'says how free Ana is');
  await act(DANA, 'opens Finance', { do: 'click', click: 'Change Finance' });
  await act(DANA, 'keeps it to herself', {
    do: 'submit',
    fill: { 'How free is the EA?': 'Never: stays with the executive' },
  });
  await act(DANA, 'opens Purchases', { do: 'click', click: 'Change Purchases' });
  await act(DANA, 'lets Ana spend 200 dollars without asking, and 500 while nobody can be asked', {
    do: 'submit',
    fill: {
      'How free is the EA?': 'Do: the EA decides',
      'Spending limit': '200 USD',
      'While the executive is away': 'Do: the EA decides',
      'Spending limit while the executive is away': '500 USD',
    },
  });
  await closeForm(script, DANA);
  const told = read(ANA, 'DM').findLast((one) => one.text.includes('how free you are'))?.text;
  expect('Ana is told that Finance stays with Dana', told?.includes('Finance: Never') === true);
  expect('and what she may spend', told?.includes('spends at most 200 USD') === true);
}
