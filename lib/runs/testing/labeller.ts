import { labelRun } from '../labelling/jobs'

/** Labels the run named by the first argument, as a worker would, in a process that can be killed. */
const [runId = '', leaseMs] = process.argv.slice(2)
await labelRun(runId, new AbortController().signal, Number(leaseMs))
process.exit(0)
