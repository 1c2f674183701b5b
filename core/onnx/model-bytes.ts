// A model to its bytes, an onnx.ModelProto: small models are built here and none is downloaded.
import { PbfWriter } from 'pbf';
import { bytesOf, FORMATS } from './element.ts';
import type { Attribute, Model, Node, ValueInfo } from './model.ts';
import type { Tensor } from './tensor.ts';

/** In onnx.AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7 } as const;

const writeTensor = ({ type, shape, values }: Tensor & { name?: string }, to: PbfWriter): void => {
  to.writePackedVarint(1, [...shape]);
  to.writeVarintField(2, FORMATS[type].code);
  to.writeBytesField(9, bytesOf(type, values));
};

/** The bytes of an onnx.TensorProto. */
export const tensorBytes = (one: Tensor): Uint8Array => {
  const to = new PbfWriter();
  writeTensor(one, to);
  return to.finish();
};

const writeAttribute = ([name, attribute]: [string, Attribute], to: PbfWriter): void => {
  to.writeStringField(1, name);
  const [kind] = Object.keys(attribute) as (keyof typeof ATTRIBUTE_TYPE)[];
  if ('float' in attribute) to.writeFloatField(2, attribute.float);
  else if ('int' in attribute) to.writeVarintField(3, attribute.int);
  else if ('text' in attribute) to.writeBytesField(4, Buffer.from(attribute.text));
  else if ('tensor' in attribute) to.writeMessage(5, writeTensor, attribute.tensor);
  else if ('floats' in attribute) to.writePackedFloat(7, [...attribute.floats]);
  else to.writePackedVarint(8, [...attribute.ints]);
  if (kind) to.writeVarintField(20, ATTRIBUTE_TYPE[kind]);
};

const writeNode = (node: Node, to: PbfWriter): void => {
  for (const name of node.inputs) to.writeStringField(1, name);
  for (const name of node.outputs) to.writeStringField(2, name);
  to.writeStringField(4, node.operator);
  for (const one of Object.entries(node.attributes ?? {})) to.writeMessage(5, writeAttribute, one);
  if (node.domain) to.writeStringField(7, node.domain);
};

const writeDimension = (dimension: number | string, to: PbfWriter): void => {
  if (typeof dimension === 'number') to.writeVarintField(1, dimension);
  else if (dimension !== '') to.writeStringField(2, dimension);
};

const writeValueInfo = ({ name, type, shape }: ValueInfo, to: PbfWriter): void => {
  to.writeStringField(1, name);
  to.writeMessage(
    2,
    (_none, ofType) =>
      ofType.writeMessage(
        1,
        (_still, ofTensor) => {
          ofTensor.writeVarintField(1, FORMATS[type].code);
          ofTensor.writeMessage(
            2,
            (dimensions, ofShape) => {
              for (const one of dimensions) ofShape.writeMessage(1, writeDimension, one);
            },
            shape,
          );
        },
        undefined,
      ),
    undefined,
  );
};

const writeGraph = (model: Model, to: PbfWriter): void => {
  for (const node of model.nodes) to.writeMessage(1, writeNode, node);
  to.writeStringField(2, 'graph');
  for (const [name, one] of Object.entries(model.initializers)) {
    to.writeMessage(
      5,
      (held, ofTensor) => {
        writeTensor(held, ofTensor);
        ofTensor.writeStringField(8, name);
      },
      one,
    );
  }
  for (const one of model.inputs) to.writeMessage(11, writeValueInfo, one);
  for (const one of model.outputs) to.writeMessage(12, writeValueInfo, one);
};

/** The bytes of an onnx.ModelProto. */
export const modelBytes = (model: Model): Uint8Array => {
  const to = new PbfWriter();
  to.writeVarintField(1, model.formatVersion);
  to.writeMessage(7, writeGraph, model);
  for (const one of Object.entries(model.operatorSets)) {
    to.writeMessage(
      8,
      ([domain, version], ofSet) => {
        ofSet.writeStringField(1, domain);
        ofSet.writeVarintField(2, version);
      },
      one,
    );
  }
  return to.finish();
};
