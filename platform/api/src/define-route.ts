import type {Static, TObject, TProperties, TSchema} from '@sinclair/typebox';

/** HTTP methods that routes use: `PUT` replaces what is there, `POST` does something. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Who may call: nobody asked (`public`), anyone signed in, or whoever has the permission code. */
export type RoutePermission = 'public' | 'signedIn' | `${string}.${string}`;

/** One route of the HTTP contract; client, server and the OpenAPI document are all made from it. */
export interface Route<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Answer extends TSchema = TSchema,
> {
  /** `area.verbThing`, unique. */
  readonly id: string;
  readonly method: Method;
  /** Path with `:name` holes, one for each of `params`. */
  readonly path: string;
  readonly permission: RoutePermission;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** `undefined` for routes without a JSON body. */
  readonly body: Body | undefined;
  readonly answer: Answer;
  /** `json` by default; `file` streams bytes out, `upload` takes a multipart form in and answers JSON, `html` and `text` answer text. */
  readonly kind: 'json' | 'file' | 'upload' | 'html' | 'text';
  /** Status of success. */
  readonly status: 200 | 201 | 204;
  /** Whether outside systems may read here with their token. */
  readonly machine: boolean;
  /** Catalogs that such a token must cover, all of them; where none is named here, the one of the path. */
  readonly machineCatalogs: readonly string[];
  /** Whether nothing is changed here: always with `GET`, and where a `POST` only carries what stands in no address. */
  readonly reads: boolean;
}

/** Type of a route's path parameters. */
export type ParamsOf<R> = R extends Route<infer P, TObject, TSchema, TSchema> ? Static<P> : never;
/** Type of a route's query; all texts on the wire, read by the schema. */
export type QueryOf<R> = R extends Route<TObject, infer Q, TSchema, TSchema> ? Static<Q> : never;
/** Type of a route's JSON body. */
export type BodyOf<R> = R extends Route<TObject, TObject, infer B, TSchema> ? Static<B> : never;
/** Type of what a route answers on success. */
export type AnswerOf<R> = R extends Route<TObject, TObject, TSchema, infer A> ? Static<A> : never;

interface RouteInput<P extends TObject, Q extends TObject, B extends TSchema, A extends TSchema> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly permission: RoutePermission;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  readonly kind?: Route['kind'];
  readonly status?: Route['status'];
  readonly machine?: boolean;
  readonly machineCatalogs?: Route['machineCatalogs'];
  readonly reads?: boolean;
}

const emptyObject = {type: 'object', properties: {}, additionalProperties: false} as unknown as TObject<TProperties>;

/** Declares a route; what is left out is empty. */
export function defineRoute<
  P extends TObject = TObject<Record<never, never>>,
  Q extends TObject = TObject<Record<never, never>>,
  B extends TSchema = TSchema,
  A extends TSchema = TSchema,
>(input: RouteInput<P, Q, B, A>): Route<P, Q, B, A> {
  return {
    ...input,
    params: input.params ?? (emptyObject as unknown as P),
    query: input.query ?? (emptyObject as unknown as Q),
    body: input.body,
    kind: input.kind ?? 'json',
    status: input.status ?? 200,
    machine: input.machine ?? false,
    machineCatalogs: input.machineCatalogs ?? [],
    reads: input.reads ?? input.method === 'GET',
  };
}
