import { useEffect, useState } from 'react';
import type { Offer } from './offers.ts';

const PAUSE_MS = 200;

/** What a menu shows for what is typed: filtered here, or found by the app. */
export function useOffers(o: {
  offers: Offer[];
  typed: string;
  isOpen: boolean;
  shortest: number;
  onSearch: ((typed: string) => Promise<Offer[]>) | undefined;
}): { found: Offer[]; isSearching: boolean; isTooShort: boolean } {
  const [answer, setAnswer] = useState<{ typed: string; found: Offer[] } | null>(null);
  const isExternal = o.onSearch !== undefined;
  const isTooShort = isExternal && o.typed.length < o.shortest;
  const { typed, isOpen, onSearch } = o;

  useEffect(() => {
    if (!isOpen || !onSearch || isTooShort) return;
    let isOld = false;
    const search = async () => {
      const found = await onSearch(typed);
      if (!isOld) setAnswer({ typed, found });
    };
    const timer = setTimeout(() => void search(), PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
    // `onSearch` is another function at every drawing; what is typed decides.
  }, [isOpen, typed, isTooShort]);

  if (!isExternal) {
    const wanted = o.typed.trim().toLowerCase();
    const found = o.offers.filter(({ text, note }) =>
      `${text} ${note ?? ''}`.toLowerCase().includes(wanted),
    );
    return { found, isSearching: false, isTooShort: false };
  }
  const isSearching = !isTooShort && answer?.typed !== o.typed;
  return { found: isTooShort || isSearching ? [] : (answer?.found ?? []), isSearching, isTooShort };
}
