// The part of node's WebAssembly that runs kernels, as far as its types are needed here: @types/node has none of it.

/** A compiled module. Threads can be handed one. */
export interface CompiledModule {
  readonly compiled: unique symbol;
}

/** A function that a module exports. `length` is how many parameters it has. */
export type Exported = (...given: number[]) => number;
export type Imports = Readonly<Record<string, (...given: number[]) => number>>;

interface Item {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

interface WebAssemblyOfNode {
  readonly Module: {
    new (bytes: Uint8Array): CompiledModule;
    imports(module: CompiledModule): Item[];
    exports(module: CompiledModule): Omit<Item, 'module'>[];
  };
  readonly Instance: new (
    module: CompiledModule,
    imports: Record<string, Imports>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

const { WebAssembly: own } = globalThis as unknown as { WebAssembly: WebAssemblyOfNode };

/** Throws where the bytes are no valid module. */
export const compile = (bytes: Uint8Array): CompiledModule => new own.Module(bytes);

/** What a module asks for, as `module.name`; what is no function has its kind behind it. */
export const importsOf = (module: CompiledModule): string[] =>
  own.Module.imports(module).map(
    ({ module: from, name, kind }) => `${from}.${name}${kind === 'function' ? '' : ` ${kind}`}`,
  );

export const exportedFunctions = (module: CompiledModule): string[] =>
  own.Module.exports(module).flatMap(({ name, kind }) => (kind === 'function' ? [name] : []));

/** A function of a fresh instance; undefined where the module has none of this name. */
export const instantiate = (
  module: CompiledModule,
  imports: Record<string, Imports>,
  name: string,
): Exported | undefined => {
  const { exports } = new own.Instance(module, imports);
  const found = Object.hasOwn(exports, name) ? exports[name] : undefined;
  return typeof found === 'function' ? (found as Exported) : undefined;
};
