import { invalid, readNumber, readObject, readText } from '../shape'

/** How batch jobs go here. Statuses that are not named last as long as their work. */
export type BatchSettings = {
  /** How long a job stays in each of these, in ms. */
  statusMs: { submitted: number; validating: number; scheduled: number; stopping: number }
  /** Null: as fast as it can. */
  recordsPerSecond: number | null
  minimumRecords: number
  maximumRecords: number
  /** Jobs of one model that have not ended. */
  mostJobs: number
  /** Share of records that fail, from 0 to 1. */
  recordErrorRate: number
  /** A job ends as PartiallyCompleted after this share of its records. */
  partialShare: number | null
  /** A job fails with this message once it is in progress. */
  failMessage: string | null
}

export const BATCH_DEFAULTS: BatchSettings = {
  statusMs: { submitted: 200, validating: 300, scheduled: 500, stopping: 200 },
  recordsPerSecond: null,
  minimumRecords: 100,
  maximumRecords: 50_000,
  mostJobs: 100,
  recordErrorRate: 0,
  partialShare: null,
  failMessage: null,
}

const LONGEST_STATUS = 1_000_000_000

/** Settings from a control request's body; what is not named is as by default. */
export function readBatchSettings(body: unknown): BatchSettings {
  const given = readObject(body, 'batch')
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(BATCH_DEFAULTS, key))
  if (unknown !== undefined) throw invalid(`There is no batch setting called '${unknown}'.`)
  const times = readObject(given.statusMs ?? {}, 'statusMs')
  const time = (key: keyof BatchSettings['statusMs']) =>
    readNumber(times[key], `statusMs.${key}`, 0, LONGEST_STATUS) ?? BATCH_DEFAULTS.statusMs[key]
  const count = (key: 'minimumRecords' | 'maximumRecords' | 'mostJobs') =>
    readNumber(given[key], key, 0, 10_000_000) ?? BATCH_DEFAULTS[key]
  return {
    statusMs: {
      submitted: time('submitted'),
      validating: time('validating'),
      scheduled: time('scheduled'),
      stopping: time('stopping'),
    },
    recordsPerSecond: readNumber(given.recordsPerSecond, 'recordsPerSecond', 0.1, 1_000_000),
    minimumRecords: count('minimumRecords'),
    maximumRecords: count('maximumRecords'),
    mostJobs: count('mostJobs'),
    recordErrorRate: readNumber(given.recordErrorRate, 'recordErrorRate', 0, 1) ?? 0,
    partialShare: readNumber(given.partialShare, 'partialShare', 0, 1),
    failMessage:
      given.failMessage === undefined || given.failMessage === null
        ? null
        : readText(given.failMessage, 'failMessage'),
  }
}
