import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ModalState } from '../../index.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceProvider, viewSurface } from '../controls/surface.tsx';
import { usePerson } from '../workspace/person-context.ts';

/** The modal in front of a person. `depth` counts those behind it as well. */
export function Modal({ modal, depth }: { modal: ModalState; depth: number }) {
  const { act } = usePerson();
  const [isSending, setIsSending] = useState(false);
  const [drafts] = useState(() => new Map<string, () => Promise<unknown>>());
  const surface = useMemo(() => viewSurface(modal, {}, drafts), [modal, drafts]);
  const box = useRef<HTMLDivElement>(null);
  const titleId = useId();

  useEffect(() => {
    const before = document.activeElement;
    const first = box.current?.querySelector<HTMLElement>(
      '[autofocus], .modal-content input, .modal-content textarea, .modal-content button',
    );
    if (!box.current?.contains(before)) (first ?? box.current)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    if (Object.keys(modal.errors).length === 0) return;
    box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [modal.errors]);

  const close = (all: boolean) => void act({ do: 'close', all });
  const submit = async () => {
    if (isSending || modal.submit === null) return;
    setIsSending(true);
    for (const handOver of drafts.values()) await handOver();
    await act({ do: 'submit' });
    setIsSending(false);
  };

  return (
    <div className="modal-shade">
      <div
        ref={box}
        className="modal"
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close(false);
        }}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <header className="modal-head">
            <h2 id={titleId}>{modal.title}</h2>
            <small>{modal.app}</small>
            <button type="button" aria-label="Close" onClick={() => close(true)}>
              ×
            </button>
          </header>
          {modal.notice && (
            <p className="modal-notice" role="alert">
              {modal.notice}
            </p>
          )}
          <div className="modal-content" tabIndex={0} role="group" aria-label={modal.title}>
            <SurfaceProvider surface={surface}>
              <Blocks blocks={modal.blocks} />
            </SurfaceProvider>
          </div>
          <footer className="modal-foot">
            <button type="button" className="button" onClick={() => close(false)}>
              {modal.close ?? (depth > 1 ? 'Back' : modal.submit === null ? 'Close' : 'Cancel')}
            </button>
            {modal.submit !== null && (
              <button type="submit" className="button primary" aria-busy={isSending}>
                {modal.submit}
              </button>
            )}
          </footer>
        </form>
      </div>
    </div>
  );
}
