import type {AnswerOf, designRoutes} from '@banli/api';
import type {Installed} from '@banli/bundles';
import {readElementTemplates, type ElementTemplate, type WorkerChoice} from '@banli/designer-processes';

/** What the drawing may use of this installation. */
export type Palette = AnswerOf<typeof designRoutes.palette>;

/** What an installation brings, as the editor and the check need it. */
export interface Tools {
  readonly installed: Installed;
  readonly workers: readonly WorkerChoice[];
  readonly templates: readonly ElementTemplate[];
}

/** Reads the server's answer; templates of workers that are not there are left out. */
export function readPalette(palette: Palette): Tools {
  const workers = palette.workers.map(({topic, title, inputSchema}) => ({topic, inputSchema, title: {'zh-CN': title['zh-CN'], ...(title.en === undefined ? {} : {en: title.en})}}));
  const topics = workers.map(({topic}) => topic);
  return {
    workers,
    templates: readElementTemplates(palette.elementTemplates).filter(({topic}) => topics.includes(topic)),
    installed: {topics, inputs: Object.fromEntries(workers.map(({topic, inputSchema}) => [topic, inputSchema])), catalogs: palette.catalogs.map(({id}) => id), requiredElements: palette.requiredElements, matterForms: palette.matterForms},
  };
}
