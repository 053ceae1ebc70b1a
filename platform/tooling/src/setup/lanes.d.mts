/** Works off lanes of jobs; a lane that is done takes the last job of the lane that has most left. */
export function runLanes<T>(lanes: ReadonlyArray<readonly T[]>, run: (job: T) => Promise<void>): Promise<void>;

/** Deals files out to lists of about equal length; none of them is empty. */
export function dealOut(files: readonly string[], count: number): string[][];
