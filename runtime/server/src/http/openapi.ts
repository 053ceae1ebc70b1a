import {ErrorAnswer, type Route} from '@banli/api';

/** Makes the OpenAPI 3.1 document of routes: what a program needs to talk to us, and which right each call wants. */
export function createOpenApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {...paths[path], [route.method.toLowerCase()]: toOperation(route)};
  }
  return {
    openapi: '3.1.0',
    info: {title: '办理 Banli', version, license: {name: 'Apache-2.0', identifier: 'Apache-2.0'}},
    paths,
    components: {
      schemas: {ErrorAnswer: plain(ErrorAnswer)},
      securitySchemes: {session: {type: 'apiKey', in: 'cookie', name: 'banli_session'}, csrf: {type: 'apiKey', in: 'header', name: 'x-banli-csrf'}, token: {type: 'http', scheme: 'bearer', description: 'Of an outside system (banli token create); never together with a session'}},
    },
  };
}

function toOperation(route: Route): Record<string, unknown> {
  const open = route.permission === 'public';
  const security = route.method === 'GET' ? [{session: []}, ...(route.machine ? [{token: []}] : [])] : [{session: [], csrf: []}];
  return {
    operationId: route.id,
    tags: [route.id.split('.')[0] ?? ''],
    summary: route.summary,
    'x-permission': route.permission,
    security: open ? [] : security,
    parameters: [...toParameters(route.params, 'path'), ...toParameters(route.query, 'query')],
    ...toRequestBody(route),
    responses: {
      [route.status]: toResponse(route),
      default: {description: 'A refusal with its code', content: {'application/json': {schema: {$ref: '#/components/schemas/ErrorAnswer'}}}},
    },
  };
}

function toParameters(schema: Route['params'], place: 'path' | 'query'): readonly Record<string, unknown>[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).map(([name, property]) => ({name, in: place, required: place === 'path' || required.has(name), schema: plain(property)}));
}

function toRequestBody(route: Route): Record<string, unknown> {
  if (route.kind === 'upload') {
    const schema = {type: 'object', required: ['file'], properties: {file: {type: 'string', contentMediaType: 'application/octet-stream'}}};
    return {requestBody: {required: true, content: {'multipart/form-data': {schema}}}};
  }
  return route.body === undefined ? {} : {requestBody: {required: true, content: {'application/json': {schema: plain(route.body)}}}};
}

function toResponse(route: Route): Record<string, unknown> {
  const description = 'Done';
  if (route.status === 204) return {description};
  if (route.kind === 'file') return {description, content: {'application/octet-stream': {schema: {type: 'string'}}}};
  if (route.kind === 'html') return {description, content: {'text/html': {schema: {type: 'string'}}}};
  if (route.kind === 'text') return {description, content: {'text/plain': {schema: {type: 'string'}}}};
  return {description, content: {'application/json': {schema: plain(route.answer)}}};
}

/** Drops the symbols that TypeBox keeps in its schemas. */
function plain(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema)) as unknown;
}
