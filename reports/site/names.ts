// Names of a site's folders: what an endpoint calls itself may hold anything, and a path may not.
import type { Record as RunRecord } from '../../schemas/generated/types.ts';
import { subjectName } from '../words.ts';

const LONGEST = 60;

/** Small letters, digits and hyphens, and not many; empty where nothing of the text can stand. */
export const safeName = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');

/** A name for a run's folder that is not among those taken: of its subject, and of its record's digest. */
export const runName = (record: RunRecord, digest: string, taken: ReadonlySet<string>): string => {
  const name = `${safeName(subjectName(record)) || 'subject'}-${digest.slice(0, 10)}`;
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name}-${count}`)) count += 1;
  return `${name}-${count}`;
};
