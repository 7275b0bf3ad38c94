import { goThroughStudy } from '../effects/jobs'

/** Goes through the study named by the first argument, in a process that can be killed. */
const [studyId = '', leaseMs] = process.argv.slice(2)
await goThroughStudy(studyId, new AbortController().signal, Number(leaseMs))
process.exit(0)
