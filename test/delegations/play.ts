import type { ActResult, MessageState } from '../../src/sandbox/index.ts';
import { PAIR, type Stage } from '../support/stage.ts';

/** What people do about tasks, and what they then see. */
export function tasksOn(stage: () => Stage) {
  const act = (who: string, ...deed: [Parameters<Stage['act']>[1]]) => stage().act(who, ...deed);
  const card = (text: string): MessageState | undefined =>
    stage()
      .read('Dana', PAIR)
      .filter((one) => one.text.includes('Task #') && one.text.includes(text))
      .at(-1);
  return {
    command: (who: string, command: string): Promise<ActResult> =>
      act(who, { do: 'command', command, in: PAIR }),
    submit: (who: string, fill: Record<string, string> = {}): Promise<ActResult> =>
      act(who, { do: 'submit', fill }),
    /** Presses a button of the modal in front, or else of the newest message that has it. */
    click: (who: string, label: string): Promise<ActResult> =>
      act(who, { do: 'click', click: label }),
    confirm: (who: string, label: string): Promise<ActResult> =>
      act(who, { do: 'click', click: label, confirm: true }),
    /** Presses a button of the card with this text. */
    onCard: (who: string, text: string, label: string): Promise<ActResult> =>
      act(who, {
        do: 'click',
        click: label,
        in: { channel: PAIR, ts: card(text)?.ts ?? 'no such card' },
      }),
    closeAll: (who: string): Promise<ActResult> => act(who, { do: 'close', all: true }),
    card: (text: string): string => card(text)?.text ?? '',
    cardButtons: (text: string): string[] => card(text)?.controls.map(({ label }) => label) ?? [],
    modal: (who: string): string => stage().person(who).modals.at(-1)?.text ?? '',
    /** Direct messages of this person with that text in them, oldest first. */
    told: (who: string, text: string): string[] =>
      stage()
        .read(who, 'DM')
        .map((one) => one.text)
        .filter((said) => said.includes(text)),
    /** What somebody alone was told about what they did last. */
    answer: (result: ActResult): string =>
      result.messages.filter((one) => one.ephemeral).at(-1)?.text ?? result.modal?.text ?? '',
  };
}
