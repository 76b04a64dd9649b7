import { bytesField, concat, floatField, integerField, messageField, varint, type Bytes } from './protobuf';

/** Values of tensorflow/core/framework/types.proto. */
const dtypeNumbers = { float32: 1, float64: 2, int32: 3, uint8: 4, bool: 10, bfloat16: 14, resource: 20 } as const;
export type DType = keyof typeof dtypeNumbers;
/** Types a network can be computed in. bfloat16 has float32's range and 8 bits of precision. */
export type FloatType = 'float32' | 'float64' | 'bfloat16';
export const dtypeNumber = (dtype: DType): number => dtypeNumbers[dtype];

/** Sizes of a tensor's dimensions; -1 is a size known only at run time (the batch). */
export type Shape = readonly number[];

/**
 * The value of an op's attribute, written by its kind: TensorFlow rejects an int where a float is meant, so kinds are explicit
 * (tensorflow/core/framework/attr_value.proto).
 */
export type Attribute =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'type'; readonly value: DType }
  | { readonly kind: 'shape'; readonly value: Shape }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly dtype: DType; readonly shape: Shape; readonly content: Bytes };
export type Attributes = Readonly<Record<string, Attribute>>;

export const string = (value: string): Attribute => ({ kind: 'string', value });
export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const bool = (value: boolean): Attribute => ({ kind: 'bool', value });
export const type = (value: DType): Attribute => ({ kind: 'type', value });
export const shape = (value: Shape): Attribute => ({ kind: 'shape', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });

/** Fields of a TensorShapeProto. */
export const shapeFields = (dims: Shape): Bytes[] => dims.map((size) => messageField(2, [integerField(1, size)]));

/** Fields of an AttrValue. */
export function attributeFields(attribute: Attribute): Bytes[] {
  switch (attribute.kind) {
    case 'string':
      return [bytesField(2, attribute.value)];
    case 'int':
      return [integerField(3, attribute.value)];
    case 'float':
      return [floatField(4, attribute.value)];
    case 'bool':
      return [integerField(5, attribute.value ? 1 : 0)];
    case 'type':
      return [integerField(6, dtypeNumbers[attribute.value])];
    case 'shape':
      return [messageField(7, shapeFields(attribute.value))];
    case 'ints':
      return [messageField(1, [bytesField(3, concat(attribute.value.map(varint)))])];
    case 'tensor':
      return [
        messageField(8, [
          integerField(1, dtypeNumbers[attribute.dtype]),
          messageField(2, shapeFields(attribute.shape)),
          bytesField(4, attribute.content),
        ]),
      ];
  }
}
