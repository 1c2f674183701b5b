// The bytes of an onnx.ModelProto to a model. Functions, subgraphs, sparse tensors and strings are left out.
import { PbfReader } from 'pbf';
import { fields, floats, ModelError, varints } from './fields.ts';
import type { Attribute, Model, Node, ValueInfo } from './model.ts';
import { ATTRIBUTE_TYPE } from './model-bytes.ts';
import type { Tensor } from './tensor.ts';
import { elementType, readTensor } from './tensor-of-bytes.ts';

interface RawAttribute {
  name: string;
  kind: number;
  float: number;
  int: number;
  text: string;
  tensor: Tensor | undefined;
  floats: number[];
  ints: number[];
}

const attributeFields = fields<RawAttribute>({
  1: (from, raw) => {
    raw.name = from.readString();
  },
  2: (from, raw) => {
    raw.float = from.readFloat();
  },
  3: (from, raw) => {
    raw.int = from.readVarint(true);
  },
  4: (from, raw) => {
    raw.text = from.readString();
  },
  5: (from, raw) => {
    raw.tensor = readTensor(from);
  },
  7: (from, raw) => raw.floats.push(...floats(from)),
  8: (from, raw) => raw.ints.push(...varints(from)),
  20: (from, raw) => {
    raw.kind = from.readVarint();
  },
});

const attributeOf = (raw: RawAttribute): Attribute => {
  const { float, int, text, floats, ints } = raw;
  const kind = Object.entries(ATTRIBUTE_TYPE).find(([, code]) => code === raw.kind)?.[0];
  switch (kind) {
    case 'float':
      return { float };
    case 'int':
      return { int };
    case 'text':
      return { text };
    case 'floats':
      return { floats };
    case 'ints':
      return { ints };
    case 'tensor':
      if (raw.tensor) return { tensor: raw.tensor };
  }
  throw new ModelError(`the attribute ${raw.name} is of a kind that is not read here`);
};

interface RawNode {
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

const nodeFields = fields<RawNode>({
  1: (from, raw) => raw.inputs.push(from.readString()),
  2: (from, raw) => raw.outputs.push(from.readString()),
  4: (from, raw) => {
    raw.operator = from.readString();
  },
  5: (from, raw) => {
    const attribute: RawAttribute = {
      name: '',
      kind: 0,
      float: 0,
      int: 0,
      text: '',
      tensor: undefined,
      floats: [],
      ints: [],
    };
    from.readMessage(attributeFields, attribute);
    raw.attributes[attribute.name] = attributeOf(attribute);
  },
  7: (from, raw) => {
    raw.domain = from.readString();
  },
});

interface RawValueInfo {
  name: string;
  code: number;
  shape: (number | string)[];
}

const dimensionFields = fields<{ dimension: number | string }>({
  1: (from, raw) => {
    raw.dimension = from.readVarint(true);
  },
  2: (from, raw) => {
    raw.dimension = from.readString();
  },
});

const shapeFields = fields<RawValueInfo>({
  1: (from, raw) => {
    const read: { dimension: number | string } = { dimension: '' };
    from.readMessage(dimensionFields, read);
    raw.shape.push(read.dimension);
  },
});

const tensorTypeFields = fields<RawValueInfo>({
  1: (from, raw) => {
    raw.code = from.readVarint();
  },
  2: (from, raw) => from.readMessage(shapeFields, raw),
});

const typeFields = fields<RawValueInfo>({
  1: (from, raw) => from.readMessage(tensorTypeFields, raw),
});

const valueInfoFields = fields<RawValueInfo>({
  1: (from, raw) => {
    raw.name = from.readString();
  },
  2: (from, raw) => from.readMessage(typeFields, raw),
});

const readValueInfo = (from: PbfReader): ValueInfo => {
  const { name, code, shape } = from.readMessage<RawValueInfo>(valueInfoFields, {
    name: '',
    code: 0,
    shape: [],
  });
  return { name, type: elementType(code), shape };
};

interface RawModel {
  formatVersion: number;
  operatorSets: Record<string, number>;
  nodes: Node[];
  initializers: Record<string, Tensor>;
  inputs: ValueInfo[];
  outputs: ValueInfo[];
}

const graphFields = fields<RawModel>({
  1: (from, raw) => {
    const node: RawNode = { operator: '', domain: '', inputs: [], outputs: [], attributes: {} };
    raw.nodes.push(from.readMessage(nodeFields, node));
  },
  5: (from, raw) => {
    const { name, ...held } = readTensor(from);
    raw.initializers[name] = held;
  },
  11: (from, raw) => raw.inputs.push(readValueInfo(from)),
  12: (from, raw) => raw.outputs.push(readValueInfo(from)),
});

const operatorSetFields = fields<{ domain: string; version: number }>({
  1: (from, raw) => {
    raw.domain = from.readString();
  },
  2: (from, raw) => {
    raw.version = from.readVarint();
  },
});

const modelFields = fields<RawModel>({
  1: (from, raw) => {
    raw.formatVersion = from.readVarint();
  },
  7: (from, raw) => from.readMessage(graphFields, raw),
  8: (from, raw) => {
    const { domain, version } = from.readMessage(operatorSetFields, { domain: '', version: 0 });
    raw.operatorSets[domain] = version;
  },
});

/** The model that bytes are; throws a ModelError, or what the reader says of a message that ends too early. */
export const modelOf = (bytes: Uint8Array): Model => {
  const raw: RawModel = {
    formatVersion: 0,
    operatorSets: {},
    nodes: [],
    initializers: {},
    inputs: [],
    outputs: [],
  };
  const from = new PbfReader(bytes);
  from.readFields(modelFields, raw);
  if (from.pos !== bytes.length) throw new ModelError('the last field is cut');
  return raw;
};
