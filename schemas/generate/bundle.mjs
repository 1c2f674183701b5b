// Joins the schema files into one document with one namespace of definitions, and refuses a keyword
// from which a wrong type would be generated: a type that says less than its schema lets a wrong
// suite compile.

/** What the type generator and the validators read alike. Each addition needs a type test. */
export const KEYWORDS = new Set([
  '$ref',
  'additionalProperties',
  'const',
  'description',
  'enum',
  'exclusiveMinimum',
  'items',
  'maximum',
  'maxItems',
  'maxLength',
  'minimum',
  'minItems',
  'minLength',
  'oneOf',
  'pattern',
  'patternProperties',
  'properties',
  'required',
  'title',
  'type',
]);

const ADVICE = {
  prefixItems: 'its type becomes never[]; use an object',
  unevaluatedProperties: 'its type stays open; use additionalProperties',
  $dynamicRef: 'its type becomes an open object; use $ref',
  format: 'validators would need code at run time; use pattern',
  uniqueItems: 'validators would need code at run time; state it in the requirement',
  $id: 'it renames the type; only the file has one',
};

const walk = (schema, place) => {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (!KEYWORDS.has(keyword)) {
      throw new Error(
        `${place}: keyword ${JSON.stringify(keyword)} may not be used: ${ADVICE[keyword] ?? 'the generated type has not been shown right'}`,
      );
    }
    if (keyword === 'patternProperties' && Object.keys(value).join() !== '^x-') {
      throw new Error(
        `${place}: patternProperties may hold "^x-" alone: any other becomes an open type`,
      );
    }
    if (keyword === 'properties') {
      for (const [name, member] of Object.entries(value)) walk(member, `${place}/${name}`);
    } else if (keyword === 'oneOf') {
      value.forEach((member, index) => {
        walk(member, `${place}/oneOf/${index}`);
      });
    } else if (keyword === 'items' || keyword === 'additionalProperties') {
      walk(value, `${place}/${keyword}`);
    }
  }
};

const localise = (value, path, known) => {
  if (Array.isArray(value)) return value.map((member) => localise(member, path, known));
  if (typeof value !== 'object' || value === null) return value;
  const copy = {};
  for (const [key, member] of Object.entries(value)) {
    if (key !== '$ref' || typeof member !== 'string') {
      copy[key] = localise(member, path, known);
      continue;
    }
    const target = /^(?:urn:snis:[^#]+)?#\/\$defs\/(\w+)$/.exec(member)?.[1];
    const file = member.split('#')[0];
    if (!target || !known.has(target) || (file && known.get(target) !== file)) {
      throw new Error(`${path}: ${member} points at nothing`);
    }
    copy.$ref = `#/$defs/${target}`;
  }
  return copy;
};

/** One schema whose `$defs` are those of all files, and the methods that they declare. */
export const bundle = (schemas) => {
  const owner = new Map();
  for (const { path, schema } of schemas) {
    for (const name of Object.keys(schema.$defs)) {
      if (owner.has(name)) throw new Error(`${path}: ${name} is defined twice`);
      owner.set(name, schema.$id);
    }
  }
  const defs = {};
  const methods = {};
  for (const { path, schema } of schemas) {
    for (const [name, definition] of Object.entries(schema.$defs)) {
      walk(definition, `${path}#/$defs/${name}`);
      defs[name] = localise(definition, path, owner);
    }
    for (const [method, declared] of Object.entries(schema['x-snis-methods'] ?? {})) {
      for (const role of ['params', 'result']) {
        if (!owner.has(declared[role]))
          throw new Error(`${path}: ${method}: no definition ${declared[role]}`);
      }
      methods[method] = declared;
    }
  }
  return { schema: { $defs: defs }, methods };
};
