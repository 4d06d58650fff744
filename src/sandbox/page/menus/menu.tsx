import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

export type MenuItem = { key: string; text: ReactNode; isDanger?: boolean; onPick: () => void };

/** A button that opens a list of things to do, by mouse and by keyboard. */
export function Menu(o: {
  label: string;
  items: MenuItem[];
  children: ReactNode;
  className?: string;
  side?: 'left' | 'right';
}) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const holder = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    list.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);

  const close = () => {
    setIsOpen(false);
    holder.current?.querySelector('button')?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
  };

  if (o.items.length === 0) return null;
  return (
    <div
      ref={holder}
      className="menu"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
      }}
    >
      <button
        type="button"
        className={o.className}
        aria-label={o.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        {o.children}
      </button>
      {isOpen && (
        <div
          ref={list}
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={o.label}
          className={`menu-list menu-${o.side ?? 'left'}`}
          onKeyDown={onKey}
        >
          {o.items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={item.isDanger ? 'danger' : ''}
              onClick={() => {
                close();
                item.onPick();
              }}
            >
              {item.text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
