// DRV-DEV-009: a driver serves the clients that it is built for, and turns the others away at the door.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { RuntimeVersions } from '../../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../../support.ts';

const parametersFor = (runtimeVersion?: string) => ({
  protocolVersions: ['1.0'],
  client: { name: 'causeway', version: '1' },
  ...(runtimeVersion !== undefined && { runtimeVersion }),
});

const HIGHEST = 9999;

const parts = (version: string): [major: number, minor: number] => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
};

/** Whether one version is not above another: 1.10 is above 1.9. */
const notAbove = (one: string, other: string): boolean => {
  const [[major, minor], [otherMajor, otherMinor]] = [parts(one), parts(other)];
  return major < otherMajor || (major === otherMajor && minor <= otherMinor);
};

/** The versions next to a range, on its outside; what cannot be written is not there. */
const outside = ({ from, to }: RuntimeVersions): string[] => {
  const [[major, minor], [toMajor, toMinor]] = [parts(from), parts(to)];
  return [
    ...(minor > 0 ? [`${major}.${minor - 1}`] : []),
    ...(major > 0 ? [`${major - 1}.${HIGHEST}`] : []),
    ...(toMinor < HIGHEST ? [`${toMajor}.${toMinor + 1}`] : []),
    ...(toMajor < HIGHEST ? [`${toMajor + 1}.0`] : []),
  ];
};

const DECLARED = 'DRV-DEV-009/declared';

/** The range that this session's endpoint declared. */
const declared = (context: Context): RuntimeVersions => {
  const versions = context.identity?.runtimeVersions;
  const ordered = versions !== undefined && notAbove(versions.from, versions.to);
  context.expectation(
    DECLARED,
    { expected: 'runtimeVersions, from not above to', observed: versions ?? 'none' },
    () => expect(ordered).to.equal(true),
  );
  return versions ?? { from: '', to: '' };
};

const served: Case = {
  id: 'DRV-DEV-009/served',
  title: 'clients built for either end of the range are served, and told the same range',
  requirements: ['DRV-DEV-009'],
  expectations: [DECLARED, 'DRV-DEV-009/served', 'DRV-DEV-009/same'],
  kind: 'own',
  run: async (context) => {
    const versions = declared(context);
    for (const version of [undefined, versions.from, versions.to]) {
      const session = await context.open('cold');
      const params = parametersFor(version);
      const result = await succeeds(session, 'DRV-DEV-009/served', 'system.initialize', params);
      context.expectation(
        'DRV-DEV-009/same',
        { expected: versions, observed: result.runtimeVersions ?? 'none' },
        () => expect(result.runtimeVersions).to.deep.include(versions),
      );
      await session.close();
    }
  },
};

const mismatch: Case = {
  id: 'DRV-DEV-009/mismatch',
  title: 'a client built for a version outside the range is refused, and may come again',
  requirements: ['DRV-DEV-009'],
  expectations: [DECLARED, 'DRV-DEV-009/refused', 'DRV-DEV-009/still-new'],
  kind: 'own',
  run: async (context) => {
    const versions = declared(context);
    for (const version of outside(versions)) {
      const session = await context.open('cold');
      await refuses(
        session,
        'DRV-DEV-009/refused',
        refusal('RUNTIME_VERSION'),
        'system.initialize',
        parametersFor(version),
      );
      const again = parametersFor(versions.to);
      await succeeds(session, 'DRV-DEV-009/still-new', 'system.initialize', again);
      await session.close();
    }
  },
};

export const compatibility: readonly Case[] = [served, mismatch];
