import {createReadStream} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {extname, join, relative, sep} from 'node:path';
import type {Context, Next} from 'koa';

/** A built web application: its folder and the address it answers at, ending with `/`. */
export interface WebApp {
  readonly folder: string;
  readonly base: string;
}

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Makes the middleware that serves built web applications. Only files that are there at start can be asked for, so no path leads
 * out of the folders. Files with a hash in their name are kept by browsers for a year; any other address of an
 * application answers its index page, as its own router knows the rest.
 */
export async function createWebApps(apps: readonly WebApp[]): Promise<(ctx: Context, next: Next) => Promise<void>> {
  const assets = new Map<string, Asset>();
  for (const app of apps) for (const [url, asset] of await listAssets(app)) assets.set(url, asset);
  const bases = apps.map(app => app.base).sort((one, two) => two.length - one.length);
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    const base = bases.find(candidate => ctx.path.startsWith(candidate) || `${ctx.path}/` === candidate);
    if (base === undefined) return next();
    if (`${ctx.path}/` === base) return ctx.redirect(base);
    const wantsPage = extname(ctx.path) === '' && !ctx.path.startsWith('/api/') && ctx.accepts('html') !== false;
    const asset = assets.get(ctx.path) ?? (wantsPage ? assets.get(`${base}index.html`) : undefined);
    if (!asset) return next();
    send(ctx, asset);
  };
}

async function listAssets(app: WebApp): Promise<ReadonlyArray<readonly [string, Asset]>> {
  const entries = await readdir(app.folder, {recursive: true, withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = entries.filter(entry => entry.isFile() && types[extname(entry.name)] !== undefined);
  return Promise.all(files.map(async entry => {
    const path = join(entry.parentPath, entry.name);
    const {size, mtimeMs} = await stat(path);
    const url = app.base + relative(app.folder, path).split(sep).map(encodeURIComponent).join('/');
    return [url, {path, type: types[extname(entry.name)] ?? '', sizeBytes: size, etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`}] as const;
  }));
}

function send(ctx: Context, asset: Asset): void {
  ctx.state['routeId'] = 'web';
  ctx.state['quiet'] = true;
  const hashed = /-[A-Za-z0-9_-]{8,}\.\w+$/.test(asset.path);
  ctx.set('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('etag', asset.etag);
  ctx.type = asset.type;
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.length = asset.sizeBytes;
  ctx.body = createReadStream(asset.path);
}
