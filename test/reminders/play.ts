import type { ActResult } from '../../src/sandbox/index.ts';
import { PAIR, type Stage } from '../support/stage.ts';

/** What people do about reminders, and what they then see. */
export function remindersOn(stage: () => Stage) {
  return {
    remind: (who: string, words: string): Promise<ActResult> =>
      stage().act(who, { do: 'command', command: `/ea-remind ${words}`.trim(), in: PAIR }),
    submit: (who: string, fill: Record<string, string | string[]> = {}): Promise<ActResult> =>
      stage().act(who, { do: 'submit', fill }),
    click: (who: string, label: string): Promise<ActResult> =>
      stage().act(who, { do: 'click', click: label }),
    /** With a press on the button of the dialog that asks whether one is sure. */
    confirm: (who: string, label: string): Promise<ActResult> =>
      stage().act(who, { do: 'click', click: label, confirm: true }),
    closeAll: (who: string): Promise<ActResult> => stage().act(who, { do: 'close', all: true }),
    /** The text of the modal that is open in front. */
    modal: (who: string): string => stage().person(who).modals.at(-1)?.text ?? '',
    /** Direct messages of this person with that text in it, oldest first. */
    texts: (who: string, text: string): string[] =>
      stage()
        .read(who, 'DM')
        .map((one) => one.text)
        .filter((said) => said.includes(text)),
    /** The buttons of the newest such message. */
    buttons: (who: string, text: string): string[] =>
      stage()
        .read(who, 'DM')
        .filter((one) => one.text.includes(text))
        .at(-1)
        ?.controls.map(({ label }) => label) ?? [],
  };
}
