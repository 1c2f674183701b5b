// Definitions to TypeScript types, one for each name.
import { compile } from 'json-schema-to-typescript';

const withoutExtensions = (value) => {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (typeof value !== 'object' || value === null) return value;
  // A schema that admits any value would become an open object.
  if (Object.keys(value).every((key) => key === 'description'))
    return { ...value, tsType: 'unknown' };
  return Object.fromEntries(
    Object.entries(value)
      // An extension pattern would open every generated type: members that start with x- are legal
      // on the wire, and no code of ours reads them.
      .filter(([key]) => key !== 'patternProperties')
      .map(([key, member]) => [key, withoutExtensions(member)]),
  );
};

/** The text of types.ts. */
export const types = async ({ schema }, banner) => {
  const text = await compile(
    {
      ...withoutExtensions(schema),
      title: 'Definitions',
      type: 'object',
      additionalProperties: false,
    },
    'Definitions',
    {
      bannerComment: banner,
      unreachableDefinitions: true,
      // A maxItems of 16 would become a union of 16 tuples.
      ignoreMinAndMaxItems: true,
      style: { singleQuote: true, printWidth: 100 },
    },
  );
  return text
    .replace(/\/\*\*\n \* This (?:interface|type) was referenced by [\s\S]*?\*\/\n/g, '')
    .replace(/ \*\n \* This (?:interface|type) was referenced by [\s\S]*?\n \*\/\n/g, ' */\n')
    .replace(/export interface Definitions \{\}\n+/, '');
};
