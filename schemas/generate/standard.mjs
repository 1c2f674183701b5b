// The standard's data to constants with literal types, and the digest that freezes it.
import { createHash } from 'node:crypto';

const constant = (name, value, type) =>
  `export const ${name} = ${JSON.stringify(value, null, 2)} as const satisfies ${type};\n`;

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
};

const unique = (rows, key, what) => {
  const seen = new Set();
  for (const row of rows) {
    if (seen.has(row[key])) throw new Error(`${what} ${row[key]} stands twice`);
    seen.add(row[key]);
  }
};

/** The text of standard.ts, from the validated files. */
export const standard = (files, bundle, protocol, banner) => {
  const [{ data: identity }] = files.StandardFile;
  const requirements = files.RequirementFile.flatMap(({ data }) =>
    data.requirements.map((row) => ({ layer: data.layer, ...row })),
  );
  const profiles = files.ProfileFile.map(({ data }) => data);
  const [{ data: exclusionFile }] = files.ExclusionFile;
  const { exclusions } = exclusionFile;
  const [{ data: errorFile }] = files.ErrorFile;
  const [{ data: reasonFile }] = files.ReasonFile;
  const [{ data: operatorFile }] = files.OperatorFile;
  const { operators, tolerances } = operatorFile;
  const [{ data: nodeTestFile }] = files.NodeTestFile;
  const { tests: nodeTests } = nodeTestFile;
  const capabilities = Object.keys(bundle.schema.$defs.Capabilities.properties);
  unique(requirements, 'id', 'requirement');
  unique(profiles, 'id', 'profile');
  unique(exclusions, 'requirement', 'the exclusion of');
  unique(errorFile.errors, 'reason', 'error reason');
  unique(errorFile.errors, 'code', 'error code');
  unique(reasonFile.reasons, 'id', 'verdict reason');
  unique(tolerances, 'id', 'tolerance');
  unique(operators, 'operator', 'operator');
  unique(nodeTests.releases, 'digest', 'the release of digest');
  unique(nodeTests.notJudged, 'test', 'the test');
  for (const { operator, tolerance } of operators)
    if (!tolerances.some((one) => one.id === tolerance))
      throw new Error(`${operator}: no tolerance ${tolerance}`);

  const known = (name, where) => {
    if (!capabilities.includes(name)) throw new Error(`${where}: no capability ${name}`);
  };
  for (const row of requirements) if (row.needs) known(row.needs, row.id);
  for (const { requirement } of exclusions)
    if (!requirements.some((row) => row.id === requirement))
      throw new Error(`the exclusion of ${requirement}: no such requirement`);
  for (const profile of profiles)
    for (const level of profile.levels) for (const name of level.requires) known(name, profile.id);
  const reasons = new Set(errorFile.errors.map((row) => row.reason));
  for (const [method, declared] of Object.entries(bundle.methods)) {
    if (declared.needs) known(declared.needs, method);
    for (const reason of declared.errors)
      if (!reasons.has(reason)) throw new Error(`${method}: no error reason ${reason}`);
  }

  const frozen = sorted({
    identity,
    requirements,
    profiles,
    exclusions,
    errors: errorFile.errors,
    operators: operatorFile,
    nodeTests,
    protocol,
  });
  const digest = createHash('sha256').update(JSON.stringify(frozen)).digest('hex');
  const table = Object.entries(bundle.methods)
    .map(
      ([method, declared]) =>
        `  '${method}': { params: types.${declared.params}; result: types.${declared.result} };`,
    )
    .join('\n');
  const methods = Object.fromEntries(
    Object.entries(bundle.methods).map(
      ([method, { params: _params, result: _result, ...rest }]) => [
        method,
        { needs: null, ...rest },
      ],
    ),
  );
  return `${banner}import type * as types from './types.ts';

/** The frozen revision: the digest covers requirements, profiles, exclusions, error registry, operators, node tests and protocol schemas. */
${constant('STANDARD', { name: identity.name, revision: identity.revision, digest }, 'types.StandardIdentity')}
/** Every method, with the types of its two sides. */
export interface Methods {
${table}
}
export type MethodName = keyof Methods;

/** What is declared of a method beside its types. */
export interface MethodDeclaration {
  readonly summary: string;
  /** The capability that gates it, or null. */
  readonly needs: CapabilityName | null;
  /** It waits: it holds up no other call, and system.cancel ends it. */
  readonly waits?: true;
  /** Reasons of refusals, in order of precedence. */
  readonly errors: readonly ErrorReason[];
  readonly example: { readonly params: object; readonly result: object };
}
export const METHODS: { readonly [M in MethodName]: MethodDeclaration } = ${JSON.stringify(methods, null, 2)};

export type CapabilityName = keyof types.Capabilities;
export const CAPABILITIES = ${JSON.stringify(capabilities)} as const satisfies readonly CapabilityName[];

${constant('REQUIREMENTS', requirements, 'readonly (types.Requirement & { layer: types.Layer })[]')}
export type RequirementId = (typeof REQUIREMENTS)[number]['id'];

${constant('PROFILES', profiles, 'readonly types.ProfileFile[]')}
export type ProfileId = (typeof PROFILES)[number]['id'];

/** Disputed rows, which no level needs. */
${constant('EXCLUSIONS', exclusions, 'readonly types.Exclusion[]')}
${constant('ERRORS', errorFile.errors, 'readonly types.RegisteredError[]')}
export type ErrorReason = (typeof ERRORS)[number]['reason'];

/** How near results are to be. */
${constant('TOLERANCES', tolerances, 'readonly types.Tolerance[]')}
/** The operators of level 1. */
${constant('OPERATORS', operators, 'readonly types.RegisteredOperator[]')}
export type OperatorName = (typeof OPERATORS)[number]['operator'];

/** What is known of ONNX's own node tests. */
${constant('NODE_TESTS', nodeTests, 'types.NodeTests')}
${constant('REASONS', reasonFile.reasons, 'readonly types.RegisteredReason[]')}
export type Reason = (typeof REASONS)[number]['id'];
`;
};
