import {Type, type Static, type TObject, type TProperties, type TSchema} from '@sinclair/typebox';

/** An object that takes no other keys. */
export function strict<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, {additionalProperties: false});
}

/** One of several words. */
export function oneOf<const W extends string>(...words: readonly W[]) {
  return Type.Unsafe<W>({type: 'string', enum: [...words]});
}

/** An id or key: 1 to 64 characters that need no escaping in a path. */
export const Id = Type.String({minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$'});
/** A moment in UTC milliseconds; days are counted in Asia/Shanghai. */
export const Moment = Type.Integer({description: 'UTC milliseconds'});
/** A text for people: always Chinese, English where there is one. */
export const Text = Type.Object({'zh-CN': Type.String(), en: Type.Optional(Type.String())});
/** What of an order a rule asked for, in words. */
export const DecidedBy = Type.Object({name: Id, title: Text, value: Id, valueTitle: Text});
/** A value that may be missing: it is there as `null`, never left out. */
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** Form values by field name; checked against the form's own schema later. */
export const Values = Type.Record(Type.String({maxLength: 64}), Type.Unknown());
/** Where the next page begins; opaque, taken from the page before. A foreign one is refused with `CASE_CURSOR` or `HTTP_FIELD_WRONG`. */
export const Cursor = Type.String({maxLength: 256});
/** Rows of a page: 1 to 200. */
export const Limit = Type.Integer({minimum: 1, maximum: 200});

/** One thing that is wrong, with its place: every refused input lists all of them. */
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

/** The answer of a command that has nothing to tell. */
export const Done = Type.Object({done: Type.Literal(true)});
