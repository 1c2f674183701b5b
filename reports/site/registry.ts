// Runs put together by what was judged: one entry for each product, adapter, target, profile and level, its
// newest run first.
import type { Record as RunRecord } from '../../schemas/generated/types.ts';
import type { Attestation } from '../attestation.ts';
import type { Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { beganAt, productKey } from '../product.ts';
import { oneLine, shorten } from '../text.ts';
import { levelName, subjectName } from '../words.ts';

/** A run, and what was found of its folder. */
export interface SiteRun {
  /** Where its files lie, from the site's root: a safe path. */
  readonly folder: string;
  readonly record: RunRecord;
  readonly attestation: Attestation;
  /** What a reader must know of evidence that was not checked to its end. */
  readonly note?: string;
}

/** Everything known of one product at one level. */
export interface Product {
  /** What to call it in a table: short, and no two alike. */
  readonly name: string;
  readonly newest: SiteRun;
  /** Newest first, the newest itself included. */
  readonly runs: readonly SiteRun[];
}

const LONGEST_NAME = 48;

const keyOf = ({ record }: SiteRun): string =>
  JSON.stringify([productKey(record), levelName(record)]);

/** The product's name, and of its target and its level what tells it from others of that name. */
const namesOf = (records: readonly RunRecord[]): string[] => {
  const ways: readonly ((record: RunRecord) => string)[] = [
    ({ subject }) => subject.identity?.product.name ?? subject.target,
    (record) => record.subject.target,
    levelName,
  ];
  const parts = records.map((record) => ways.map((way) => oneLine(way(record))));
  return parts.map((own) => {
    let alike = parts;
    const telling = own.filter((part, at) => {
      const still = alike.filter((other) => other[at] === part);
      const tells = at === 0 || still.length < alike.length;
      alike = still;
      return tells;
    });
    return telling.map((part) => shorten(part, LONGEST_NAME)).join(', ');
  });
};

/** The products of a site, by name. */
export const productsOf = (runs: readonly SiteRun[]): Product[] => {
  const found = [...grouped(runs, keyOf).values()].flatMap((own) => {
    const newestFirst = own.toSorted((one, other) => beganAt(other.record) - beganAt(one.record));
    const [newest] = newestFirst;
    return newest ? [{ newest, runs: newestFirst }] : [];
  });
  found.sort((one, other) =>
    subjectName(one.newest.record).localeCompare(subjectName(other.newest.record), 'en'),
  );
  const names = namesOf(found.map(({ newest }) => newest.record));
  return found.map((one, index) => ({ ...one, name: names[index] ?? '' }));
};

/** The newest run of each product, as comparisons take them. */
export const subjectsOf = (products: readonly Product[]): Subject[] =>
  products.map(({ name, newest: { folder, record } }) => ({ folder, record, name }));
