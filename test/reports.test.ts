// Reports are what people see of a run: every result is in each, and nothing in a record can break one.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import imported, { type Builder } from 'junit-report-builder';
import { jsonPieces } from '../core/json-pieces.ts';
import type { CaseIndex } from '../reports/case-index.ts';
import type { CaseView } from '../reports/case-view.ts';
import { compare, type Subject } from '../reports/comparison.ts';
import { comparisonText } from '../reports/comparison-text.ts';
import type { Excerpts } from '../reports/excerpts.ts';
import { html } from '../reports/html.tsx';
import { indexPage } from '../reports/index-page.tsx';
import { junit } from '../reports/junit.ts';
import { markdown } from '../reports/markdown.ts';
import { summary } from '../reports/summary.ts';
import { CAPABILITIES } from '../schemas/generated/standard.ts';
import type {
  Measurement,
  Result,
  Record as RunRecord,
  Verdict,
} from '../schemas/generated/types.ts';
import { faultOf } from '../schemas/validate.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { carriedBy, recordOf, result, VERDICTS } from './record-support.ts';
import { textOf } from './support.ts';

const HOSTILE = `</script><img src=x onerror=alert(1)>\u0000\u001b[31m\u202e"']]>]]> @someone https://example.org [x](javascript:x) \`|\\|\ud800`;
/** What no document may hold raw: controls but line and tab, lone surrogates, reversing marks. */
const UNSAFE = /(?![\n\t])\p{Cc}|\p{Cs}|\u202e/u;
const plainStyle = (text: string): string => text;
const STYLE = {
  bold: plainStyle,
  green: plainStyle,
  red: plainStyle,
  yellow: plainStyle,
  dim: plainStyle,
};

/** What a result measured, as its only attempt. */
const measuring = (measurements: Measurement[]): Pick<Result, 'attempts'> => ({
  attempts: [
    {
      attempt: 1,
      alone: false,
      factor: 1,
      durationMs: 1.5,
      outcome: 'pass',
      expectations: [],
      measurements,
    },
  ],
});

const curveOf = (of: string, points: Measurement['points'], title = 'How long a copy takes') =>
  ({ title, of, form: 'curve', x: 'bytes', y: 'milliseconds', points }) as const;

const sample = (): RunRecord =>
  recordOf(VERDICTS.map((verdict) => result(`DRV-MEM-001/${verdict}`, verdict)));

const hostile = (): RunRecord =>
  recordOf(
    VERDICTS.map((verdict) =>
      result(`DRV-MEM-001/${verdict}${HOSTILE}`, verdict, {
        title: `title ${HOSTILE}`,
        message: `message ${HOSTILE}`,
        expected: HOSTILE,
        observed: { [HOSTILE]: HOSTILE },
        reason: HOSTILE,
        requirements: ['DRV-MEM-001', `DRV-MEM-009${HOSTILE}`],
        ...measuring([
          { ...curveOf(HOSTILE, [{ x: 1, y: 1 }], HOSTILE), x: HOSTILE, y: HOSTILE },
          {
            ...curveOf(HOSTILE, [{ x: -1e308, y: 1e308 }], `${HOSTILE}!`),
            form: 'histogram',
            x: HOSTILE,
            y: HOSTILE,
          },
        ]),
      }),
    ),
    HOSTILE,
  );

/** The wire of a hostile case. */
const hostileWire = (record: RunRecord) =>
  new Map(
    record.results.map((one) => [
      one.case,
      [
        { n: 1, t: 0.5, session: HOSTILE, kind: 'send', text: HOSTILE.repeat(40) },
        { n: 2, t: 0.6, session: HOSTILE, kind: 'end', how: HOSTILE, stderr: HOSTILE },
      ] as const,
    ]),
  );

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const ENTITY = /&(?:lt|gt|amp|quot|apos|#x[0-9A-F]+|#\d+);/g;
const ATTRIBUTE = /\s+([\w:-]+)="([^"<]*)"/g;
const CHARACTERS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Every element of a document, which must be well-formed XML 1.0 of the kind that JUnit uses. */
const elementsOf = (xml: string): Element[] => {
  expect(CHARACTERS.exec(xml), 'forbidden character').to.equal(null);
  const tokens = /<\?xml[^>]*\?>|<!\[CDATA\[[\s\S]*?\]\]>|<[^>"]*(?:"[^"]*"[^>"]*)*>|[^<]+/gy;
  const open: string[] = [];
  const found: Element[] = [];
  let read = 0;
  for (const [token] of xml.matchAll(tokens)) {
    read += token.length;
    if (token.startsWith('<?xml')) expect(read).to.equal(token.length);
    else if (token.startsWith('<![CDATA[')) expect(open).to.not.have.lengthOf(0);
    else if (token.startsWith('</')) expect(open.pop()).to.equal(token.slice(2, -1));
    else if (token.startsWith('<')) {
      const [, name = '', rest = '', end] = /^<([\w-]+)([\s\S]*?)(\/?)>$/.exec(token) ?? [];
      const attributes = [...rest.matchAll(ATTRIBUTE)];
      expect(rest.replace(ATTRIBUTE, '').trim(), 'attributes').to.equal('');
      for (const [, , value = ''] of attributes) {
        expect(value.replace(ENTITY, '')).to.not.include('&');
      }
      found.push({
        name,
        attributes: new Map(attributes.map(([, key = '', value = '']) => [key, value])),
      });
      if (end === '') open.push(name);
    } else {
      expect(token.replace(ENTITY, '')).to.not.match(/&|\]\]>/);
      if (open.length === 0) expect(token.trim()).to.equal('');
    }
  }
  expect(read, 'unread text').to.equal(xml.length);
  expect(open).to.deep.equal([]);
  return found;
};

/** The package is CommonJS and its types say otherwise: what is imported is the builder itself. */
const builder = imported as unknown as Builder;

/** Test cases as junit-report-builder writes what these say; it has no message of what was skipped. */
const rebuilt = (testCases: readonly string[]): string => {
  const report = builder.newBuilder();
  const suite = report.testSuite();
  for (const text of testCases) {
    const testCase = suite.testCase();
    const [, content = ''] = /<!\[CDATA\[([\s\S]*)\]\]>/.exec(text) ?? [];
    for (const { name, attributes } of elementsOf(text)) {
      const value = (key: string): string =>
        (attributes.get(key) ?? '')
          .replaceAll('&quot;', '"')
          .replaceAll('&lt;', '<')
          .replaceAll('&amp;', '&');
      if (name === 'testcase') {
        testCase
          .name(value('name'))
          .className(value('classname'))
          .time(Number(value('time')));
      } else if (name === 'property') testCase.property(value('name'), value('value'));
      else if (name === 'failure') {
        testCase.failure(value('message'), value('type')).stacktrace(content);
      } else if (name === 'error') testCase.error(value('message'), value('type'), content);
    }
  }
  return report.build();
};

/** A report as a page: its text, and what it carries for its script. */
const pageOf = (record: RunRecord, excerpts: Excerpts = new Map()) => {
  const text = textOf(html(record, excerpts));
  return {
    text,
    index: carriedBy(text, 'index')[0] as CaseIndex,
    views: carriedBy(text, 'views').flat() as CaseView[],
  };
};

const countOf = (text: string, part: string): number => text.split(part).length - 1;

describe('reports', () => {
  it('are tried on records that the schema admits', () => {
    expect(faultOf('Record', sample())).to.equal(undefined);
    expect(faultOf('Record', hostile())).to.equal(undefined);
  });

  it('have every result', () => {
    const record = sample();
    for (const text of [pageOf(record).text, textOf(junit(record))]) {
      for (const one of record.results) expect(text).to.include(one.case).and.include(one.title);
    }
    for (const one of record.results) expect(markdown(record)).to.include(one.case);
  });

  it('are written in pieces that make the same JSON', () => {
    for (const value of [
      sample(),
      recordOf(Array.from({ length: 1500 }, (_, at) => result(`DRV-MEM-001/${at}`, 'pass'))),
      { none: undefined, many: Array.from({ length: 1000 }, () => undefined), deep: { of: [[]] } },
      [],
      Array.from({ length: 2000 }, (_, at) => ({ at, text: 'a\nb' })),
    ]) {
      expect(textOf(jsonPieces(value))).to.equal(JSON.stringify(value, null, 2));
    }
    const lazy = { results: { tests: new Set([{ a: 1 }, { b: [2] }]), none: new Set() } };
    const whole = { results: { tests: [{ a: 1 }, { b: [2] }], none: [] } };
    expect(textOf(jsonPieces(lazy))).to.equal(JSON.stringify(whole, null, 2));
  });

  describe('junit', () => {
    it('is well-formed and carries each verdict', () => {
      const elements = elementsOf(textOf(junit(sample())));
      const names = elements.map((one) => one.name);
      expect(names.filter((name) => name === 'testcase')).to.have.lengthOf(6);
      expect(names.filter((name) => name === 'failure')).to.have.lengthOf(1);
      expect(names.filter((name) => name === 'error')).to.have.lengthOf(1);
      const skipped = elements.filter((one) => one.name === 'skipped');
      expect(skipped.map((one) => one.attributes.get('message'))).to.deep.equal([
        'inconclusive: about DRV-MEM-001/inconclusive',
        'not-run: about DRV-MEM-001/not-run',
        'not-applicable: about DRV-MEM-001/not-applicable',
      ]);
      const suite = elements.find((one) => one.name === 'testsuite')?.attributes;
      expect(suite?.get('name')).to.equal('DRV-MEM');
      expect(suite?.get('tests')).to.equal('6');
      expect(suite?.get('skipped')).to.equal('3');
      expect(suite?.get('time')).to.equal('0.009');
      const verdicts = elements.filter((one) => one.attributes.get('name') === 'verdict');
      expect(verdicts.map((one) => one.attributes.get('value'))).to.deep.equal(VERDICTS);
    });

    it('has each of many cases once, with the counts of all', () => {
      const many = Array.from({ length: 1201 }, (_, index) =>
        result(`DRV-MEM-00${1 + (index % 2)}/of-many-${index}`, index % 3 === 0 ? 'fail' : 'pass'),
      );
      const others = [result('DRV-STR-001/one', 'error'), result('DRV-STR-001/two', 'not-run')];
      const elements = elementsOf(textOf(junit(recordOf([...many, ...others]))));
      const cases = elements.filter(({ name }) => name === 'testcase');
      const names = new Set(cases.map(({ attributes }) => attributes.get('name')));
      expect([cases.length, names.size]).to.deep.equal([1203, 1203]);
      const counts = (name: string) =>
        elements
          .filter((one) => one.name === name)
          .map(({ attributes }) =>
            ['tests', 'failures', 'errors', 'skipped'].map((one) => Number(attributes.get(one))),
          );
      expect(counts('testsuites')).to.deep.equal([[1203, 401, 1, 1]]);
      expect(counts('testsuite')).to.deep.equal([
        [1201, 401, 0, 0],
        [2, 0, 1, 1],
      ]);
    });

    it('has each case as junit-report-builder writes it', () => {
      for (const record of [sample(), hostile()]) {
        const testCases = textOf(junit(record)).match(/ *<testcase [\s\S]*?<\/testcase>\n/g) ?? [];
        expect(testCases).to.have.lengthOf(record.results.length);
        const built = rebuilt(testCases);
        for (const text of testCases) {
          expect(built).to.include(text.replace(/ *<skipped message="[^"]*"\/>\n/, ''));
        }
      }
    });

    it('stays well-formed whatever a record holds', () => {
      const xml = textOf(junit(hostile()));
      expect(elementsOf(xml).filter((one) => one.name === 'testcase')).to.have.lengthOf(6);
      expect(xml).to.not.include('<img src=x onerror=alert(1)>"');
    });
  });

  describe('html', () => {
    it('says the verdict, what is missing, and how to reproduce a case', () => {
      const { text } = pageOf(sample());
      expect(text).to.include('DRV-MEMORY@1: <span class="word non-conformant">non-conformant');
      expect(text).to.include('5 of 7 MUST rows were carried by the product itself');
      expect(text).to.include('capability driver.memory.copy not declared');
      expect(text).to.include('causeway run example:cpu --only DRV-MEM-001/fail --seed 7f3a');
      expect(text).to.include('The endpoint answered, and the answer breaks an expectation.');
    });

    it('says of every capability whether it is declared', () => {
      const [, declared, others] =
        /Capabilities<\/dt><dd>([^<]*)<\/dd><dt>Not declared<\/dt><dd>([^<]*)</.exec(
          pageOf(sample()).text,
        ) ?? [];
      expect(declared).to.equal('driver.memory');
      expect([declared, ...(others ?? '').split(', ')]).to.have.members([...CAPABILITIES]);
    });

    it('has every case that was not passed whole, and carries all of them for its script', () => {
      const record = sample();
      const { text, index, views } = pageOf(record);
      const whole = [...text.matchAll(/<article class="whole ([\w-]+)" id="([^"]+)"/g)];
      expect(whole.map(([, verdict]) => verdict)).to.deep.equal(VERDICTS.slice(1));
      for (const one of record.results) {
        const at = index.ids.indexOf(one.case);
        expect(index.verdicts[at]).to.equal(one.verdict);
        expect(views[at]).to.include({ id: one.case, title: one.title, verdict: one.verdict });
      }
      expect(views).to.have.lengthOf(record.results.length);
    });

    it('asks nothing of any network', () => {
      const { text } = pageOf(sample());
      const [, script = ''] = /<script>([^<]*(?:<(?!\/script>)[^<]*)*)<\/script>/.exec(text) ?? [];
      const digest = createHash('sha256').update(script).digest('base64');
      expect(text).to.include(`default-src 'none'; base-uri 'none'; form-action 'none'`);
      expect(text).to.include(`script-src 'sha256-${digest}'`);
      expect(text.replace(script, '')).to.not.match(/\ssrc=|<link|@import|url\(|href="(?!#)/);
      expect(script).to.not.match(/\bfetch\(|XMLHttpRequest|import\(|https?:(?!\/\/www\.w3\.org)/);
    });

    it('plots what was measured: a series for each device, a point for each number', () => {
      const points = [256, 4096, 65_536].map((x) => ({ x, y: x / 1000 }));
      const bars = [0, 0.5, 1].map((x) => ({ x, y: 100 * x }));
      const measured = measuring([
        curveOf('device-0', points),
        curveOf('device-1', points),
        { ...curveOf('device-0', bars, 'How far sums are'), form: 'histogram', y: 'answers' },
        curveOf('device-0', [{ x: 0, y: 0 }], 'What no logarithm shows'),
      ]);
      const { text } = pageOf(recordOf([result('DRV-MEM-008/sizes', 'pass', measured)]));
      expect(text.match(/<figure class="plot">/g)).to.have.lengthOf(3);
      expect(text.match(/<path class="curve/g)).to.have.lengthOf(2);
      expect(text.match(/<circle/g)).to.have.lengthOf(6);
      expect(text.match(/<rect/g)).to.have.lengthOf(3);
      expect(text).to.include('device-1: 65.5 milliseconds at 64 Ki');
      const drawn = (text.match(/<figure class="plot">.*?<\/figure>/gs) ?? []).join('');
      expect(drawn).to.not.match(/NaN|Infinity/);
    });

    it('stays inert whatever a record or its wire holds', () => {
      const record = hostile();
      const { text, index, views } = pageOf(record, hostileWire(record));
      expect(text).to.not.include('<img').and.not.match(UNSAFE);
      // The index, one chunk of views, and the script that the page's policy names.
      expect(countOf(text, '</script>')).to.equal(3);
      expect(views).to.have.lengthOf(record.results.length);
      const texts: string[] = [];
      JSON.stringify([index, views], (key, value) => {
        texts.push(key, ...(typeof value === 'string' ? [value] : []));
        return value;
      });
      for (const one of texts) expect(one).to.not.match(UNSAFE);
      expect(views[0]?.wire?.first[0]).to.have.property('text').that.includes('</script>');
    });

    it('stays small whatever a record holds', () => {
      const record = recordOf([result('DRV-MEM-001/long', 'fail')], 'x'.repeat(1_000_000));
      expect(pageOf(record).text.length).to.be.below(500_000);
      expect(pageOf(recordOf([])).text.length).to.be.below(250_000);
    });

    it('quotes what a shell would read', () => {
      const record = sample();
      record.subject.target = "it's; echo $HOME";
      const command = `causeway run 'it'\\''s; echo $HOME' --only`;
      expect(pageOf(record).text).to.include(command);
      expect(pageOf(record).views[0]?.reproduce).to.include(command);
    });

    it('stays small enough to open with long conversations', () => {
      const record = recordOf(
        Array.from({ length: 40 }, (_, index) => result(`DRV-MEM-001/${index}`, 'fail')),
      );
      const entries = Array.from({ length: 500 }, (_, n) => ({
        n,
        t: n,
        session: 's',
        kind: 'send' as const,
        text: 'x'.repeat(65_536),
      }));
      const { text } = pageOf(record, new Map(record.results.map((one) => [one.case, entries])));
      expect(text.length).to.be.below(10_000_000);
      expect(text).to.include('428 entries left out here');
    });
  });

  describe('markdown', () => {
    it('stays inert whatever a record holds', () => {
      const text = markdown(hostile());
      expect(text)
        .to.not.match(/<img|<\/script|@someone|\]\(|:\/\/|`/)
        .and.not.match(UNSAFE);
    });

    it('fits a comment, and says what it leaves out', () => {
      const many = Array.from({ length: 10_000 }, (_, index) =>
        result(`DRV-MEM-001/${index}`, VERDICTS[index % 6] ?? 'pass'),
      );
      const text = markdown(recordOf(many));
      expect(text.length).to.be.below(65_536);
      expect(text).to.match(/and 9,\d{3} cases more, in the report/);
    });
  });

  describe('a hundred texts that would do harm', () => {
    const records = HOSTILE_TEXTS.map((text) =>
      recordOf([
        {
          ...result('DRV-MEM-001/harm', 'fail', { message: text }),
          title: text,
          expected: text,
          observed: { [text]: text },
        },
      ]),
    );

    it('leave JUnit what it is: one case, one failure, and nothing else', () => {
      const names = (record: RunRecord): string[] =>
        elementsOf(textOf(junit(record))).map(({ name }) => name);
      const plain = names(recordOf([result('DRV-MEM-001/harm', 'fail', { message: 'text' })]));
      for (const record of records) {
        expect(names(record)).to.deep.equal(plain);
        expect(textOf(junit(record))).to.not.match(UNSAFE);
      }
    });

    it('are no markup, link or control in Markdown', () => {
      for (const record of records) {
        expect(markdown(record))
          .to.not.match(/<(?:script|img|svg|iframe|a|form|style)|\]\(|javascript:\S*\)/i)
          .and.not.match(UNSAFE);
      }
    });

    it('move no cursor, and change no direction, on a terminal', () => {
      for (const record of records) {
        for (const line of summary(record, STYLE).split('\n')) {
          expect(line).to.not.match(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
          expect(line.length).to.be.at.most(80);
        }
      }
    });
  });

  describe('summary', () => {
    it('is one screen, whatever a record holds', () => {
      const many = recordOf(
        Array.from({ length: 300 }, (_, index) => result(`DRV-MEM-001/${index}`, 'fail')),
      );
      for (const record of [sample(), hostile(), many]) {
        const lines = summary(record, STYLE).split('\n');
        expect(lines.length).to.be.at.most(21);
        for (const line of lines) {
          expect(line.length).to.be.at.most(80);
          expect(line).to.not.match(/\p{Cc}/u);
        }
      }
    });

    it('begins with the verdict and ends with what to look at first', () => {
      const lines = summary(sample(), STYLE).split('\n');
      expect(lines[0]).to.equal('DRV-MEMORY@1: non-conformant');
      expect(lines).to.include('  fail DRV-MEM-001/fail what fail must hold');
      expect(lines).to.include('    observed {"bytes":9}');
    });

    it('says why an endpoint did not start', () => {
      const record = recordOf([result('DRV-MEM-001/small', 'not-run', { attempts: [], wire: [] })]);
      record.profile = { ...record.profile, outcome: 'not-started', missing: [] };
      record.subject = { target: 'example:cpu', started: false, detail: 'no such file', files: [] };
      expect(summary(record, STYLE).split('\n')).to.deep.equal([
        'DRV-MEMORY@1: not started',
        'example:cpu',
        'The endpoint did not start, so nothing was measured.',
        'no such file',
        '1 not run',
      ]);
    });
  });

  describe('a comparison', () => {
    /** A subject with these verdicts on these requirements. */
    const subject = (target: string, verdicts: Readonly<Record<string, Verdict>>): Subject => {
      const record = recordOf(
        Object.entries(verdicts).map(([id, verdict]) => result(`${id}/one`, verdict)),
      );
      record.subject.target = target;
      record.requirements = record.requirements.map((row) => ({
        ...row,
        verdict: verdicts[row.id] ?? 'error',
      }));
      return { folder: target.replaceAll(':', '-'), record };
    };
    const two = [
      subject('example:one', {
        'DRV-MEM-001': 'pass',
        'DRV-MEM-002': 'pass',
        'DRV-MEM-003': 'fail',
        'DRV-MEM-005': 'not-applicable',
      }),
      subject('example:another', {
        'DRV-MEM-001': 'pass',
        'DRV-MEM-002': 'inconclusive',
        'DRV-MEM-003': 'fail',
        'DRV-MEM-005': 'not-applicable',
      }),
    ];

    it('tells rows that differ from those that are bad for all, and from the rest', () => {
      const { names, rows } = compare(two);
      expect(names).to.deep.equal(['one', 'another']);
      expect(rows.map(({ id, standing }) => `${id} ${standing}`)).to.deep.equal([
        'DRV-MEM-001 quiet',
        'DRV-MEM-002 differ',
        'DRV-MEM-003 open',
        'DRV-MEM-005 quiet',
      ]);
    });

    it('has a row that one record lacks, which is no difference', () => {
      const { rows } = compare([
        subject('first:host', { 'DRV-MEM-001': 'pass' }),
        subject('second:host', { 'DRV-MEM-001': 'fail', 'DRV-MEM-002': 'pass' }),
      ]);
      expect(rows).to.deep.equal([
        { id: 'DRV-MEM-001', verdicts: ['pass', 'fail'], standing: 'differ' },
        { id: 'DRV-MEM-002', verdicts: [undefined, 'pass'], standing: 'quiet' },
      ]);
    });

    const named: [targets: string, names: string][] = [
      ['opencl:pocl opencl:clover', 'pocl clover'],
      ['jax:cpu tfjs:cpu', 'jax:cpu tfjs:cpu'],
      ['reference:host jax:cpu tfjs:cpu', 'reference:host jax:cpu tfjs:cpu'],
      ['reference:host opencl:pocl', 'reference:host opencl:pocl'],
      ['mine theirs', 'mine theirs'],
      ['mine opencl:mine', 'mine opencl:mine'],
      ['opencl: opencl:pocl', 'opencl: opencl:pocl'],
    ];
    for (const [targets, names] of named) {
      it(`calls ${targets} by ${names}`, () => {
        const subjects = targets.split(' ').map((target) => subject(target, {}));
        expect(compare(subjects).names.join(' ')).to.equal(names);
      });
    }

    it('says of each subject what it was judged by where that is not the same for all', () => {
      const [one, another] = ['jax:cpu', 'tfjs:cpu'].map((target) =>
        subject(target, { 'SYS-ERR-001': 'pass' }),
      );
      if (!one || !another) throw new Error('two subjects');
      one.record.profile = { ...one.record.profile, id: 'OPS', level: 2 };
      expect(comparisonText([one, another], STYLE).split('\n')).to.deep.equal([
        '             jax:cpu  tfjs:cpu',
        'profile      OPS@2    DRV-MEMORY@1',
        'conformant   no       no',
        'and 1 row that all pass',
      ]);
      const many = Array.from({ length: 5 }, () => [one, another]).flat();
      expect(comparisonText(many, STYLE).split('\n').slice(0, 2)).to.deep.equal([
        '1 is jax:cpu, OPS@2',
        '2 is tfjs:cpu, DRV-MEMORY@1',
      ]);
      const level = '<span class="over">OPS@2</span>';
      expect(indexPage([one, another])).to.include(level);
      expect(indexPage([one, one])).to.not.include(level);
    });

    it('is a table in the terminal, of the rows that need a look and a count of the others', () => {
      expect(comparisonText(two, STYLE).split('\n')).to.deep.equal([
        'DRV-MEMORY@1  one      another',
        'conformant    no       no',
        'DRV-MEM-002   pass     unclear',
        'DRV-MEM-003   fail     fail',
        'and 1 row that all pass, 1 row that no subject has to keep',
      ]);
    });

    it('stays within a terminal with seven subjects and 300 rows, whatever they are called', () => {
      const many = Array.from({ length: 7 }, (_, nth) =>
        subject(
          `example:${HOSTILE}${nth}`,
          Object.fromEntries(
            Array.from({ length: 300 }, (_, row) => [
              `DRV-MEM-${row}`,
              VERDICTS[(row + nth) % 6] ?? 'pass',
            ]),
          ),
        ),
      );
      const lines = comparisonText(many, STYLE).split('\n');
      expect(lines.at(-1)).to.equal('and 260 rows more like these');
      expect(lines.length).to.be.below(60);
      for (const line of lines) {
        expect(line.length).to.be.at.most(80);
        expect(line).to.not.match(UNSAFE);
      }
      const text = indexPage(many);
      expect(text)
        .to.not.match(/<img|<script/)
        .and.not.match(UNSAFE);
      expect(countOf(text, '<tr class="differ">')).to.equal(300);
    });

    it('is a page of every row, with the way from each cell to its place in the report', () => {
      const text = indexPage(two);
      const [report] = two.map(({ record }) => pageOf(record).text);
      for (const { id } of compare(two).rows) {
        expect(text).to.include(`href="./example-one/report.html#${id}"`);
        expect(report).to.include(`<tr id="${id}"`);
      }
      expect(text).to.include('every row: 4').and.include('where they differ: 1');
      expect(text).to.include('not passed by all: 2');
    });

    it('has what was measured of all subjects in one plot, a row for each where they are many', () => {
      const measured = (index: number) =>
        measuring([
          {
            ...curveOf(
              'device',
              [0, 0.5, 2 ** index].map((x) => ({ x, y: 1 })),
              'How far sums are',
            ),
            form: 'histogram',
          },
        ]);
      const many = [0, 1, 2].map((index) => {
        const record = recordOf([result('DRV-KRN-013/add', 'pass', measured(index))]);
        return {
          folder: `f${index}`,
          record: { ...record, subject: { ...record.subject, target: `a:s${index}` } },
        };
      });
      const text = indexPage(many);
      expect(text.match(/<figure class="plot">/g)).to.have.lengthOf(1);
      expect(text.match(/<rect [^>]*fill-opacity="0.58"/g)).to.have.lengthOf(9);
      for (const name of ['s0', 's1', 's2'])
        expect(text).to.include(`<title>${name}: 1 milliseconds`);
      const xs = [...text.matchAll(/<rect [^>]*x="([^"]+)"/g)].map(([, x]) => Number(x));
      expect(Math.min(...xs)).to.be.above(112);
    });

    it('links to the reports, and to nothing else', () => {
      const folders = ['example-cpu', 'javascript:alert(1)', '"><img src=x>'];
      const text = indexPage(folders.map((folder) => ({ folder, record: hostile() })));
      const pages = [...text.matchAll(/href="([^"#]*)[^"]*"/g)].map(([, link]) => link);
      expect([...new Set(pages)]).to.deep.equal([
        './example-cpu/report.html',
        './javascript%3Aalert(1)/report.html',
        './%22%3E%3Cimg%20src%3Dx%3E/report.html',
      ]);
      expect(text).to.not.match(/<img|<script/);
    });
  });
});
