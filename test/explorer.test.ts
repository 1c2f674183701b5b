// What the report's script decides without a document: which cases a filter finds, and what an address says.
import { expect } from 'chai';
import { caseIndex } from '../reports/case-index.ts';
import { hashOf, type Place, placeOf } from '../reports/explorer/address.ts';
import {
  type Filter,
  finder,
  isClause,
  NO_FILTER,
  NOT_PASSED,
} from '../reports/explorer/filter.ts';
import { recordOf, result } from './record-support.ts';

const record = recordOf([
  result('DRV-MEM-001/small', 'pass'),
  result('DRV-MEM-001/large', 'fail', { title: 'Every byte of a LARGE allocation' }),
  result('DRV-STR-001/order', 'inconclusive'),
  result('SYS-ERR-003/schema', 'not-applicable'),
]);
record.requirements = record.requirements.map((row) =>
  row.id === 'DRV-STR-001' ? { ...row, keyword: 'SHOULD', level: 2 } : row,
);
const { index } = caseIndex(record);
const find = finder(index);

describe('a filter of the report', () => {
  const vectors: [Partial<Filter>, string[]][] = [
    [{}, ['small', 'large', 'order', 'schema']],
    [{ text: 'large' }, ['large']],
    [{ text: 'large byte' }, ['large']],
    [{ text: 'large order' }, []],
    // A word of the clause, and one of the case.
    [{ text: 'drv-mem-001 MUST small' }, ['small']],
    [{ text: 'about drv-str-001/order' }, ['order']],
    [{ verdict: 'fail' }, ['large']],
    [{ verdict: NOT_PASSED }, ['large', 'order']],
    [{ area: 'DRV-MEM' }, ['small', 'large']],
    [{ area: 'DRV' }, ['small', 'large', 'order']],
    [{ area: 'DRV-ME' }, []],
    [{ keyword: 'SHOULD' }, ['order']],
    [{ level: '2' }, ['order']],
    [{ level: '1', verdict: NOT_PASSED, text: 'byte' }, ['large']],
  ];
  for (const [chosen, names] of vectors) {
    it(`${JSON.stringify(chosen)} finds ${names.join(', ') || 'nothing'}`, () => {
      const { items, cases } = find({ ...NO_FILTER, ...chosen });
      const found = items.filter((item) => !isClause(item)).map((item) => index.ids[item]);
      expect(found.map((id) => id?.split('/')[1])).to.deep.equal(names);
      expect(cases).to.equal(names.length);
    });
  }

  it('shows a requirement before its cases, and none without a reason', () => {
    const { items } = find({ ...NO_FILTER, verdict: 'fail' });
    expect(
      items.map((item) => (isClause(item) ? index.clauses[~item]?.id : index.ids[item])),
    ).to.deep.equal([
      'DRV-MEM-001',
      'DRV-MEM-001/large',
      // Its record says that it failed, though no case of its own did.
      'DRV-STR-001',
      'SYS-ERR-003',
    ]);
  });
});

describe('the address of a report', () => {
  const places: [string, Place][] = [
    ['#', { id: '', filter: NO_FILTER }],
    ['#DRV-MEM-001/read-back', { id: 'DRV-MEM-001/read-back', filter: NO_FILTER }],
    ['#?verdict=fail', { id: '', filter: { ...NO_FILTER, verdict: 'fail' } }],
    [
      '#DRV-MEM-001?text=a+%26+%3F%23&level=2',
      { id: 'DRV-MEM-001', filter: { ...NO_FILTER, text: 'a & ?#', level: '2' } },
    ],
    ['#odd%20%3F%23%25/id', { id: 'odd ?#%/id', filter: NO_FILTER }],
  ];
  for (const [hash, place] of places) {
    it(`${hash} is read and written`, () => {
      expect(placeOf(hash)).to.deep.equal(place);
      expect(hashOf(place)).to.equal(hash);
    });
  }

  it('that nobody wrote so is read as far as it can be', () => {
    expect(placeOf('')).to.deep.equal({ id: '', filter: NO_FILTER });
    expect(placeOf('#%E0%A4%A?x=1&verdict=fail&verdict=pass')).to.deep.equal({
      id: '%E0%A4%A',
      filter: { ...NO_FILTER, verdict: 'fail' },
    });
  });
});
