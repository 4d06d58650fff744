import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { OfferList } from './offer-list.tsx';
import type { Offer } from './offers.ts';
import { useOffers } from './use-offers.ts';

export type ComboboxProps = {
  id: string | undefined;
  label: string | undefined;
  describedBy: string | undefined;
  isInvalid: boolean;
  placeholder: string;
  isMulti: boolean;
  canClear: boolean;
  /** How many may be chosen at most. */
  most: number | undefined;
  selected: Offer[];
  offers: Offer[];
  /** How much must be typed before the app is asked. */
  shortest: number;
  onSearch: ((typed: string) => Promise<Offer[]>) | undefined;
  onSelect: (offers: Offer[]) => void;
};

/** A menu in which one types to find something; one choice, or several as tags. */
export function Combobox(o: ComboboxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { found, isSearching, isTooShort } = useOffers({ ...o, typed: typed ?? '', isOpen });
  const single = o.isMulti ? undefined : o.selected[0];
  const current = Math.min(active, found.length - 1);
  const isFull = o.most !== undefined && o.selected.length >= o.most;

  useEffect(() => setActive(0), [typed]);

  const open = () => {
    setIsOpen(true);
    input.current?.select();
  };
  const close = () => {
    setIsOpen(false);
    setTyped(null);
  };
  const pick = (offer: Offer) => {
    setTyped(null);
    if (!o.isMulti) {
      setIsOpen(false);
      o.onSelect([offer]);
      return;
    }
    const isChosen = o.selected.some((one) => one.key === offer.key);
    if (isChosen) o.onSelect(o.selected.filter((one) => one.key !== offer.key));
    else if (!isFull) o.onSelect([...o.selected, offer]);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) setActive((current + step + found.length) % Math.max(1, found.length));
      else open();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const offer = found[current];
      if (isOpen && offer) pick(offer);
      else open();
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && o.isMulti && !typed && o.selected.length > 0) {
      o.onSelect(o.selected.slice(0, -1));
    }
  };

  return (
    <div className="combobox">
      {o.isMulti && o.selected.length > 0 && (
        <ul className="tags">
          {o.selected.map((offer) => (
            <li key={offer.key}>
              {offer.text}
              <button
                type="button"
                aria-label={`Remove ${offer.text}`}
                onClick={() => o.onSelect(o.selected.filter((one) => one.key !== offer.key))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="combobox-box">
        <input
          ref={input}
          id={o.id}
          type="text"
          role="combobox"
          autoComplete="off"
          aria-label={o.label}
          aria-describedby={o.describedBy}
          aria-invalid={o.isInvalid}
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found.length > 0 ? `${listId}-${current}` : undefined}
          placeholder={single?.text ?? o.placeholder}
          value={typed ?? single?.text ?? ''}
          onChange={(event) => {
            setTyped(event.target.value);
            setIsOpen(true);
          }}
          onClick={open}
          onBlur={close}
          onKeyDown={onKey}
        />
        {o.canClear && single && (
          <button
            type="button"
            className="combobox-clear"
            aria-label={`Clear ${single.text}`}
            onClick={() => o.onSelect([])}
          >
            ×
          </button>
        )}
      </div>
      {isOpen && (
        <OfferList
          id={listId}
          label={o.label ?? o.placeholder}
          found={found}
          current={current}
          chosen={o.selected}
          note={
            isTooShort
              ? `Type at least ${o.shortest} letters`
              : isSearching
                ? 'Searching …'
                : found.length === 0
                  ? 'Nothing found'
                  : isFull
                    ? `At most ${o.most} can be chosen`
                    : ''
          }
          onPick={pick}
        />
      )}
    </div>
  );
}
