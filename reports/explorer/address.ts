// What stands behind the page's `#`: which requirement or case is open, and what the list is narrowed to. A link to it
// opens the report just so, and the back button goes back.
import { anchorOf } from '../anchor.ts';
import { type Filter, NO_FILTER } from './filter.ts';

export interface Place {
  /** The id of the open requirement or case; empty where none is. */
  readonly id: string;
  readonly filter: Filter;
}

const NAMES = Object.keys(NO_FILTER) as (keyof Filter)[];

/** People type addresses too: what cannot be decoded stays as it is. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `#DRV-MEM-001/read-back?verdict=fail` as a place. */
export const placeOf = (hash: string): Place => {
  const [id = '', ...query] = hash.replace(/^#/, '').split('?');
  const chosen = new URLSearchParams(query.join('?'));
  const filter = Object.fromEntries(NAMES.map((name) => [name, chosen.get(name) ?? '']));
  return { id: decoded(id), filter: { ...NO_FILTER, ...filter } };
};

/** A place as what follows the page's own address. */
export const hashOf = ({ id, filter }: Place): string => {
  const chosen = new URLSearchParams(
    NAMES.map((name) => [name, filter[name]]).filter(([, value]) => value !== ''),
  );
  return `#${anchorOf(id)}${chosen.size > 0 ? `?${chosen}` : ''}`;
};
