import { db } from '@/lib/platform/database'
import type { ModelRequest } from '../../calls/rules'
import type { Begun } from '../../labelling/beginning/jobs'
import { addSimilar, loadCases } from '../../labelling/cases/jobs'
import { mergeSimilar } from '../../packs/rules'

export type RecordRow = { number: number; callId: string; caseIds: string[] }

export type RecordRequest = {
  number: number
  request: ModelRequest
  similarIds: string[]
  similarLabelIds: string[]
  /** Places of the cases that did not fit. */
  cutPlaces: number[]
}

/** What these records ask, the same whenever it is asked. */
export async function makeRecordRequests(
  begun: Begun,
  records: readonly RecordRow[],
): Promise<RecordRequest[]> {
  const caseIds = records.flatMap((record) => record.caseIds)
  const { asking, redaction, findSimilar } = begun
  const loaded = await loadCases(
    { runId: asking.runId, redaction },
    caseIds.map((caseId) => ({ caseId, counts: true })),
  )
  const byId = new Map(loaded.map((one) => [one.caseId, one]))
  const made: RecordRequest[] = []
  for (const { number, caseIds: ids } of records) {
    const cases = await addSimilar(
      findSimilar,
      ids.flatMap((id) => byId.get(id) ?? []),
    )
    const { request, cut, similar } = asking.makeRequest(
      cases.map(({ content }) => content),
      mergeSimilar(cases.map((one) => one.similar)),
    )
    made.push({
      number,
      request,
      similarIds: similar.map(({ caseId }) => caseId),
      similarLabelIds: similar.map(({ labelId }) => labelId),
      cutPlaces: cut.flatMap((isCut, place) => (isCut ? [place] : [])),
    })
  }
  return made
}

/** Records of a run by their numbers, in their order. */
export function listRecords(runId: string, from: number, below: number) {
  return db.batchRecord.findMany({
    where: { runId, number: { gte: from, lt: below } },
    orderBy: { number: 'asc' },
  })
}
