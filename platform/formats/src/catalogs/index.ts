export {compareVersions, joinKey, keyColumns, keyParts, namedBy, riskOf, rowKey, tieKey, type CatalogEntry, type CatalogKind, type CatalogManifest, type CatalogReference, type CatalogReview, type CatalogRisk, type CatalogRow, type CatalogTable, type IssueOverride, type LoadedCatalog, type LoadedTable, type OverrideBound, type TableIssue} from './manifest.js';
export {catalogFileErrors, type CatalogFileErrorName} from './errors.js';
export {formatCsvRow, readCsv, type CsvCell, type CsvTable} from './csv.js';
export {catalogManifestSchema, readManifest, writeManifest} from './read-manifest.js';
export type {CatalogFiles} from './read-table.js';
export {checkReferences, checkReferencesInSteps, readCatalog, readCatalogInSteps, statusByKey, type FindTable, type ReadCatalog} from './read-catalog.js';
export {columnTypes, datePattern, isDayText, mostColumnLength, mostDecimals, numberPattern, textFormats, type ColumnType, type TextFormat} from './column-types.js';
export {readShape, sameRules, schemaMarks, schemaWords, type ColumnJson, type ColumnOption, type ColumnShape, type RowSchemaJson, type TableShape} from './row-shape.js';
export {elementDemand, requiredElements, type ElementTables} from './element-tables.js';
