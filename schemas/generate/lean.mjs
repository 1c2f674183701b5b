// Definitions as data for programs that read schemas themselves: the Python kit, and the suite's vectors.

/** A definition for programs: what is for people alone left out, references by name. */
export const lean = (schema) => {
  if (Array.isArray(schema)) return schema.map(lean);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword, value]) => keyword !== 'description' || typeof value !== 'string')
      .map(([keyword, value]) => [
        keyword,
        keyword === '$ref' ? value.split('/').at(-1) : lean(value),
      ]),
  );
};

/** The names that these definitions reach, their own included. */
export const reached = (names, defs) => {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, target] of JSON.stringify(defs[name]).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      visit(target);
    }
  };
  names.forEach(visit);
  return [...found].sort();
};
