import type {CompiledBundle, DocumentTemplate, LocalizedText} from '@banli/formats';
import {newId, queryRows, type Store, type Tx} from '@banli/store';
import {checkData} from './check-data.js';
import {checkTemplate} from './check-template.js';
import {documentErrors} from './errors.js';
import {defaultLimits, type RenderLimits} from './limits.js';
import {outputOf} from './output-of.js';
import {createRenderThread} from './render-thread.js';

/** A rendered document that is not stored yet. */
export interface RenderedDocument {
  readonly documentId: string;
  readonly title: LocalizedText;
  readonly output: 'html' | 'text';
  /** Complete HTML with its print style, or plain text for messages. */
  readonly content: string;
}

/** A stored document without its content. */
export interface StoredDocument {
  readonly id: string;
  readonly caseId: string;
  readonly documentId: string;
  readonly title: LocalizedText;
  readonly createdAt: number;
}

/** Official papers and messages of a bundle. */
export interface Documents {
  /**
   * Renders off the main thread; slow, so never inside a transaction.
   * @throws AppError `DOCUMENTS_TEMPLATE_UNKNOWN`, `DOCUMENTS_TEMPLATE_REFUSED`, `DOCUMENTS_DATA_INVALID`, `DOCUMENTS_RENDER_…`
   */
  render(release: Pick<CompiledBundle, 'bundle'>, documentId: string, data: Readonly<Record<string, unknown>>): Promise<RenderedDocument>;
  /** Keeps a rendered document with its case, in the caller's transaction; answers its id. */
  store(tx: Tx, entry: {readonly caseId: string; readonly releaseHash: string; readonly document: RenderedDocument; readonly at: number}): Promise<string>;
  /** Documents of a case, newest first. */
  list(caseId: string): Promise<readonly StoredDocument[]>;
  /**
   * The content of one document; the case is part of the question, so that an id of another case finds nothing.
   * @throws AppError `DOCUMENTS_UNKNOWN`
   */
  html(id: string, caseId: string): Promise<string>;
  close(): Promise<void>;
}

interface DocumentRow {
  readonly id: string;
  readonly case_id: string;
  readonly document_id: string;
  readonly title_zh: string;
  readonly title_en: string | null;
  readonly content: string;
  readonly created_at: number | string;
}

/** Makes the document service on the platform's database. */
export function createDocuments(options: {readonly store: Store; readonly limits?: Partial<RenderLimits>}): Documents {
  const thread = createRenderThread({...defaultLimits, ...options.limits});
  const {knex} = options.store;
  return {
    async render(release, documentId, data) {
      const template = templateOf(release, documentId);
      const source = checkTemplate(documentId, template.source);
      checkData(template, data);
      const output = outputOf(template);
      const content = await thread.render(documentId, source, output, data);
      return {documentId, title: template.title, output, content: output === 'text' ? content.trim() : content};
    },
    async store(tx, {caseId, releaseHash, document, at}) {
      const id = newId(at);
      await tx('case_document').insert({
        id,
        case_id: caseId,
        document_id: document.documentId,
        release_hash: releaseHash,
        title_zh: document.title['zh-CN'],
        title_en: document.title.en ?? null,
        output: document.output,
        content: document.content,
        created_at: at,
      });
      return id;
    },
    async list(caseId) {
      const rows = await queryRows(knex, 'select id, case_id, document_id, title_zh, title_en, created_at from case_document where case_id = ? order by created_at desc, id desc', [caseId]);
      return (rows as unknown as DocumentRow[]).map(row => ({id: row.id, caseId: row.case_id, documentId: row.document_id, title: titleOf(row), createdAt: Number(row.created_at)}));
    },
    async html(id, caseId) {
      const row = await knex<DocumentRow>('case_document').where({id, case_id: caseId}).first('content');
      if (!row) throw documentErrors.UNKNOWN();
      return row.content;
    },
    close: () => thread.close(),
  };
}

function templateOf(release: Pick<CompiledBundle, 'bundle'>, documentId: string): DocumentTemplate {
  const {documents} = release.bundle;
  const template = Object.hasOwn(documents, documentId) ? documents[documentId] : undefined;
  if (!template) throw documentErrors.TEMPLATE_UNKNOWN({documentId});
  return template;
}

function titleOf(row: Pick<DocumentRow, 'title_zh' | 'title_en'>): LocalizedText {
  return row.title_en === null ? {'zh-CN': row.title_zh} : {'zh-CN': row.title_zh, en: row.title_en};
}
