// What an adapter of an engine serves: models and tensors, all of them the engine's own work where nothing else is said.
import type { Capabilities, Implementation, Product } from '../../schemas/generated/types.ts';
import type { Service } from './serve.ts';

type Work = Service['methods'];

const NATIVE: Work = {
  'framework.model.load': 'native',
  'framework.model.run': 'native',
  'framework.model.unload': 'native',
  'framework.tensor.create': 'native',
  'framework.tensor.read': 'native',
  'framework.tensor.free': 'native',
} satisfies Record<string, Implementation>;

/** `otherwise` has the methods whose work is not the engine's alone, and those of `more`, which an engine may have. */
export const modelService = (
  product: Product,
  models: Pick<Service, 'handlers' | 'release'>,
  otherwise: Work = {},
  more: Capabilities = {},
): Service => ({
  product,
  capabilities: { 'framework.model': true, 'framework.tensor': true, ...more },
  methods: { ...NATIVE, ...otherwise },
  handlers: models.handlers,
  release: () => models.release(),
});
