// ONNX's node tests: all of them are read, what is recorded of them is enough to judge without them and to tell others
// from them, and what chance draws is judged by what it can draw.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { casesOf } from '../cli/known-cases.ts';
import { readNodeTests } from '../cli/node-test-folder.ts';
import { verifyFolder } from '../cli/verification/verify.ts';
import { type Datum, datumOf } from '../core/onnx/data-of-bytes.ts';
import { bytesOf, type Value } from '../core/onnx/element.ts';
import type { NodeTest } from '../core/onnx/node-tests.ts';
import { type Kind, outlineOf } from '../core/onnx/outline.ts';
import type { Packed } from '../core/onnx/tensor-of-bytes.ts';
import type { Finding } from '../evidence/finding.ts';
import { readPlan, readRecord } from '../runner/folder.ts';
import type { ElementType } from '../schemas/generated/types.ts';
import { wrongDraw } from '../suites/framework/node-tests/drawn.ts';
import { firstFar } from '../suites/framework/node-tests/near.ts';
import { ownNodeTests } from '../suites/framework/node-tests/own.ts';
import { trust } from './evidence-support.ts';
import { causeway, temporaryFolder } from './support.ts';

const DEBIAN = '/usr/share/libonnx-testdata/data/node';

/** Writes tests as ONNX has them, into a new folder. */
const written = (tests: readonly NodeTest[]): string => {
  const folder = temporaryFolder();
  for (const { name, model, data } of tests) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'model.onnx'), model);
    for (const [set, kinds] of data.entries()) {
      const own = join(folder, name, `test_data_set_${set}`);
      mkdirSync(own);
      for (const [kind, files] of [
        ['input', kinds.inputs],
        ['output', kinds.outputs],
      ] as const) {
        for (const [index, bytes] of files.entries()) {
          writeFileSync(join(own, `${kind}_${index}.pb`), bytes);
        }
      }
    }
  }
  return folder;
};

const decoded = ({ model, data }: NodeTest): Datum[] => {
  const { inputs, outputs } = outlineOf(model);
  const all = (
    files: readonly Uint8Array[],
    kinds: readonly { readonly kind: Kind }[],
  ): Datum[] => {
    expect(files).to.have.lengthOf(kinds.length);
    return kinds.map(({ kind }, index) => datumOf(files[index] ?? new Uint8Array(), kind));
  };
  return data.flatMap((one) => [...all(one.inputs, inputs), ...all(one.outputs, outputs)]);
};

describe("ONNX's node tests, where Debian's package is here", () => {
  const { identity, tests } = existsSync(DEBIAN)
    ? readNodeTests(DEBIAN)
    : { identity: undefined, tests: [] };

  it('are known by their digest', function () {
    if (!identity) return this.skip();
    expect(identity.release).to.equal('ONNX 1.12.0');
    expect(tests).to.have.lengthOf(932);
  });

  for (const test of tests) {
    it(`are read: ${test.name}`, () => {
      expect(decoded(test)).to.not.have.lengthOf(0);
    });
  }

  it('have strings, sequences and optional values too', function () {
    if (!identity) return this.skip();
    const of = (name: string): unknown => {
      const test = tests.find((one) => one.name === name);
      return test && decoded(test);
    };
    expect(of('test_strnormalizer_nostopwords_nochangecase')).to.deep.equal([
      { type: 'string', shape: [2], strings: ['monday', 'tuesday'] },
      { type: 'string', shape: [2], strings: ['monday', 'tuesday'] },
    ]);
    expect(of('test_optional_has_element_empty')).to.have.nested.property('0.optional', undefined);
    expect(of('test_optional_get_element_sequence')).to.have.nested.property(
      '0.optional.sequence[0].type',
      'int32',
    );
    expect(of('test_cast_BFLOAT16_to_FLOAT')).to.have.nested.property('0.type', 'bfloat16');
  });
});

const PROFILE = ['--profile', 'ONNX-NODE@1'];

const runWith = (folder: string, options: readonly string[] = []) => {
  const out = join(temporaryFolder(), 'run');
  const command = ['run', 'reference:host', ...PROFILE, '--out', out, ...options];
  return { out, ...causeway(command, { CAUSEWAY_NODE_TESTS: folder }) };
};

/** With one bit of one output another. */
const changed = (tests: readonly NodeTest[]): NodeTest[] =>
  tests.map((test) => ({
    ...test,
    data: test.data.map(({ inputs, outputs }) => ({
      inputs,
      outputs: outputs.map((bytes) => {
        const copy = Uint8Array.from(bytes);
        copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0x40;
        return copy;
      }),
    })),
  }));

/** Its input has no type, as far as is known here. */
const strange: NodeTest = {
  name: 'test_strange',
  model: Uint8Array.of(0x3a, 2, 0x5a, 0),
  data: [{ inputs: [], outputs: [] }],
};

describe('a run of node tests', () => {
  const tests = [...ownNodeTests, strange];
  let folder = '';
  let out = '';

  before(() => {
    folder = written(tests);
    const { status, stderr, ...run } = runWith(folder);
    expect(status, stderr).to.equal(0);
    ({ out } = run);
  });

  it('gives each a verdict, and names them by their digest', () => {
    const { identity } = readNodeTests(folder);
    expect(readPlan(out).nodeTests).to.deep.equal(identity);
    const record = readRecord(out);
    expect(record?.nodeTests).to.deep.equal(identity);
    expect(record?.results.map((one) => [one.case, one.verdict])).to.deep.equal(
      tests
        .map(({ name }) => [
          `FRM-ONX-001/${name}`,
          /bernoulli|strange/.test(name) ? 'not-applicable' : 'pass',
        ])
        .sort(),
    );
  });

  it('takes those that --only names', () => {
    const few = runWith(folder, ['--only', 'FRM-ONX-001/test_own_add']);
    expect(few.status, few.stderr).to.equal(4);
    expect(readPlan(few.out).cases).to.have.lengthOf(1);
  });

  it('fails where the outputs are others', () => {
    const bad = runWith(written(changed(ownNodeTests)));
    expect(bad.status, bad.stderr).to.equal(1);
    expect(readRecord(bad.out)?.summary).to.include({ fail: 5 });
  });

  const others: [string, () => string, RegExp][] = [
    ['not there', () => join(folder, 'nowhere'), /nowhere is not there/],
    ['others', () => written(changed(ownNodeTests)), /CAUSEWAY_NODE_TESTS=DIR/],
    ['none', temporaryFolder, /holds no node tests/],
  ];

  it('is replayed with the same tests', () => {
    const again = causeway(['replay', out], { CAUSEWAY_NODE_TESTS: folder });
    expect(again.status, again.stderr).to.equal(0);
  });

  for (const [what, other, says] of others) {
    it(`is not replayed where the tests are ${what}, which says so`, () => {
      const again = causeway(['replay', out], { CAUSEWAY_NODE_TESTS: other() });
      expect(again.status).to.equal(2);
      expect(again.stderr).to.match(says);
    });
  }

  /** What verify finds, by check, where the tests are in a folder. */
  const verified = async (other: string): Promise<Record<string, Finding>> => {
    const held = process.env['CAUSEWAY_NODE_TESTS'];
    process.env['CAUSEWAY_NODE_TESTS'] = other;
    const findings = await verifyFolder(out, trust());
    if (held === undefined) delete process.env['CAUSEWAY_NODE_TESTS'];
    else process.env['CAUSEWAY_NODE_TESTS'] = held;
    return Object.fromEntries(findings.map((one) => [one.check, one]));
  };

  it('is judged anew without the tests, and what needs them is not decided', async () => {
    const found = await verified(temporaryFolder());
    expect(found['judged']?.state).to.equal('held');
    expect(found['plan']?.state).to.equal('undecided');
    expect(found['replayed']?.state).to.equal('undecided');
  });

  it('is verified with the tests, but for what somebody may have made to be passed', async () => {
    const found = await verified(folder);
    expect(found['replayed']?.state).to.equal('held');
    expect(found['plan']).to.deep.include({
      state: 'undecided',
      expected: 'node tests of a release of ONNX',
    });
  });

  it('is planned with none of our own, which would make a claim of little that looks like one of much', () => {
    const { cases } = casesOf({});
    expect(cases.filter(({ id }) => id.startsWith('FRM-ONX'))).to.deep.equal([]);
  });

  it('needs the tests, and says where they come from', () => {
    const none = runWith(temporaryFolder());
    expect(none.status).to.equal(2);
    expect(none.stderr).to.match(/holds no node tests/);
  });
});

const packed = (type: ElementType, shape: readonly number[], values: readonly Value[]): Packed => ({
  type,
  shape,
  bytes: bytesOf(type, values),
});
const row = (values: readonly number[]): Packed => packed('float32', [values.length], values);
const many = (count: number, of: (index: number) => number): Packed =>
  row(Array.from({ length: count }, (_, index) => of(index)));

describe('what is drawn', () => {
  const half = many(400, () => 0.5);
  const ones = many(400, () => 1);
  const x = many(400, (index) => 1 + index);
  const ratio = packed('float32', [], [0.75]);
  const training = packed('bool', [], [1]);
  const kept = many(400, (index) => (index % 4 === 0 ? 1 : 0));
  const quarter = many(400, (index) => (index % 4 === 0 ? 4 * (1 + index) : 0));
  const vectors: [string, Parameters<typeof wrongDraw>, RegExp | undefined][] = [
    ['as many ones as promised', ['bernoulli', [half], [[many(400, (i) => i % 2)]]], undefined],
    ['ones alone', ['bernoulli', [half], [[ones]]], /ones: 400 of 400/],
    ['ones that are sure', ['bernoulli', [ones], [[ones]]], undefined],
    ['a zero of a sure one', ['bernoulli', [ones], [[many(400, (i) => Number(i > 0))]]], /0 of/],
    ['a half', ['bernoulli', [half], [[half]]], /the element 0.5/],
    ['a quarter kept', ['dropout', [x, ratio, training], [[quarter]]], undefined],
    ['with its mask', ['dropout', [x, ratio, training], [[quarter, kept]]], undefined],
    ['with another mask', ['dropout', [x, ratio, training], [[quarter, ones]]], /element 1 of 2/],
    ['not scaled', ['dropout', [x, ratio, training], [[x]]], /element 0 of 1: 1/],
    ['all kept', ['dropout', [x, ratio, training], [[many(400, (i) => 4 + 4 * i)]]], /kept: 400/],
    ['not training, all the same', ['dropout', [x, ratio], [[x]]], undefined],
    ['not training, some dropped', ['dropout', [x, ratio], [[quarter]]], /element 0/],
    ['of which nothing is known', ['form', [x], [[ones]]], undefined],
  ];
  for (const [what, args, wrong] of vectors) {
    it(`is ${wrong ? 'wrong' : 'right'}: ${what}`, () => {
      const found = wrongDraw(...args);
      if (wrong) expect(found).to.match(wrong);
      else expect(found).to.equal(undefined);
    });
  }
});

describe('what is near enough', () => {
  const vectors: [string, Packed, readonly Value[], number, boolean][] = [
    ['the same', row([1, 2]), [1, 2], 0, true],
    ['a part in a thousand', row([1000]), [1000.9], 0, true],
    ['two parts in a thousand', row([1000]), [1002], 0, false],
    ['the absolute bound', row([0]), [0.9e-7], 0, true],
    ['beyond the absolute bound', row([0]), [1.1e-7], 0, false],
    ['a share of the largest', row([0, 500]), [1e-4, 500], 1e-6, true],
    ['NaN for NaN', row([Number.NaN]), [Number.NaN], 0, true],
    ['a number for NaN', row([Number.NaN]), [0], 0, false],
    ['NaN for a number', row([0]), [Number.NaN], 0, false],
    ['an infinity', row([Infinity]), [Infinity], 0, true],
    ['the other infinity', row([Infinity]), [-Infinity], 0, false],
    ['a zero of either sign', row([0]), [-0], 0, true],
    ['a whole number', packed('int64', [1], [5000n]), [5001n], 0, false],
  ];
  for (const [what, expected, observed, share, isNear] of vectors) {
    it(`${isNear ? 'admits' : 'refuses'} ${what}`, () => {
      const far = firstFar(expected, bytesOf(expected.type, observed), share);
      expect(far === undefined).to.equal(isNear);
    });
  }
});
