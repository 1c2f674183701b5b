// The page's place, kept in its address: opening and closing make a step for the back button, and narrowing makes none.
import { useEffect, useState } from 'preact/hooks';
import { hashOf, type Place, placeOf } from './address.ts';
import type { Filter } from './filter.ts';

/** Browsers refuse addresses that change with every key. */
const SETTLED = 300;

interface Places {
  readonly place: Place;
  /** Opens a requirement or case; none where the id is empty. */
  readonly open: (id: string) => void;
  readonly narrow: (filter: Filter) => void;
}

export const usePlace = (): Places => {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const moved = (): void => setPlace(placeOf(location.hash));
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, []);
  useEffect(() => {
    if (hashOf(place) === hashOf(placeOf(location.hash))) return undefined;
    const timer = setTimeout(() => history.replaceState(null, '', hashOf(place)), SETTLED);
    return () => clearTimeout(timer);
  }, [place]);
  return {
    place,
    open: (id) => {
      if (id === place.id) return;
      const next = { ...place, id };
      history.pushState(null, '', hashOf(next));
      setPlace(next);
    },
    narrow: (filter) => setPlace({ ...place, filter }),
  };
};
