import test from 'ava';
import {readDocuments, sourceFault} from '@banli/testing';

const documents = readDocuments(new URL('../documents.csv', import.meta.url));

test('documents stand once, in order', t => {
  t.true(documents.length > 20);
  t.deepEqual([...new Set(documents)].sort(), [...documents]);
});

test('a source is its own, a document of the list, or a section of a digest', t => {
  for (const source of ['own: 自拟', 'own: 参见《食品安全法》，未与原文核对', '国办发明电〔2025〕7号', 'GB/T 2260，民政部县级以上行政区划代码', 'requirements/xinjiang-hotline.md §2.1.10', 'requirements/xinjiang-hotline.md C7']) t.false(sourceFault(source, documents), source);
  for (const source of ['', '自拟', 'OWN: 自拟', '《食品安全法》', '国办发明电〔2025〕70号', '国办发明电〔2025〕7号文', 'requirements/xinjiang-hotline.md', 'requirements/other.md §1', 'requirements/xinjiang-hotline.md 大意']) t.true(sourceFault(source, documents), source);
});
