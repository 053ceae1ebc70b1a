import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import type {AddressInfo} from 'node:net';
import {checkBundle, hashBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import type {BundleFiles} from '@banli/formats';

/** A server with one bundle in memory that answers as the design routes do, under the content security policy of the real one. */
export interface FakeServer {
  readonly address: string;
  readonly state: {files: BundleFiles; revision: number; published: string[]; readonly templates: readonly Json[]};
  close(): Promise<void>;
}

interface Body {
  readonly files?: BundleFiles;
  readonly revision?: number;
  readonly matter?: string;
  readonly channel?: string;
  readonly areaCode?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What the workers of the demo plugin take. */
const demoInput = {type: 'object', required: ['word'], properties: {word: {type: 'string', minLength: 1, maxLength: 100}}};
const demoTemplates = new URL('../../../plugins/demo/element-templates/', import.meta.url).pathname;

const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'";
const types: Readonly<Record<string, string>> = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff'};

/** Starts the server on a free port. @param dist - The built designer. */
export async function startFakeServer(dist: string, bundleFolder: string): Promise<FakeServer> {
  const files = await readBundleFolder(bundleFolder);
  const templates = await Promise.all((await readdir(demoTemplates)).map(async name => JSON.parse(await readFile(path.join(demoTemplates, name), 'utf8')) as Json));
  const state = {files, revision: 0, published: [hashBundle(files)], templates};
  const server = createServer((request, response) => {
    void answer(request, response, dist, state);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {address: `http://127.0.0.1:${port}/designer/`, state, close: () => new Promise(resolve => { server.closeAllConnections(); server.close(() => resolve()); })};
}

async function answer(request: IncomingMessage, response: ServerResponse, dist: string, state: FakeServer['state']): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://x');
  response.setHeader('content-security-policy', policy);
  if (!url.pathname.startsWith('/api/')) return sendFile(response, dist, url.pathname.replace(/^\/designer\/?/, ''));
  const body = await readBody(request);
  const result = answerApi(`${request.method ?? ''} ${url.pathname}`, body, state);
  response.statusCode = result === null ? 404 : result.status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(result?.body ?? {code: 'HTTP_UNKNOWN', message: '', messageZh: '', details: {}, problems: [], requestId: 'r'}));
}

function answerApi(call: string, body: Body, state: FakeServer['state']): {status: number; body: unknown} | null {
  const ok = (value: unknown): {status: number; body: unknown} => ({status: 200, body: value});
  const post = {id: 'p1', unitId: 'u1', unitName: '市中心', areaCode: '650100', roles: []};
  const release = (hash: string): object => ({hash, version: '1.0.0', publishedAt: 1_763_800_000_000, publishedBy: '方晓', status: 'deployed', openCases: 3, current: hash === state.published[0]});
  if (call === 'GET /api/session') return ok({person: {id: 'fang', name: '方晓', account: 'qu.fenxi'}, posts: [post], activePostId: 'p1', permissions: ['design.read', 'design.edit', 'design.publish'], csrf: 'c', keptKey: '0'.repeat(64), expiresAt: 9e12, mustChangePassword: false});
  if (call === 'GET /api/design/bundles') return ok({bundles: [{bundleId: 'hotline', title: {'zh-CN': '市民热线工单', en: 'Citizen hotline'}, current: release(state.published[0] ?? ''), draftSavedAt: null, draftBy: null}]});
  if (call === 'GET /api/design/palette') return ok({workers: workersOf(state), elementTemplates: state.templates, catalogs: catalogsOf(state.files).map(id => ({id, title: {'zh-CN': id}})), requiredElements: {elements: {amount: ['0401', '0402']}}});
  if (call.endsWith('/class-form')) return ok(classForm(body));
  if (call.endsWith('/choices')) return ok({version: '2026.1.0', choices: choicesOf(call)});
  if (call === 'GET /api/units') return ok({units: []});
  if (call.endsWith('/releases')) return ok({releases: state.published.map(release)});
  if (call.startsWith('GET ') && call.endsWith('/draft')) return ok({files: call.includes('/bundles/hotline/') ? state.files : {}, revision: state.revision, savedAt: null, savedBy: null, baseHash: state.published[0]});
  if (call.startsWith('PUT ') && call.endsWith('/draft')) {
    if (body.revision !== state.revision) return {status: 409, body: {code: 'RELEASE_DRAFT_CHANGED', message: 'Somebody saved meanwhile.', messageZh: '草稿已被他人修改。', details: {}, problems: [], requestId: 'r1'}};
    state.files = {...state.files, ...body.files};
    state.revision += 1;
    return ok({revision: state.revision, savedAt: 1_763_800_320_000});
  }
  if (call.endsWith('/check')) return ok({problems: checkBundle(body.files ?? {}).problems});
  if (call.endsWith('/publish')) {
    const {problems, compiled} = checkBundle(state.files);
    if (!compiled) return {status: 422, body: {code: 'RELEASE_REFUSED', message: 'Refused', messageZh: '未能发布', details: {}, problems, requestId: 'r2'}};
    state.published.unshift(compiled.hash);
    state.revision = 0;
    return ok({release: release(compiled.hash)});
  }
  return null;
}

function workersOf({files, templates}: FakeServer['state']): readonly Json[] {
  const demo = templates.map(({id}) => ({topic: id, title: {'zh-CN': id}, inputSchema: demoInput}));
  return [...topicsOf(files).filter(topic => !topic.startsWith('demo.')).map(topic => ({topic, title: {'zh-CN': topic}, inputSchema: {properties: {}}})), ...demo];
}

function topicsOf(files: BundleFiles): readonly string[] {
  return [...new Set(Object.values(files).flatMap(text => [...text.matchAll(/banli:topic="([^"]+)"/g)].map(match => match[1] ?? '')))];
}

function catalogsOf(files: BundleFiles): readonly string[] {
  const manifest = /catalogs:\s*\[([^\]]*)\]/.exec(files['bundle.yaml'] ?? '')?.[1] ?? '';
  return manifest.split(',').map(part => part.trim());
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8')) as Body;
}

async function sendFile(response: ServerResponse, dist: string, name: string): Promise<void> {
  const file = path.extname(name) === '' ? 'index.html' : name;
  response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
  response.end(await readFile(path.join(dist, file)));
}

const choice = (key: string, title: string, parentKey: string | null = null, leaf = true): Json => ({key, title: {'zh-CN': title}, parentKey, path: [], leaf, status: 'active', more: {}});

function choicesOf(call: string): readonly Json[] {
  if (call.includes('/matters/')) return [choice('01', '市场监管', null, false), choice('0101', '商品消费', '01')];
  if (call.includes('/areas/')) return [choice('650000', '新疆维吾尔自治区', null, false), choice('650100', '乌鲁木齐市', '650000')];
  if (call.includes('/channels/')) return [choice('phone', '电话'), choice('line-12315', '12315 转办')];
  return [];
}

/** The class form of every matter: a required shop, an amount and a brand. */
function classForm({matter, channel, areaCode}: Body): Json {
  const field = (code: string, title: string, more: Json = {}): Json => ({type: 'string', title, maxLength: 200, 'x-component': 'Input', 'x-decorator': 'FormItem', 'x-banli': {id: `element.${code}`, element: code, ...more}});
  const section = (title: string, properties: Json): Json => ({type: 'void', title, 'x-component': 'Section', 'x-banli': {id: 'elementSection', group: 'elements'}, properties});
  const properties = {elementSection: section('事项要素', {el_shop_name: field('shop-name', '商家名称', {requiredWhen: 'true', titleEn: 'Shop'}), el_amount: field('amount', '涉及金额'), el_brand: field('brand', '品牌型号')})};
  return {subject: {matters: [matter, '01'], channel: channel ?? null, areaCode: areaCode ?? ''}, version: '2026.1.0', classLayer: {id: 'elements', layer: 'class', title: {'zh-CN': '事项要素'}, properties}};
}
