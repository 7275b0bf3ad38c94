import type { RedactionSetting, Replacement } from '@/lib/cases/redaction/schema'
import type { CaseContent } from '@/lib/cases/schema'
import { db } from '@/lib/platform/database'
import type { ClaimedItem } from '../../claims/mutations'
import type { FindSimilar } from '../../neighbours/data'
import type { Outcome } from '../../outcomes/mutations'
import type { AskedCase } from '../../packs/jobs'
import { hideRow } from '../../redaction/data'
import { keepReplaced } from '../../redaction/mutations'
import { restoreSaid } from '../../redaction/rules'

/** A case as it is asked about, what was replaced in it for that, and how it reads without. */
export type HiddenCase = AskedCase & { replaced: readonly Replacement[]; original: CaseContent }

type LoadedCase = Omit<HiddenCase, 'similar'> & { clusterId: string | null }

/** What a run is about to ask about, in any order; keeps what is replaced in it. */
export async function loadCases(
  run: { runId: string; redaction: RedactionSetting },
  items: readonly ClaimedItem[],
): Promise<LoadedCase[]> {
  const cases = await db.case.findMany({
    where: { id: { in: items.map(({ caseId }) => caseId) } },
    select: { id: true, clusterId: true, subject: true, messages: true, metadata: true },
  })
  const counts = new Map(items.map((item) => [item.caseId, item.counts]))
  const loaded = cases.map(({ id, clusterId, ...row }) => ({
    caseId: id,
    clusterId,
    counts: counts.get(id) ?? true,
    ...hideRow(row, run.redaction),
  }))
  await keepReplaced(run.runId, loaded)
  return loaded
}

/** What is similar to one case of a pack must be neither another one of it nor nearly the same. */
export async function addSimilar(
  findSimilar: FindSimilar,
  pack: readonly LoadedCase[],
): Promise<HiddenCase[]> {
  const caseIds = pack.map(({ caseId }) => caseId)
  const clusterIds = pack.flatMap(({ clusterId }) => clusterId ?? [])
  const similar = await findSimilar(
    pack.map(({ caseId, content }) => ({
      caseIds: [caseId, ...caseIds.filter((other) => other !== caseId)],
      clusterIds,
      content,
    })),
  )
  return pack.map(({ clusterId: _, ...one }, i) => ({ ...one, similar: similar[i] ?? [] }))
}

/** What was said of the cases, in their own words again. */
export function restoreOutcome(
  outcome: Outcome,
  cases: readonly Pick<HiddenCase, 'caseId' | 'replaced' | 'original'>[],
): Outcome {
  return {
    ...outcome,
    cases: outcome.cases.map(({ suggestion, judgement, ...one }) => {
      const hidden = cases.find(({ caseId }) => caseId === one.caseId)
      if (!hidden) return { ...one, suggestion, judgement }
      const restore = <Said extends { explanation?: string }>(said: Said) =>
        restoreSaid(said, hidden.replaced, hidden.original)
      return {
        ...one,
        suggestion: suggestion && restore(suggestion),
        judgement: judgement && {
          ...judgement,
          reason: restore({ explanation: judgement.reason }).explanation,
        },
      }
    }),
  }
}
