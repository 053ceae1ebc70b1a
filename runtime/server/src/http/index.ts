export {createHttpApp, createHttpServer, type HttpAppParts} from './app.js';
export {bindPublicRoute, bindRoute, type BoundRoute, type FileAnswer, type PublicRequest, type SignedRequest} from './request.js';
export {createMetrics, type Metrics} from './metrics.js';
export {createOpenApi} from './openapi.js';
export {createRateLimit, type RateLimit} from './rate-limit.js';
export {safeError} from './answer-error.js';
export {sessionCookie} from './guard.js';
export {httpErrors} from './errors.js';
export type {WebApp} from './web-apps.js';
