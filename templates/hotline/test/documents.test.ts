import {fileURLToPath} from 'node:url';
import test from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {createDocuments} from '@banli/documents';
import {createStore} from '@banli/store';

const reply = {
  centreName: '乌鲁木齐市12345热线中心',
  number: '650100-20260212-000001',
  title: '小区门口占道经营影响通行',
  complainant: '李明远',
  acceptedAt: Date.UTC(2026, 1, 12, 2, 5),
  matterTitle: '占道经营',
  leadUnitName: '天山区城市管理局',
  content: '解放南路小区东门每天早晨有流动摊贩占道经营。',
  replyText: '经核实，\n已清理三处摊点。<script>alert(1)</script>',
  basis: null,
  secondRound: false,
  repliedAt: Date.UTC(2026, 1, 26, 8, 0),
};

const store = createStore('sqlite::memory:');
/** One rendering thread and one release for all tests: none changes them. */
const documents = createDocuments({store});
const release = readBundleFolder(fileURLToPath(new URL('..', import.meta.url))).then(compileBundle);

test.after.always('the documents are closed', async () => {
  await documents.close();
  await store.close();
});

const render = async (id: string, data: Record<string, unknown>) => documents.render(await release, id, data);

test('the reply paper prints the elements of the matter, escaped', async t => {
  const {content} = await render('reply', {...reply, elements: [{title: '商家名称', text: '某商场<b>'}]});
  t.regex(content, /商家名称<\/th><td colspan="3">某商场&lt;b&gt;/);
});

test('the reply paper is complete HTML with everything the citizen needs, escaped', async t => {
  const {content, title, output} = await render('reply', reply);
  t.is(title['zh-CN'], '办理情况答复单');
  t.is(output, 'html');
  t.regex(content, /^<!doctype html>/);
  for (const text of ['乌鲁木齐市12345热线中心', '650100-20260212-000001', '2026年2月12日 10:05', '2026年2月26日', '&lt;script&gt;', '@page { size: A4']) t.true(content.includes(text), text);
  t.false(content.includes('<script>'));
  t.false(content.includes('处置依据'), 'an empty part is not printed');
});

test('the paper takes no phone, address or other field of the caller', async t => {
  await t.throwsAsync(render('reply', {...reply, phone: '13899990001'}), {code: 'DOCUMENTS_DATA_INVALID'});
  await t.throwsAsync(render('reply', {...reply, replyText: ''}), {code: 'DOCUMENTS_DATA_INVALID'});
});

test('the second round and the basis are printed when there are any', async t => {
  const {content} = await render('reply', {...reply, basis: '城市市容管理条例', secondRound: true});
  t.true(content.includes('城市市容管理条例') && content.includes('二次办理'));
});

test('messages are one line of plain text', async t => {
  const {content, output} = await render('acceptNotice', {centreName: '热线', title: 'A & B', number: 'N-1', acceptedAt: reply.acceptedAt, queryCode: '83042716'});
  t.is(output, 'text');
  t.is(content, '【热线】您反映的“A & B”已于2026年2月12日 10:05受理，编号 N-1，查询码 83042716。可拨打 12345 或凭编号与查询码查询办理进度。');
  const closed = {centreName: '热线', title: '甲', number: 'N-1', replyText: '已清理', callbackDue: false};
  t.is((await render('closeNotice', closed)).content, '【热线】您反映的“甲”（编号 N-1）已办结。答复：已清理');
  t.regex((await render('closeNotice', {...closed, callbackDue: true})).content, /回访/);
});
