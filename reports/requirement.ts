// What the standard asks in a row, by the row's id.
import { REQUIREMENTS } from '../schemas/generated/standard.ts';
import type { Requirement } from '../schemas/generated/types.ts';

const declared: ReadonlyMap<string, Requirement> = new Map(
  REQUIREMENTS.map((row): [string, Requirement] => [row.id, row as unknown as Requirement]),
);

/** The standard's row for an id; undefined for an id that this revision has not. */
export const requirementOf = (id: string): Requirement | undefined => declared.get(id);
