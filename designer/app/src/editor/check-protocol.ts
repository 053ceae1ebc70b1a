import type {Installed} from '@banli/bundles';
import type {Problem} from '@banli/errors';
import type {BundleFiles} from '@banli/formats';

/** What the page asks the check worker. */
export interface CheckRequest {
  readonly id: number;
  readonly files: BundleFiles;
  readonly installed: Installed;
}

/** What it answers. */
export interface CheckAnswer {
  readonly id: number;
  readonly problems: readonly Problem[];
}
