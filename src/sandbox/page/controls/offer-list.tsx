import { Fragment, useEffect, useRef } from 'react';
import type { Offer } from './offers.ts';

/** The open list of a menu, in its groups. */
export function OfferList(o: {
  id: string;
  label: string;
  found: Offer[];
  current: number;
  chosen: Offer[];
  note: string;
  onPick: (offer: Offer) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const active = list.current?.querySelector('[data-active=true]');
    (active ?? list.current)?.scrollIntoView({ block: 'nearest' });
  }, [o.current, o.found.length]);
  const chosen = new Set(o.chosen.map((offer) => offer.key));
  return (
    <div className="offers" ref={list}>
      <div id={o.id} role="listbox" aria-label={o.label}>
        {o.found.map((offer, index) => (
          <Fragment key={`${offer.group ?? ''} ${offer.key}`}>
            {offer.group !== undefined && offer.group !== o.found[index - 1]?.group && (
              <div className="offer-group" role="presentation">
                {offer.group}
              </div>
            )}
            <div
              id={`${o.id}-${index}`}
              role="option"
              aria-selected={chosen.has(offer.key)}
              data-active={index === o.current}
              className="offer"
              onPointerDown={(event) => {
                // The field keeps the focus, or its blur would close the list first.
                event.preventDefault();
              }}
              onClick={() => o.onPick(offer)}
            >
              {offer.text} {offer.note && <small>{offer.note}</small>}
            </div>
          </Fragment>
        ))}
      </div>
      {o.note !== '' && (
        <p className="offers-note" role="status">
          {o.note}
        </p>
      )}
    </div>
  );
}
