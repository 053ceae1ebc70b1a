import test from 'ava';
import {cleanName} from '../src/index.js';
import {docx, pdf, png, setup, zip} from './setup.js';

const taken = test.macro({
  async exec(t, name: string, content: Buffer | string, type: string) {
    const {upload, close} = await setup();
    t.is((await upload(name, content)).type, type);
    await close();
  },
  title: (_title, name) => `${name} with matching content is taken`,
});

test(taken, '照片.PNG', png, 'image/png');
test(taken, 'paper.pdf', pdf, 'application/pdf');
test(taken, '申请.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
test(taken, '公文.ofd', zip(['OFD.xml', 'Doc_0/Document.xml']), 'application/ofd');
test(taken, 'note.txt', '市民来电反映供暖不热\n', 'text/plain; charset=utf-8');
test(taken, 'old.csv', Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x31, 0x0a]), 'text/csv; charset=utf-8');

const refused = test.macro({
  async exec(t, name: string, content: Buffer | string, code: string) {
    const {upload, onDisk, store, close} = await setup();
    await t.throwsAsync(upload(name, content), {code: `FILES_${code}`});
    t.is(await onDisk(), 0);
    t.is((await store.knex('file')).length, 0);
    await close();
  },
  title: (title, name, _content, code) => `${title ?? name} is refused with ${code}`,
});

test('a page called a picture', refused, 'a.png', '<html><script>alert(1)</script>', 'TYPE_FALSE');
test('a picture called a paper', refused, 'a.pdf', png, 'TYPE_FALSE');
test('a zip called a picture', refused, 'a.jpg', docx, 'TYPE_FALSE');
test('a zip without a document in it', refused, 'a.docx', zip(['readme.txt']), 'TYPE_FALSE');
test('a workbook called a document', refused, 'a.docx', zip(['xl/workbook.xml']), 'TYPE_FALSE');
test('a page called a text', refused, 'a.txt', '\n  <!DOCTYPE html><html>', 'TYPE_FALSE');
test('a drawing with a script called a table', refused, 'a.csv', '\uFEFF<svg onload="x()">', 'TYPE_FALSE');
test('a program called a text', refused, 'a.txt', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), 'TYPE_FALSE');
test('a picture called a text', refused, 'a.txt', png, 'TYPE_FALSE');
test('an executable', refused, 'a.exe', 'MZ', 'TYPE_REFUSED');
test('a drawing that may hold scripts', refused, 'a.svg', '<svg/>', 'TYPE_REFUSED');
test('a page', refused, 'a.html', '<p>', 'TYPE_REFUSED');
test('a name without an extension', refused, 'paper', pdf, 'TYPE_REFUSED');
test('a second extension behind the first', refused, 'a.pdf.exe', pdf, 'TYPE_REFUSED');
test('an empty file', refused, 'a.txt', '', 'EMPTY');
test('a document with macros', refused, 'a.docx', zip(['word/document.xml', 'word/vbaProject.bin']), 'ARCHIVE_UNSAFE');
test('a document whose part leaves the folder', refused, 'a.docx', zip(['word/document.xml', '../../etc/cron.d/x']), 'ARCHIVE_UNSAFE');
test('a document that unpacks to a disk full', refused, 'a.docx', zip(['word/document.xml', 'word/b.xml'], {unpacked: 4_000_000_000}), 'ARCHIVE_UNSAFE');
test('an encrypted document', refused, 'a.docx', zip(['word/document.xml'], {flags: 1}), 'ARCHIVE_UNSAFE');
test('a document with a directory that lies', refused, 'a.docx', Buffer.concat([docx.subarray(0, -12), Buffer.from([9, 0]), docx.subarray(-10)]), 'ARCHIVE_UNSAFE');

test('names are stripped of paths, control signs and signs that turn the reading direction', t => {
  t.is(cleanName('../../etc/passwd.txt'), 'passwd.txt');
  t.is(cleanName('C:\\temp\\合同.docx'), '合同.docx');
  t.is(cleanName('fdp.\u202Egpj.exe\u0000'), 'fdp.gpj.exe');
  t.is(cleanName('a"b<c>.pdf'), 'a_b_c_.pdf');
  t.is(cleanName('...'), 'file');
  t.is(cleanName(`${'长'.repeat(500)}.pdf`).length, 144);
});
