// Params made from the schema of a method: each departs from a valid value in one place, by one keyword.
// Whether the schema still admits them, its own validator says.
import { DEFINITIONS, PARAMS } from '../../schemas/generated/params.ts';
import type { MethodName } from '../../schemas/generated/standard.ts';
import { faultOfParams } from '../../schemas/validate-request.ts';

/** The keywords from which vectors are made. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

type Keyword =
  | 'type'
  | 'required'
  | 'additionalProperties'
  | 'patternProperties'
  | 'pattern'
  | 'enum'
  | 'minimum'
  | 'maximum'
  | 'minItems'
  | 'maxItems'
  | 'oneOf';

export interface Vector {
  /** What was departed from. */
  readonly keyword: Keyword;
  /** Where, as a JSON Pointer into params. */
  readonly place: string;
  readonly params: unknown;
  /** Whether the schema admits it all the same. */
  readonly admitted: boolean;
}

/** Values for members of these names, wherever they stand: handles and ids that are there. */
export type Names = Readonly<Record<string, unknown>>;

type Candidate = Omit<Vector, 'admitted' | 'params'> & { readonly value: unknown };

/**
 * Texts that real parsers take for something else, the most telling first: the ends of 64 bits, numbers as
 * other languages write them, base64 with bits or a line feed too many, digits that are not ASCII.
 */
const TEXTS: readonly string[] = [
  '18446744073709551615',
  '18446744073709551616',
  '0',
  '1',
  'AAAA',
  'AB==',
  'AAA',
  '1\n',
  '-1',
  '01',
  '１',
  '1.0',
  'nothing_000000000000000000000000',
  'A'.repeat(300),
  '',
  '1e3',
  '0x10',
  '1.5',
  '+1',
  ' 1',
  '01.0',
  'a b',
  'AAAA\n',
  'AQ==',
];
/** Of each pattern, texts that it admits and texts that it refuses. */
const ADMITTED_TEXTS = 3;
const REFUSED_TEXTS = 5;

/** One of every type that JSON has. */
const OF_EVERY_TYPE: readonly unknown[] = [null, true, 7, 'text', [], {}];

const follow = (schema: Schema): Schema =>
  schema.$ref === undefined ? schema : follow((DEFINITIONS[schema.$ref] ?? {}) as Schema);

/** A value that a schema admits. */
const sample = (declared: Schema, names: Names): unknown => {
  const schema = follow(declared);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.oneOf) return sample(schema.oneOf[0] ?? {}, names);
  if (schema.properties) {
    const { required = [], properties } = schema;
    return Object.fromEntries(
      required.map((name) => [
        name,
        Object.hasOwn(names, name) ? names[name] : sample(properties[name] ?? {}, names),
      ]),
    );
  }
  if (schema.items) {
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, names));
  }
  if (schema.pattern !== undefined) {
    const pattern = new RegExp(schema.pattern, 'u');
    return TEXTS.find((text) => pattern.test(text)) ?? '';
  }
  if (schema.type === 'string') return 'text';
  return schema.minimum ?? 0;
};

function* texts(pattern: RegExp, place: string): Generator<Candidate> {
  const matching = TEXTS.filter((text) => pattern.test(text)).slice(0, ADMITTED_TEXTS);
  const others = TEXTS.filter((text) => !pattern.test(text)).slice(0, REFUSED_TEXTS);
  for (const value of [...matching, ...others]) yield { keyword: 'pattern', place, value };
}

function* numbers({ minimum, maximum }: Schema, place: string): Generator<Candidate> {
  if (minimum !== undefined) {
    for (const value of [minimum, minimum - 1]) yield { keyword: 'minimum', place, value };
  }
  if (maximum !== undefined) {
    for (const value of [maximum, maximum + 1]) yield { keyword: 'maximum', place, value };
  }
  yield { keyword: 'type', place, value: (minimum ?? 0) + 0.5 };
}

function* lists(schema: Schema, place: string, names: Names): Generator<Candidate> {
  const { items = {}, minItems = 0, maxItems } = schema;
  const of = (length: number): unknown[] => Array.from({ length }, () => sample(items, names));
  if (minItems > 0) yield { keyword: 'minItems', place, value: of(minItems - 1) };
  if (maxItems !== undefined) {
    for (const length of [maxItems, maxItems + 1]) {
      yield { keyword: 'maxItems', place, value: of(length) };
    }
  }
  for (const one of candidates(items, `${place}/0`, names)) yield { ...one, value: [one.value] };
}

function* objects(schema: Schema, place: string, names: Names): Generator<Candidate> {
  const { properties = {}, required = [] } = schema;
  const whole = sample(schema, names) as Record<string, unknown>;
  for (const name of required) {
    const { [name]: _, ...rest } = whole;
    yield { keyword: 'required', place: `${place}/${name}`, value: rest };
  }
  const unknown: readonly [Keyword, string][] = [
    ['additionalProperties', 'unknown'],
    ['patternProperties', 'x-unknown'],
  ];
  for (const [keyword, name] of unknown) {
    yield { keyword, place: `${place}/${name}`, value: { ...whole, [name]: 1 } };
  }
  for (const [name, member] of Object.entries(properties)) {
    for (const one of candidates(member, `${place}/${name}`, names)) {
      yield { ...one, value: { ...whole, [name]: one.value } };
    }
  }
}

function* unions(branches: readonly Schema[], place: string, names: Names): Generator<Candidate> {
  const samples = branches.map((branch) => sample(branch, names));
  if (samples.every((one) => typeof one === 'object')) {
    yield { keyword: 'oneOf', place, value: Object.assign({}, ...samples) };
  }
  for (const branch of branches) yield* candidates(branch, place, names);
}

function* candidates(declared: Schema, place: string, names: Names): Generator<Candidate> {
  const schema = follow(declared);
  if (schema.oneOf) yield* unions(schema.oneOf, place, names);
  else if (schema.properties || schema.type === 'object') yield* objects(schema, place, names);
  else if (schema.items) yield* lists(schema, place, names);
  else if (schema.pattern !== undefined) yield* texts(new RegExp(schema.pattern, 'u'), place);
  else if (schema.enum || 'const' in schema) {
    for (const value of schema.enum ?? [schema.const]) yield { keyword: 'enum', place, value };
    yield { keyword: 'enum', place, value: 'none-of-these' };
  } else if (schema.type === 'integer' || schema.type === 'number') yield* numbers(schema, place);
  for (const value of OF_EVERY_TYPE) yield { keyword: 'type', place, value };
}

/** Every vector of a method, each params once. */
export const vectorsOf = (method: MethodName, names: Names = {}): readonly Vector[] => {
  const seen = new Map<string, Vector>();
  const schema = (DEFINITIONS[PARAMS[method]] ?? {}) as Schema;
  for (const { keyword, place, value } of candidates(schema, '', names)) {
    const text = JSON.stringify(value);
    // A scalar is no params at all: that is the envelope's fault.
    if (seen.has(text) || typeof value !== 'object' || value === null) continue;
    const admitted = faultOfParams(method, value) === undefined;
    seen.set(text, { keyword, place, params: value, admitted });
  }
  return [...seen.values()];
};
