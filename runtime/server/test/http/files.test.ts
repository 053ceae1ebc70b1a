import test, {type ExecutionContext} from 'ava';
import {codeOf, setup} from './setup.js';

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');

async function uploading(t: ExecutionContext) {
  const server = await setup(t);
  const {headers} = await server.signIn('shi.shouli');
  const upload = (name: string, content: Buffer | string, field = 'file') => {
    const form = new FormData();
    form.append('note', 'ignored');
    form.append(field, new Blob([typeof content === 'string' ? content : new Uint8Array(content)], {type: 'image/png'}), name);
    return server.call('/api/files', {method: 'POST', headers, body: form});
  };
  return {...server, headers, upload};
}

test('an upload comes back as a download that no browser shows as a page', async t => {
  const {call, headers, upload, signIn} = await uploading(t);
  const answer = await upload("现场'照片 1.png", png);
  t.is(answer.status, 201);
  const file = (await answer.json()) as {id: string; name: string; type: string; sizeBytes: number};
  t.deepEqual([file.name, file.type, file.sizeBytes], ["现场'照片 1.png", 'image/png', png.length]);
  const download = await call(`/api/files/${file.id}`, {headers});
  t.deepEqual(Buffer.from(await download.arrayBuffer()), png);
  t.is(download.headers.get('content-disposition'), `attachment; filename="__'__ 1.png"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%27%E7%85%A7%E7%89%87%201.png`);
  t.is(download.headers.get('x-content-type-options'), 'nosniff');
  t.regex(download.headers.get('content-security-policy') ?? '', /sandbox/);
  const other = await signIn('shi.shenhe');
  t.is(await codeOf(await call(`/api/files/${file.id}`, {headers: other.headers})), 'FILES_UNKNOWN');
});

test('what comes after a broken part of a form is not stored: the upload was refused', async t => {
  const {call, headers, upload, store} = await uploading(t);
  const part = (name: string) => Buffer.concat([Buffer.from(`--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`), png, Buffer.from('\r\n')]);
  const body = Buffer.concat([part('a\u0000.png'), part('a.png'), Buffer.from('--b--\r\n')]);
  t.is(await codeOf(await call('/api/files', {method: 'POST', headers: {...headers, 'content-type': 'multipart/form-data; boundary=b'}, body})), 'FILES_FORM_BROKEN');
  // Whatever went on behind the refusal has written before this one is answered.
  t.is((await upload('b.png', png)).status, 201);
  t.deepEqual((await store.knex('file').select('name')).map(({name}: {name: string}) => name), ['b.png']);
});

test('a file that lies, a form without a file, and what is no form are refused and leave nothing', async t => {
  const {call, headers, upload, store} = await uploading(t);
  t.is(await codeOf(await upload('a.png', '<html>')), 'FILES_TYPE_FALSE');
  t.is(await codeOf(await upload('a.exe', 'MZ')), 'FILES_TYPE_REFUSED');
  t.is(await codeOf(await upload('a.png', png, 'other')), 'FILES_FORM_BROKEN');
  t.is(await codeOf(await upload('a.txt', 'x'.repeat(21 * 1024 * 1024))), 'FILES_TOO_LARGE');
  const post = (type: string, body: string) => call('/api/files', {method: 'POST', headers: {...headers, 'content-type': type}, body});
  t.is(await codeOf(await post('application/json', '{}')), 'HTTP_MEDIA_WRONG');
  t.is(await codeOf(await post('multipart/form-data', 'x')), 'HTTP_MEDIA_WRONG');
  t.is(await codeOf(await post('multipart/form-data; boundary=b', 'no boundary at all')), 'FILES_FORM_BROKEN');
  t.is(await codeOf(await post('multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\ncut')), 'FILES_CUT_OFF');
  t.is((await store.knex('file')).length, 0);
});
