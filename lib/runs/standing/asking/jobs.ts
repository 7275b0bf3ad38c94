import type { Run } from '@/generated/prisma/client'
import { AppError } from '@/lib/platform/errors'
import type { ClaimedItem } from '../../claims/mutations'
import { openAsking } from '../../labelling/beginning/jobs'
import { addSimilar, loadCases, restoreOutcome } from '../../labelling/cases/jobs'
import { openNeighbours } from '../../neighbours/data'
import { countDoubtful, type Outcome, saveOutcomes } from '../../outcomes/mutations'
import { askForCases } from '../../packs/jobs'
import { hideSimilar } from '../../redaction/data'
import { readPinned } from '../../redaction/rules'
import { explainNoAnswer } from '../rules'

/**
 * Asks about one case of a standing run, with the similar examples of now, as runs ask: retried, mended,
 * and written down with all calls. What brings no answer until `deadline` is cut off and counted as
 * doubtful; the case then goes on waiting. Throws `unavailable` where the model gave no answer.
 */
export async function askOne(run: Run, item: ClaimedItem, deadline: number): Promise<void> {
  const asking = await openAsking(run)
  const redaction = readPinned(run.redaction)
  const similar = await openNeighbours(run.projectId, asking.content, new Date())
  const loaded = await loadCases({ runId: run.id, redaction }, [item])
  const cases = await addSimilar(hideSimilar(similar, redaction), loaded)
  const late = AbortSignal.timeout(Math.max(1, deadline - Date.now()))
  const watch = { report: () => undefined, signal: late, cutOff: late }
  const { outcome, stop } = await askForCases(asking, cases, watch)
  const error = stop ?? outcome.cases.find((one) => one.error !== null)?.error ?? null
  const kept = keepAnswers(restoreOutcome(outcome, cases), late.aborted)
  await saveOutcomes(run.id, [kept])
  const isOpen = kept.cases.every(({ suggestion }) => suggestion === null)
  if (late.aborted && isOpen) await countDoubtful(run.id, 1)
  else if (isOpen)
    throw new AppError('unavailable', explainNoAnswer(error ?? 'no reason was given'))
}

/**
 * Without what is no answer: a failed call, or one that could not be read while there was no time left to
 * have it mended. There is one suggestion for a case, so it would stand there for good.
 */
function keepAnswers(outcome: Outcome, isLate: boolean): Outcome {
  return {
    ...outcome,
    cases: outcome.cases.map((one) => {
      const unread = isLate && one.suggestion?.status === 'missing'
      return one.error !== null || unread ? { ...one, suggestion: null } : one
    }),
  }
}
