// What reports say of operators: how trials are told and read again, which engine has what, where engines part, and how
// near they come.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import type { Context } from '../core/case.ts';
import { modelOf } from '../core/onnx/model-of-bytes.ts';
import { sizeOf } from '../core/onnx/tensor.ts';
import { registered, typesOf } from '../core/operators/registered.ts';
import {
  elementWords,
  ofTrial,
  readTrial,
  trialWords,
  withinWords,
} from '../core/operators/words.ts';
import { Random } from '../core/random.ts';
import type { Subject } from '../reports/comparison.ts';
import { html } from '../reports/html.tsx';
import { indexPage } from '../reports/index-page.tsx';
import { divergencesOf } from '../reports/operators/divergences.ts';
import { nearnessRows } from '../reports/operators/nearness.ts';
import { operatorRows } from '../reports/operators/standing.ts';
import type {
  ElementType,
  ExpectationResult,
  Measurement,
  Result,
  Verdict,
} from '../schemas/generated/types.ts';
import { Nearness } from '../suites/framework/measured.ts';
import { argumentsOf } from '../suites/framework/numeric/functions.ts';
import { operatorCases } from '../suites/framework/operators.ts';
import { trialsOf } from '../suites/framework/trials/index.ts';
import { numbers } from '../suites/framework/trials/trial.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { recordOf, result } from './record-support.ts';
import { temporaryFolder } from './support.ts';

const subject = (name: string, results: Result[]): Subject => {
  const record = recordOf(results);
  return {
    folder: name,
    record: { ...record, subject: { ...record.subject, target: `example:${name}` } },
  };
};

const attempt = (
  id: string,
  verdict: Verdict,
  expectations: ExpectationResult[],
  measurements?: Measurement[],
): Result =>
  result(id, verdict, {
    attempts: [
      {
        attempt: 1,
        alone: false,
        factor: 1,
        durationMs: 1,
        outcome: verdict,
        expectations,
        ...(measurements && { measurements }),
      },
    ],
  });

/** A case of these trials, each `words: what was expected` or, broken, with what was observed. */
const tried = (id: string, trials: readonly (readonly [string, string?])[]): Result => {
  const isBroken = trials.some(([, observed]) => observed !== undefined);
  return attempt(
    id,
    isBroken ? 'fail' : 'pass',
    trials.map(([expected, observed]) => ({
      id: `${id.split('/')[0]}/values`,
      held: observed === undefined,
      expected,
      observed: observed ?? expected,
    })),
  );
};

const histogram = (points: Measurement['points']): Measurement[] => [
  { title: 'How far', of: 'float32', form: 'histogram', x: 'units', y: 'elements', points },
];

describe('what does not depend on the seed', () => {
  const seeds = ['a', 'b', 'c'];

  for (const [x, y] of [
    [1, Infinity],
    [1, -Infinity],
    [1, NaN],
    [-1, Infinity],
    [0, 0],
    [-0, -1],
    [-Infinity, 3],
    [NaN, 0],
  ] as const) {
    it(`is that Pow is asked of ${Object.is(x, -0) ? '-0' : x} and ${y}`, () => {
      for (const seed of seeds) {
        const [left = [], right = []] = argumentsOf('Pow', new Random(seed, 'c'), 'float32');
        const isAsked = left.some((one, at) => Object.is(one, x) && Object.is(right[at], y));
        expect(isAsked, seed).to.equal(true);
      }
    });
  }

  for (const operator of ['Gather', 'GatherElements', 'ScatterElements', 'Transpose', 'Concat']) {
    it(`is that a truth value in a wrong place is seen, or another one there, of ${operator}`, () => {
      for (const seed of seeds) {
        const grounds = new Map<string, string[][]>();
        for (const { inputs, ...rest } of trialsOf(operator)(new Random(seed, 'c'), 'bool')) {
          const others = inputs.filter((one) => one?.type !== 'bool');
          const key = JSON.stringify([
            inputs.map((one) => one?.shape),
            rest,
            others.map((one) => one?.values.map(String)),
          ]);
          const bits = inputs.flatMap((one) =>
            one?.type === 'bool' ? [one.values.map(String)] : [],
          );
          const held = grounds.get(key) ?? bits.map((one) => one.map(() => ''));
          grounds.set(
            key,
            held.map((one, at) => one.map((text, index) => text + bits[at]?.[index])),
          );
        }
        for (const [key, tensors] of grounds) {
          for (const elements of tensors) {
            const told = new Set(elements);
            expect(told.size, key).to.equal(elements.length);
            expect(
              elements.some((one) => !one.includes('0') || !one.includes('1')),
              key,
            ).to.equal(false);
          }
        }
      }
    });
  }
});

describe('a trial in words', () => {
  it('is read again as it was, of every operator and type', () => {
    for (const row of registered) {
      for (const type of typesOf(row)) {
        for (const trial of trialsOf(row.operator)(new Random('s', 'c'), type as ElementType)) {
          const words = trialWords(row.operator, trial.inputs, trial.attributes);
          const said = withinWords(elementWords(3, [-0, 5n], Number.NaN), 'rounded');
          expect(readTrial(ofTrial(words, said)), words).to.deep.equal({
            trial: words,
            type: trial.inputs[0]?.type,
            elements: trial.inputs.reduce((sum, one) => sum + (one?.values.length ?? 0), 0),
            element: 3,
            from: '-0, 5',
            what: 'NaN',
            within: 'rounded',
          });
        }
      }
    }
  });

  for (const [text, read] of [
    ['Abs of int8 []: a result, as of other shapes', { what: 'a result, as of other shapes' }],
    ['Abs of int8 []: y0 int8 []', { what: 'y0 int8 []' }],
    ['Abs of int8 []: 1 elements, exact', { what: '1 elements', within: 'exact' }],
    ['Abs of int8 []: element 0: -0', { what: '-0', element: 0, from: '' }],
  ] as const) {
    it(`says what was said: ${text}`, () => {
      expect(readTrial(text)).to.deep.equal({
        trial: 'Abs of int8 []',
        type: 'int8',
        elements: 1,
        ...read,
      });
    });
  }

  for (const text of ['', 'a result', 'Abs of it: a result', 'the endpoint has no Abs of int8'])
    it(`is not found in "${text}"`, () => expect(readTrial(text)).to.equal(undefined));
});

describe('a case of an operator', () => {
  it('tries the smallest inputs first, so that what breaks is the least that shows it', async () => {
    const sizes: number[] = [];
    const context = {
      random: new Random('s', 'c'),
      attempt: (_id: string, _method: string, { base64 }: { base64: string }) => {
        const { inputs, initializers } = modelOf(Buffer.from(base64, 'base64'));
        const shapes = [...inputs, ...Object.values(initializers)].map((one) => one.shape);
        sizes.push(shapes.map((shape) => sizeOf(shape.map(Number))).reduce((a, b) => a + b, 0));
        return Promise.resolve({ kind: 'error', error: { data: { canonical: 'UNIMPLEMENTED' } } });
      },
      nothing: (why: string) => {
        throw new Error(why);
      },
    };
    const own = operatorCases.find((one) => one.id === 'FRM-OPS-002/nonzero-float32');
    const ended = await own?.run(context as unknown as Context).catch(String);
    expect(ended).to.equal('Error: the endpoint has no NonZero of float32');
    expect(sizes.length).to.be.above(3);
    expect(sizes).to.deep.equal(sizes.toSorted((one, other) => one - other));
  });
});

describe('operators by subjects', () => {
  const presence = (verdict: Verdict) => result('FRM-OPS-001/mod', verdict);
  const cases = [
    {
      what: 'the worst of the cases of a type',
      results: { 'FRM-OPS-002/mod-int64': 'pass', 'FRM-OPS-012/mod-int64': 'fail' },
      state: 'fail',
      bad: 'FRM-OPS-012/mod-int64',
    },
    {
      what: 'what a type makes of tensors without an element',
      results: { 'FRM-OPS-002/mod-int64': 'pass', 'FRM-OPS-008/mod-int64-empty': 'fail' },
      state: 'fail',
      bad: 'FRM-OPS-008/mod-int64-empty',
    },
    {
      what: 'a type of which there are tensors without an element alone',
      results: {
        'FRM-OPS-002/mod-uint64': 'not-applicable',
        'FRM-OPS-008/mod-uint64-empty': 'pass',
      },
      state: 'not-applicable',
    },
    {
      what: 'a type that level 1 asks for and nobody has',
      presence: 'fail',
      results: { 'FRM-OPS-002/mod-int64': 'not-applicable' },
      state: 'missing',
      bad: 'FRM-OPS-001/mod',
    },
    {
      what: 'a type that nobody asks for',
      results: { 'FRM-OPS-002/mod-uint64': 'not-applicable' },
      state: 'not-applicable',
    },
    {
      what: 'a type that was not judged',
      results: { 'FRM-OPS-002/mod-int64': 'error' },
      state: 'error',
      bad: 'FRM-OPS-002/mod-int64',
    },
    {
      what: 'a type that stayed open',
      results: { 'FRM-OPS-002/mod-int64': 'inconclusive' },
      state: 'inconclusive',
    },
    {
      what: 'a type that is as defined',
      results: { 'FRM-OPS-002/mod-int64': 'pass' },
      state: 'pass',
    },
  ] as const;
  for (const one of cases) {
    it(`have ${one.what}`, () => {
      const results = Object.entries(one.results).map(([id, verdict]) => result(id, verdict));
      const own = subject('one', [presence('presence' in one ? one.presence : 'pass'), ...results]);
      const [row] = operatorRows([own]);
      const [cell] = row?.cells ?? [];
      expect(cell?.types.map(({ state }) => state)).to.deep.equal([one.state]);
      expect(cell?.bad).to.equal('bad' in one ? one.bad : undefined);
    });
  }
});

describe('where engines part', () => {
  const ID = 'FRM-OPS-012/mod-int64';
  const big = 'Mod of int64 [10], int64 [10]: element 4 of 9, 3';
  const small = 'Mod of int64 [1], int64 [1]: element 0 of 5, 3';
  const held = 'Mod of int64 [10], int64 [10]: 10 elements, exact';
  const heldSmall = 'Mod of int64 [1], int64 [1]: 1 elements, exact';
  const wrong = [`${big}: 0, exact`, `${big}: 1`] as const;
  const wrongSmall = [`${small}: 2, exact`, `${small}: -1`] as const;
  const told = (...all: Result[]) =>
    divergencesOf(all.map((one, index) => subject(`s${index}`, [one]))).map(
      ({ trial, elements, subjects }) => ({
        trial,
        elements,
        answers: subjects.map(({ answered }) => answered.kind),
      }),
    );

  it('is said with the smallest trials that show it, one of each who broke', () => {
    const found = told(
      tried(ID, [[heldSmall], [held]]),
      tried(ID, [[heldSmall], wrong]),
      tried(ID, [wrongSmall]),
    );
    expect(found).to.deep.equal([
      {
        trial: 'Mod of int64 [1], int64 [1]',
        elements: 2,
        answers: ['held', 'held', 'broken'],
      },
      {
        trial: 'Mod of int64 [10], int64 [10]',
        elements: 20,
        answers: ['held', 'broken', 'untold'],
      },
    ]);
  });

  it('tells who refused what he may, and whose case had ended', () => {
    const [found] = told(
      tried(ID, [[held]]),
      tried(ID, [wrong]),
      tried(ID, []),
      tried(ID, [['Mod of int64 [0], int64 [0]: a result', 'Mod of int64 [0], int64 [0]: no']]),
    );
    expect(found?.answers).to.deep.equal(['held', 'broken', 'refused', 'untold']);
  });

  it('tells who died, of the first trial that he has not told of', () => {
    const [found] = told(
      tried(ID, [[heldSmall], [held]]),
      tried(ID, [[heldSmall], ['a reply to framework.model.run', 'signal SIGFPE']]),
    );
    expect(found).to.deep.equal({
      trial: 'Mod of int64 [10], int64 [10]',
      elements: 20,
      answers: ['held', 'lost'],
    });
  });

  for (const [what, ...all] of [
    ['all hold', tried(ID, [[held]]), tried(ID, [[held]])],
    ['all fail alike', tried(ID, [wrong]), tried(ID, [wrong])],
    ['the other does not offer it', tried(ID, [wrong]), result(ID, 'not-applicable')],
    ['nobody tells of a trial', tried(ID, [['ten', 'nine']]), tried(ID, [])],
  ] as const) {
    it(`is nowhere where ${what}`, () => expect(told(...all)).to.deep.equal([]));
  }

  it('stands on the page with the row, the values and the command of each subject', () => {
    const page = indexPage([
      subject('one', [result('FRM-OPS-001/mod', 'pass'), tried(ID, [[held]])]),
      subject('two', [result('FRM-OPS-001/mod', 'pass'), tried(ID, [wrong])]),
    ]);
    for (const text of [
      'Compute with integers as the definitions decide',
      '<code>1</code> instead of <code>0</code>',
      'at element 4, where the inputs have 9, 3',
      `causeway run example:one --only ${ID} --seed`,
      `causeway run example:two --only ${ID} --seed`,
      `href="./two/report.html#${ID}"`,
    ])
      expect(page).to.include(text);
  });

  it('stays inert whatever an endpoint said', () => {
    const said = HOSTILE_TEXTS.map((text) =>
      subject('one', [
        result('FRM-OPS-001/mod', 'pass'),
        tried(ID, [
          [wrong[0], text],
          ['a reply', text],
        ]),
      ]),
    );
    const page = indexPage([...said, subject('two', [tried(ID, [[held]])])]);
    expect(page)
      .to.include(' instead of ')
      .and.not.match(/<img|<script/);
  });

  it('says nothing where no subject has operators', () => {
    const page = indexPage([subject('one', [result('DRV-MEM-001/small', 'pass')])]);
    expect(page).to.not.include('Operator by operator').and.not.include('Where they part');
  });
});

describe('how near operators come', () => {
  /** What a case measures of these results of an operator, each exact and observed. */
  const measured = (
    operator: string,
    type: ElementType,
    found: readonly (readonly [number, number])[],
  ) => {
    const row = registered.find((one) => one.operator === operator);
    if (!row) throw new Error(`no operator ${operator}`);
    const kept: Measurement[] = [];
    const nearness = new Nearness(row, type);
    const shape = [found.length];
    const observed = numbers(
      type,
      shape,
      found.map(([, value]) => value),
    );
    nearness.add({ type, shape, values: found.map(([value]) => value) }, observed);
    nearness.tell({ measured: (one: Measurement) => kept.push(one) } as unknown as Context);
    return kept;
  };

  for (const [what, operator, type, found, points] of [
    ['exact', 'Exp', 'float32', [[1, 1]], [[0, 1]]],
    [
      'a unit at one',
      'Exp',
      'float32',
      [[1, 1 + 2 ** -23]],
      [
        [0, 0],
        [0.5, 0],
        [1, 1],
      ],
    ],
    [
      'a unit of halves',
      'Exp',
      'float16',
      [[2, 2 + 2 ** -9]],
      [
        [0, 0],
        [0.5, 0],
        [1, 1],
      ],
    ],
    [
      'a step of the subnormal',
      'Exp',
      'float32',
      [[0, 2 ** -149]],
      [
        [0, 0],
        [0.5, 0],
        [1, 1],
      ],
    ],
    [
      'half a unit',
      'Exp',
      'float64',
      [
        [1 + 2 ** -53, 1],
        [4, 4],
      ],
      [[0, 2]],
    ],
  ] as const) {
    it(`is counted in units in the last place: ${what}`, () => {
      const [one] = measured(operator, type, found);
      expect(one?.points.map(({ x, y }) => [x, y])).to.deep.equal(points);
      expect(one?.of).to.equal(type);
    });
  }

  it('is not measured of what is exact or of no number', () => {
    expect(measured('Abs', 'float32', [[1, 2]])).to.deep.equal([]);
    expect(measured('Exp', 'float32', [[Number.POSITIVE_INFINITY, 1]])).to.deep.equal([]);
  });

  it('is a table of the report, and of the page of several, and no plot among the others', () => {
    const one = attempt(
      'FRM-OPS-002/exp-float32',
      'pass',
      [],
      histogram([
        { x: 0, y: 1 },
        { x: 2, y: 3 },
      ]),
    );
    const subjects = [
      subject('one', [result('FRM-OPS-001/exp', 'pass'), one]),
      subject('two', [result('FRM-OPS-001/exp', 'pass')]),
    ];
    expect(nearnessRows(subjects.map(({ record }) => record))).to.deep.equal([
      {
        operator: 'Exp',
        type: 'float32',
        found: [
          {
            case: one.case,
            points: [
              { x: 0, y: 1 },
              { x: 2, y: 3 },
            ],
          },
          undefined,
        ],
      },
    ]);
    const report = [...html(recordOf([one]), new Map())].join('');
    for (const text of [report, indexPage(subjects)])
      expect(text)
        .to.include('<title>1 element exact, 3 elements up to 2</title>')
        .and.not.include('What was measured');
  });
});

describe('the page of operators in a browser', () => {
  const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const executablePath = spawnSync('sh', ['-c', 'command -v chromium'], {
    encoding: 'utf8',
  }).stdout.trim();

  it('breaks no rule of accessibility, and fits a telephone', async function () {
    if (executablePath === '') this.skip();
    const sum = 'Add of float32 [1], float32 [1]';
    const own = (name: string, verdict: Verdict, ...trial: [string, string?]) =>
      subject(name, [
        result('FRM-OPS-001/add', 'pass'),
        tried('FRM-OPS-007/add-float32', [trial]),
        attempt('FRM-OPS-002/add-float32', verdict, [], histogram([{ x: 2, y: 3 }])),
        result('FRM-OPS-002/add-float64', 'not-applicable'),
      ]);
    const path = join(temporaryFolder(), 'index.html');
    writeFileSync(
      path,
      indexPage([
        own('one', 'pass', `${sum}: 1 elements, exact`),
        own(
          'two',
          'inconclusive',
          `${sum}: element 0 of 0, -0: 0, exact`,
          `${sum}: element 0 of 0, -0: -0`,
        ),
      ]),
    );
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ colorScheme });
        await page.goto(pathToFileURL(path).href);
        await page.evaluate(
          `document.querySelectorAll('details').forEach((one) => { one.open = true; })`,
        );
        await page.evaluate(AXE);
        for (const width of [1200, 360]) {
          await page.setViewportSize({ width, height: 740 });
          expect(
            await page.evaluate(
              `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
            ),
          ).to.deep.equal([]);
          expect(
            await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
          ).to.be.at.most(0);
        }
        const shown = () => page.locator('.operators tbody tr:visible').count();
        expect(await shown()).to.equal(1);
        await page.locator('label[for="differ"]').click();
        expect(await shown()).to.equal(1);
      }
    } finally {
      await browser.close();
    }
  });
});
