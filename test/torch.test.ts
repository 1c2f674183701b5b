// The PyTorch adapter: what it makes of refusals, that a package has all of it, and where PyTorch is installed, that
// what is said of it without an import is what runs.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import picomatch from 'picomatch';
import { torch } from '../adapters/torch/index.ts';
import { OPERATORS } from '../schemas/generated/standard.ts';
import { pythonProgram, ROOT } from './support.ts';

const ADAPTER = join(ROOT, 'adapters', 'torch');
const KIT = join(ROOT, 'adapters', 'kit', 'python');

const python = (program: string, args: readonly string[], input = '') =>
  spawnSync(program, args, {
    encoding: 'utf8',
    input,
    env: { ...process.env, PYTHONPATH: `${KIT}:${ADAPTER}`, PYTHONDONTWRITEBYTECODE: '1' },
    timeout: 60_000,
  });

describe('the PyTorch adapter', () => {
  it('is in the package, whole', () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const isPacked = picomatch(files);
    const own = readdirSync(ADAPTER, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.py'))
      .map((name) => `adapters/torch/${name}`);
    expect(own).to.include('adapters/torch/operators/__init__.py');
    expect(own.filter((path) => !isPacked(path))).to.deep.equal([]);
  });

  it('knows a refusal by method, class and first words alone', function () {
    const program = pythonProgram();
    if (program === undefined) return this.skip();
    const said = [
      [
        'framework.model.load',
        'RuntimeError',
        "shape '[4]' is invalid for input of size 1",
        'MODEL',
      ],
      [
        'framework.model.run',
        'RuntimeError',
        "shape '[4]' is invalid for input of size 1",
        'SHAPE',
      ],
      ['framework.model.run', 'RuntimeError', '"sqrt" not implemented for \'Half\'', 'OPERATOR'],
      ['framework.model.run', 'IndexError', 'index 5 is out of bounds for dimension 0', 'SHAPE'],
      ['framework.model.run', 'RuntimeError', 'ZeroDivisionError', 'UNSPECIFIED'],
      [
        'framework.tensor.create',
        'RuntimeError',
        '[enforce fail at alloc_cpu.cpp:75]',
        'HOST_MEMORY',
      ],
      ['framework.model.run', 'KeyError', 'ZeroDivisionError', null],
      ['framework.model.run', 'RuntimeError', "of another shape '[4]'", null],
      ['framework.tensor.read', 'RuntimeError', 'ZeroDivisionError', null],
    ] as const;
    const code = `import builtins, errors, json, sys
found = [errors.refusal_of(one[0], getattr(builtins, one[1])(one[2])) for one in json.load(sys.stdin)]
print(json.dumps([one and [one.reason, one.origin, one.details["vendorName"]] for one in found]))`;
    const { stdout } = python(program, ['-c', code], JSON.stringify(said));
    expect(JSON.parse(stdout)).to.deep.equal(
      said.map(([, name, , reason]) => reason && [reason, 'native', name]),
    );
  });

  it('finds nothing where the modules are not installed', function () {
    const program = pythonProgram();
    if (program === undefined) return this.skip();
    const { status, stdout } = python(program, ['-I', '-S', join(ADAPTER, 'installed.py')]);
    expect([status, stdout]).to.deep.equal([1, '']);
  });

  it('says without an import what an import says, and maps all operators of level 1', async function () {
    const [found] = await torch.find();
    const [program] = found?.launch.command ?? [];
    if (found === undefined || program === undefined) return this.skip();
    const code = `import json, operators, torch
print(json.dumps([torch.__version__, sorted(operators.OPERATORS)]))`;
    const [version, mapped] = JSON.parse(python(program, ['-c', code]).stdout);
    expect(found.title).to.equal(`PyTorch ${version}`);
    const names = OPERATORS.map(({ operator }) => operator);
    expect(names.filter((name) => !mapped.includes(name))).to.deep.equal([]);
  });
});
