// What a validator found, as one place and one problem.

/** The shape of a validator as ajv emits it. */
interface Validator {
  (value: unknown): boolean;
  errors?:
    | { keyword: string; instancePath: string; message?: string; params: Record<string, unknown> }[]
    | null;
}

/** Where a value departs from its schema, and how. */
export interface Fault {
  /** A JSON Pointer into the value. */
  readonly place: string;
  readonly problem: string;
}

/** A member's name as a part of a JSON Pointer (RFC 6901). */
const pointerPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The first fault that a generated validator finds; undefined where there is none. */
export const firstFault = (validator: unknown, value: unknown): Fault | undefined => {
  const validate = validator as Validator;
  if (validate(value)) return undefined;
  const errors = validate.errors ?? [];
  // Where alternatives were tried, the last says only that none fits: a member too many says more.
  const error = errors.find((one) => one.keyword === 'additionalProperties') ?? errors.at(-1);
  const { additionalProperty, missingProperty, allowedValues } = error?.params ?? {};
  const member = additionalProperty ?? missingProperty;
  const detail = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return {
    place: `${error?.instancePath ?? ''}${member === undefined ? '' : `/${pointerPart(String(member))}`}`,
    problem: `${error?.message ?? 'is not valid'}${detail}`,
  };
};

/** A fault as one line. */
export const faultText = (found: Fault): string => `${found.place || 'it'} ${found.problem}`;
