import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Id, Moment, orNull, ProblemSchema, strict, Text} from '../schemas.js';

const Files = Type.Record(Type.String({maxLength: 200}), Type.String({maxLength: 2_000_000}));
const BundleParams = strict({bundleId: Id});
const Release = Type.Object({hash: Type.String(), version: Type.String(), publishedAt: Moment, publishedBy: Type.String(), status: Type.String(), openCases: Type.Integer(), current: Type.Boolean()});

export const designRoutes = {
  bundles: defineRoute({id: 'design.bundles', method: 'GET', path: '/api/design/bundles', permission: 'design.read', summary: 'Bundles with their current release and draft', answer: Type.Object({bundles: Type.Array(Type.Object({bundleId: Id, title: Text, current: orNull(Release), draftSavedAt: orNull(Moment), draftBy: orNull(Type.String())}))})}),
  draft: defineRoute({id: 'design.draft', method: 'GET', path: '/api/design/bundles/:bundleId/draft', permission: 'design.read', summary: 'The draft, or the current release to begin with', params: BundleParams, answer: Type.Object({files: Files, revision: Type.Integer(), savedAt: orNull(Moment), savedBy: orNull(Type.String()), baseHash: orNull(Type.String())})}),
  saveDraft: defineRoute({id: 'design.saveDraft', method: 'PUT', path: '/api/design/bundles/:bundleId/draft', permission: 'design.edit', summary: 'Saves changed files of the draft; refused with 409 when someone saved meanwhile', params: BundleParams, body: strict({files: Files, revision: Type.Integer()}), answer: Type.Object({revision: Type.Integer(), savedAt: Moment})}),
  discardDraft: defineRoute({id: 'design.discardDraft', method: 'DELETE', path: '/api/design/bundles/:bundleId/draft', permission: 'design.edit', summary: 'Goes back to the current release', params: BundleParams, answer: Type.Object({revision: Type.Integer()})}),
  check: defineRoute({id: 'design.check', method: 'POST', path: '/api/design/bundles/:bundleId/check', permission: 'design.read', summary: 'Every problem of the draft', params: BundleParams, body: strict({files: Files}), answer: Type.Object({problems: Type.Array(ProblemSchema)})}),
  publish: defineRoute({id: 'design.publish', method: 'POST', path: '/api/design/bundles/:bundleId/publish', permission: 'design.publish', summary: 'Checks, compiles, stores and deploys the draft as a release', params: BundleParams, body: strict({revision: Type.Integer()}), answer: Type.Object({release: Release})}),
  releases: defineRoute({id: 'design.releases', method: 'GET', path: '/api/design/bundles/:bundleId/releases', permission: 'design.read', summary: 'Releases, newest first', params: BundleParams, answer: Type.Object({releases: Type.Array(Release)})}),
  palette: defineRoute({id: 'design.palette', method: 'GET', path: '/api/design/palette', permission: 'design.read', summary: 'Worker topics, element templates, roles and catalogs to draw with, and who requires which element of the catalogs', answer: Type.Object({workers: Type.Array(Type.Object({topic: Type.String(), title: Text, inputSchema: Type.Record(Type.String(), Type.Unknown())})), elementTemplates: Type.Array(Type.Record(Type.String(), Type.Unknown())), catalogs: Type.Array(Type.Object({id: Id, title: Text})), requiredElements: Type.Record(Type.String(), Type.Record(Type.String(), Type.Array(Type.String())))})}),
};
