import helmet from 'koa-helmet';
import type {Middleware} from 'koa';

/**
 * Makes the security headers of every answer. Scripts come from our own files only, never from strings; styles may stand in the
 * page, because the component library writes its style sheet there at run time.
 */
export function createSecurityHeaders(https: boolean): Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: https ? {maxAge: 31_536_000, includeSubDomains: true} : false,
    referrerPolicy: {policy: 'no-referrer'},
    crossOriginEmbedderPolicy: false,
  }) as Middleware;
}
