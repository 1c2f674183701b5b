// How much a random sample of cases tells of a claim: the hypergeometric distribution, and a fair draw.
import type { Random } from './random.ts';

/**
 * The chance that a sample of `drawn` from `population` cases holds at least one of `lies`: one minus the
 * hypergeometric probability of none.
 */
export const chanceToFind = (population: number, lies: number, drawn: number): number => {
  let none = 1;
  for (let each = 0; each < drawn; each += 1) {
    none *= Math.max(0, population - lies - each) / (population - each);
  }
  return 1 - none;
};

/** The smallest sample that finds one of `lies` with at least this chance. */
export const sampleFor = (population: number, lies: number, chance: number): number => {
  let drawn = 0;
  while (drawn < population && chanceToFind(population, lies, drawn) < chance) drawn += 1;
  return drawn;
};

/** The fewest lies that a sample finds with at least this chance: as many may be there no longer. */
export const liesFound = (
  population: number,
  drawn: number,
  chance: number,
): number | undefined => {
  for (let lies = 1; lies <= population; lies += 1) {
    if (chanceToFind(population, lies, drawn) >= chance) return lies;
  }
  return undefined;
};

/** `count` of the items, each as likely as any other, in their own order. */
export const draw = <T>(items: readonly T[], count: number, random: Random): T[] => {
  const places = items.map((_, place) => place);
  for (let place = 0; place < Math.min(count, places.length); place += 1) {
    const other = random.integer(place, places.length - 1);
    const held = places[place] ?? 0;
    places[place] = places[other] ?? 0;
    places[other] = held;
  }
  const drawn = new Set(places.slice(0, count));
  return items.filter((_, place) => drawn.has(place));
};
