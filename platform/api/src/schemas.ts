import {Type, type Static, type TObject, type TProperties, type TSchema} from '@sinclair/typebox';

/** An object that takes no other keys. */
export function strict<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, {additionalProperties: false});
}

/** One of several words. */
export function oneOf<const W extends string>(...words: readonly W[]) {
  return Type.Unsafe<W>({type: 'string', enum: [...words]});
}

export const Id = Type.String({minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$'});
export const Moment = Type.Integer({description: 'UTC milliseconds'});
export const Text = Type.Object({'zh-CN': Type.String(), en: Type.Optional(Type.String())});
/** What of an order a rule asked for, in words. */
export const DecidedBy = Type.Object({name: Id, title: Text, value: Id, valueTitle: Text});
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** Form values by field name; checked against the form's own schema later. */
export const Values = Type.Record(Type.String({maxLength: 64}), Type.Unknown());
export const Cursor = Type.String({maxLength: 256});
export const Limit = Type.Integer({minimum: 1, maximum: 200});

export const ProblemSchema = Type.Object({
  code: Type.String(),
  message: Type.String(),
  messageZh: Type.Optional(Type.String()),
  place: Type.Object({
    file: Type.Optional(Type.String()),
    element: Type.Optional(Type.String()),
    field: Type.Optional(Type.String()),
    line: Type.Optional(Type.Integer()),
    column: Type.Optional(Type.Integer()),
  }),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  severity: Type.Optional(oneOf('error', 'warning')),
});
export type ApiProblem = Static<typeof ProblemSchema>;

/** Body of every answer that is not a success. */
export const ErrorAnswer = Type.Object({
  code: Type.String(),
  message: Type.String(),
  messageZh: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
  problems: Type.Array(ProblemSchema),
  requestId: Type.String(),
});
export type ErrorAnswerBody = Static<typeof ErrorAnswer>;

export const Done = Type.Object({done: Type.Literal(true)});
