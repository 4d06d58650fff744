import type { ConfirmationDialog } from '@slack/types';
import { useEffect, useId, useRef } from 'react';
import { Mrkdwn } from '../blocks/shown.tsx';

/** Asks before something is done. */
export function ConfirmDialog(o: {
  dialog: ConfirmationDialog;
  answer: (agreed: boolean) => void;
}) {
  const id = useId();
  const agree = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    agree.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const { title, text, confirm, deny, style } = o.dialog;
  return (
    <div className="modal-shade">
      <div
        className="modal confirm"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'Escape') o.answer(false);
        }}
      >
        <header className="modal-head">
          <h2 id={`${id}-title`}>{title?.text ?? 'Are you sure?'}</h2>
        </header>
        <div className="modal-content" id={`${id}-text`}>
          {text.type === 'mrkdwn' ? <Mrkdwn text={text.text} /> : <p>{text.text}</p>}
        </div>
        <footer className="modal-foot">
          <button type="button" className="button" onClick={() => o.answer(false)}>
            {deny?.text ?? 'Cancel'}
          </button>
          <button
            ref={agree}
            type="button"
            className={`button ${style ?? 'primary'}`}
            onClick={() => o.answer(true)}
          >
            {confirm?.text ?? 'OK'}
          </button>
        </footer>
      </div>
    </div>
  );
}
