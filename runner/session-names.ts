// How sessions are called. A name is said once in a run: what goes on after a kill, or was merged from shards,
// numbers its later parts.

const partName = (parts: number): string => (parts === 0 ? '' : `r${parts}.`);

/** The session that learns who the endpoint is, in a part that comes after `parts` others. */
export const probeSession = (parts: number): string => `${partName(parts)}probe`;

/** A session that cases of an area share. */
export const areaSession = (area: string, parts: number, count: number): string =>
  `${area}~${partName(parts)}${count}`;

/** A session of a case's own. Attempts are counted through all parts, and a case is in one shard alone. */
export const caseSession = (id: string, attempt: number, count: number): string =>
  `${id}~${attempt}.${count}`;

/** A session of a run, or what its timers are said to be of, as it is called where `parts` stand before that run. */
export const laterSession = (name: string, parts: number): string => {
  const [, area = '', part = '0', own] = /^([^~]+~)?(?:r(\d+)\.)?(probe|\d+)$/.exec(name) ?? [];
  return own === undefined ? name : `${area}${partName(Number(part) + parts)}${own}`;
};
