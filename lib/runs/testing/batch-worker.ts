import { setTimeout as wait } from 'node:timers/promises'
import { tendBatches } from '../batches/jobs'

/** Tends the batch jobs of the run named by the first argument, in a process that can be killed. */
const [runId = ''] = process.argv.slice(2)
const signal = new AbortController().signal
for (let waitMs = await tendBatches(runId, signal); waitMs !== null; ) {
  await wait(waitMs)
  waitMs = await tendBatches(runId, signal)
}
process.exit(0)
