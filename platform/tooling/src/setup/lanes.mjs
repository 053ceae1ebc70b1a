/**
 * Works off lanes of jobs, each lane one job after another, in its order. A lane that is done takes the last job of the lane that has most
 * left, so that none waits while another still has a list before it.
 *
 * @template T
 * @param {ReadonlyArray<readonly T[]>} lanes
 * @param {(job: T) => Promise<void>} run
 * @returns {Promise<void>} When every job has ended; rejects with the first failure of `run`.
 */
export async function runLanes(lanes, run) {
  const left = lanes.map(jobs => [...jobs]);
  const next = own => (own.length > 0 ? own.shift() : left.toSorted((one, other) => other.length - one.length)[0]?.pop());
  await Promise.all(left.map(async own => {
    for (let job = next(own); job !== undefined; job = next(own)) await run(job);
  }));
}

/**
 * Deals files out to lists of about equal length, in turn, as neighbours by name often take as long as each other.
 *
 * @param {readonly string[]} files
 * @param {number} count - Lists; none of them is empty.
 * @returns {string[][]}
 */
export function dealOut(files, count) {
  return Array.from({length: Math.min(count, files.length)}, (_, list) => files.filter((_file, at) => at % count === list));
}
