// Definitions as data for programs that read schemas themselves: the Python kit, and the suite's vectors.

/** A copy of a schema, each member as `change` has it; undefined leaves it out. */
const changed = (schema, change) => JSON.parse(JSON.stringify(schema, change));

/** A schema without what is for people alone. */
export const undescribed = (schema) =>
  changed(schema, (keyword, value) =>
    keyword === 'description' && typeof value === 'string' ? undefined : value,
  );

/** A definition for programs: undescribed, references by name. */
export const lean = (schema) =>
  changed(undescribed(schema), (keyword, value) =>
    keyword === '$ref' ? value.split('/').at(-1) : value,
  );

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
