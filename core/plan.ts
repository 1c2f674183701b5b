// Requirements, profile, cases and seed to a plan: the authority on what a run must give a verdict for.
import {
  type CapabilityName,
  PROFILES,
  REQUIREMENTS,
  STANDARD,
} from '../schemas/generated/standard.ts';
import type {
  NodeTestIdentity,
  Plan,
  PlannedCase,
  ProfileFile,
  Requirement,
  Seed,
  SuiteIdentity,
} from '../schemas/generated/types.ts';
import type { AnyCase } from './case.ts';

/** The standard's rows as the plan reads them. */
export const requirements: readonly Requirement[] = structuredClone(
  REQUIREMENTS as unknown,
) as Requirement[];

/** The standard's profiles. */
export const profiles: readonly ProfileFile[] = structuredClone(
  PROFILES as unknown,
) as ProfileFile[];

/** The rows that a profile has at a level: those of its groups, up to it. */
export const rowsOf = (profile: ProfileFile, level: number): readonly Requirement[] =>
  requirements.filter(
    (row) => row.level <= level && profile.groups.some((group) => row.id.startsWith(`${group}-`)),
  );

/** `DRV-MEM-001/small` belongs to the area `DRV-MEM`. */
const area = (id: string): string => id.split('-').slice(0, 2).join('-');

const planned = (declared: AnyCase): PlannedCase => {
  const rows = declared.requirements.map((id) => requirements.find((row) => row.id === id));
  const needs = new Set<string>(rows.flatMap((row) => (row?.needs ? [row.needs] : [])));
  if (declared.kind !== 'monitor') for (const name of declared.needs ?? []) needs.add(name);
  return {
    id: declared.id,
    title: declared.title,
    requirements: [...declared.requirements],
    expectations: [...declared.expectations],
    premises: declared.kind === 'monitor' ? [] : [...(declared.premises ?? [])],
    needs: [...needs],
    area: area(declared.id),
    kind: declared.kind,
    timing: declared.kind !== 'monitor' && declared.timing === true,
  };
};

/** What cases measure of a device, and what another process may change by being started. */
const MEASURED: ReadonlySet<string> = new Set(['driver.memory.info', 'driver.telemetry']);

/** Whether a case measures the machine, or what a device has left: nothing may start beside it. */
export const measures = ({ timing, needs }: PlannedCase): boolean =>
  timing || needs.some((name) => MEASURED.has(name));

export interface PlanOptions {
  readonly suite: SuiteIdentity;
  readonly profile: ProfileFile;
  readonly level: number;
  readonly seed: Seed;
  readonly cases: readonly AnyCase[];
  /** Those of ONNX that are among the cases. */
  readonly nodeTests?: NodeTestIdentity;
  /** Which case ids to keep; all where absent. */
  readonly selects?: (id: string) => boolean;
  readonly only?: readonly string[];
  /** The most important first: for a run whose time may be over before its cases are. */
  readonly importantFirst?: boolean;
}

/** Lower is more important: what a level needs before what is advised, a lower level before a higher. */
const importance = (declared: AnyCase): number =>
  Math.min(
    ...declared.requirements.map((id) => {
      const row = requirements.find((one) => one.id === id);
      return row ? 2 * row.level + (row.keyword.startsWith('MUST') ? 0 : 1) : Infinity;
    }),
  );

/** A pure function: the same options give the same plan. */
export const plan = (options: PlanOptions): Plan => {
  const rows = new Set(rowsOf(options.profile, options.level).map((row) => row.id));
  const all = options.cases.filter((declared) => declared.requirements.some((id) => rows.has(id)));
  const selected = ({ id }: AnyCase): boolean => options.selects?.(id) ?? true;
  const chosen = all.filter(selected);
  // What measures comes last: until then the next endpoint can start beside the case in hand.
  const cases = chosen
    .map((declared) => ({
      planned: planned(declared),
      importance: options.importantFirst ? importance(declared) : 0,
    }))
    .toSorted(
      (one, other) =>
        one.importance - other.importance ||
        Number(measures(one.planned)) - Number(measures(other.planned)),
    );
  return {
    format: 'causeway-plan/1',
    standard: { ...STANDARD },
    suite: options.suite,
    profile: options.profile.id,
    level: options.level,
    seed: options.seed,
    ...(options.nodeTests && { nodeTests: options.nodeTests }),
    only: [...(options.only ?? [])],
    leftOut: all
      .filter((declared) => !selected(declared))
      .map(({ id, requirements }) => ({ id, requirements: [...requirements] })),
    cases: cases.map((one) => one.planned),
  };
};

/** Whether a name is a capability that an endpoint declares. */
export const declares = (capabilities: object, name: string): boolean =>
  (capabilities as Partial<Record<CapabilityName, unknown>>)[name as CapabilityName] === true;
