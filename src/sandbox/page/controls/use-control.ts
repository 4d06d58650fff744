import { useState } from 'react';
import type { Action } from '../../index.ts';
import type { Control } from '../../state/controls.ts';
import { usePerson } from '../workspace/person-context.ts';
import { useSurface } from './surface.tsx';

export type Answer = Extract<Action, { do: 'select' }>['option'];

/** What ties a control to the label, hint and error around it. */
export type Field = { id: string; describedBy: string | undefined; isInvalid: boolean };

/** How a person uses one control: presses it, gives it an answer, looks something up in it. */
export function useControl(control: Control) {
  const { act, ask } = usePerson();
  const surface = useSurface();
  const [isBusy, setIsBusy] = useState(false);
  const where = { ...surface.spot, block: control.blockId, action: control.actionId };
  const label = control.input?.label.text ?? control.actionId;
  const dialog = 'confirm' in control.element ? control.element.confirm : undefined;
  /** Values in forms wait for the submit button; everything else acts at once. */
  const isQuiet = control.input !== null && control.input.dispatch_action !== true;

  const busily = async <T>(work: () => Promise<T>): Promise<T> => {
    setIsBusy(true);
    try {
      return await work();
    } finally {
      setIsBusy(false);
    }
  };
  return {
    isBusy,
    label,
    value: surface.valueOf(control),
    async press(name: string): Promise<void> {
      if (isBusy || (dialog && !(await ask(dialog)))) return;
      await busily(() => act({ do: 'click', click: name, in: where }));
    },
    async answer(answer: Answer): Promise<boolean> {
      if (dialog && !(await ask(dialog))) return false;
      const done = await busily(() =>
        act({ do: 'select', select: label, option: answer, in: where, wait: !isQuiet }),
      );
      return done !== null;
    },
    async lookUp(typed: string): Promise<string[]> {
      const done = await act({ do: 'look_up', look_up: label, typed, in: where });
      return done?.options ?? [];
    },
  };
}
