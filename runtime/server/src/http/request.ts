import type {IncomingMessage} from 'node:http';
import type {Readable} from 'node:stream';
import type {AnswerOf, BodyOf, ParamsOf, QueryOf, Route} from '@banli/api';
import type {AccessToken, Identity, Origin, PeopleActor} from '@banli/people';

/** What every handler gets: checked input, where the call comes from, and a way to shape the answer. */
export interface PublicRequest<R> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly origin: Origin;
  /** The raw request, for uploads. */
  readonly incoming: IncomingMessage;
  readonly reply: Reply;
}

/** What a handler of a route for signed-in people gets. A route that is open for outside systems has, from them, a `machine` and no identity. */
export interface SignedRequest<R> extends PublicRequest<R> {
  readonly machine?: AccessToken;
  readonly identity: Identity;
  readonly actor: PeopleActor;
}

/** Shapes an answer beyond its body. */
export interface Reply {
  /** Sets the session cookie, or takes it away with `null`. */
  sessionCookie(token: string | null): void;
  status(code: number): void;
  header(name: string, value: string): void;
}

/** The answer of a `file` route: given out as a download under its name. */
export interface FileAnswer {
  readonly stream: Readable;
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/** What a handler returns, by the kind of its route: a file, or what the contract says. */
export type HandlerAnswer<R> = FileAnswer | AnswerOf<R>;

/** A route with its handler, types forgotten: what the router mounts. */
export interface BoundRoute {
  readonly route: Route;
  readonly handle: (request: SignedRequest<Route>) => Promise<unknown>;
}

/**
 * Ties a handler to a route for signed-in people. The rights are checked before it is called.
 *
 * @throws Error when the route is public: its handler must not count on an identity.
 */
export function bindRoute<R extends Route>(route: R, handle: (request: SignedRequest<R>) => Promise<HandlerAnswer<R>>): BoundRoute {
  if (route.permission === 'public') throw new Error(`The route ${route.id} is public: bind it with bindPublicRoute.`);
  return {route, handle: handle as BoundRoute['handle']};
}

/** Ties a handler to a public route. @throws Error when the route is not public. */
export function bindPublicRoute<R extends Route>(route: R, handle: (request: PublicRequest<R>) => Promise<HandlerAnswer<R>>): BoundRoute {
  if (route.permission !== 'public') throw new Error(`The route ${route.id} is not public.`);
  return {route, handle: handle as unknown as BoundRoute['handle']};
}
