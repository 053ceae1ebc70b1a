const megabyte = 1_048_576;

/** How much is taken, in bytes; `orphanMs` is how long a file waits for a case that takes it (a draft may lie for weeks). */
export interface FileLimits {
  readonly fileBytes: number;
  readonly personBytes: number;
  readonly caseBytes: number;
  readonly caseFiles: number;
  readonly totalBytes: number;
  readonly orphanMs: number;
}

/** What holds without other settings. Own figures. */
export const fileLimits: FileLimits = {
  fileBytes: 20 * megabyte,
  personBytes: 500 * megabyte,
  caseBytes: 300 * megabyte,
  caseFiles: 60,
  totalBytes: 200 * 1024 * megabyte,
  orphanMs: 30 * 86_400_000,
};
