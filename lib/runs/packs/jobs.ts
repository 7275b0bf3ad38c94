import type { CaseContent } from '@/lib/cases/schema'
import { newId } from '@/lib/platform/ids'
import { SMALLEST_CASE } from '@/lib/versions/rendering/cases/rules'
import {
  halveRoom,
  mostInPack,
  renderFixedPart,
  reserveAnswer,
} from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { readMended, requestMending } from '../answers/mending/rules'
import { type PackReading, readAnswers } from '../answers/packs/rules'
import { type Asked, askUntilAnswered, type CallReport } from '../calls/jobs'
import {
  hashRequest,
  type ModelRequest,
  measureRoom,
  prepareRequests,
  type RequestMaker,
} from '../calls/rules'
import { findWindow } from '../models/rules'
import type { FoundSimilar } from '../neighbours/data'
import type { Line } from '../outages/jobs'
import type { CallRow, CaseOutcome, Outcome, SuggestionRow } from '../outcomes/mutations'
import type { Price } from '../prices/schema'
import { giveUpAs, isAskedAgain, mergeSimilar, splitForRetry } from './rules'

/** What a run's calls have in common. */
export type Asking = {
  runId: string
  /** As the run pins it. */
  content: PromptContent
  /** Null where it is not known: its calls count as nothing. */
  price: Price | null
  /** Of the model that mends answers. */
  mendPrice: Price | null
  makeRequest: RequestMaker
  /** Ids of the content's categories, by their keys. */
  categoryIds: ReadonlyMap<string, string>
}

export type AskedCase = {
  caseId: string
  counts: boolean
  content: CaseContent
  /** The most similar last. */
  similar: readonly FoundSimilar[]
}

export type Watch = {
  report: (call: CallReport) => void
  /** Ends what only waits. */
  signal: AbortSignal
  /** Ends what is on its way. */
  cutOff: AbortSignal
  /** Asked before each call: false where none may be made any more. Absent: there is no limit. */
  mayAsk?: () => boolean
  /** Absent: what can't reach Bedrock is given up. */
  line?: Line
}

type Part = {
  cases: readonly AskedCase[]
  round: number
  /** One case that was too long for the model, cut to half the room. */
  shorter?: ReturnType<typeof makeRequest>
}

/**
 * Asks for the cases of a pack (or for one case) until each has a suggestion, or `stop` says why there
 * will be none. What a pack leaves open is asked again in smaller ones, and only that.
 */
export async function askForCases(
  asking: Asking,
  cases: readonly AskedCase[],
  watch: Watch,
): Promise<{ outcome: Outcome; stop: string | null }> {
  const outcome: Outcome = { calls: [], cases: [] }
  const parts: Part[] = [{ cases, round: 1 }]
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const { request, cut, similar } = part.shorter ?? makeRequest(asking.makeRequest, part.cases)
    const asked = await askUntilAnswered(request, { price: asking.price, ...watch })
    const readings = readEnd(asking, asked, part.cases.length)
    outcome.calls.push(...listCalls(asking, asked, { ...part, similar }, readings))
    const { end } = asked
    if (end.kind === 'stop' || end.kind === 'interrupted') {
      const open = [part, ...parts].flatMap((one) => one.cases)
      const error = end.kind === 'stop' ? end.error : null
      outcome.cases.push(...open.map(({ caseId }) => ({ caseId, suggestion: null, error })))
      return { outcome, stop: error }
    }
    const size = part.cases.length
    if (end.kind === 'failed' && end.tooLong && size === 1 && !part.shorter) {
      const shorter = shorten(asking, part.cases, request)
      if (shorter) {
        parts.unshift({ ...part, shorter })
        continue
      }
    }
    // A call that fails may fail because of one of its cases.
    const again = part.cases.filter((_, i) =>
      end.kind === 'answered' ? isOpen(readings[i], size) : size > 1,
    )
    let stop: string | null = null
    for (const [position, one] of part.cases.entries()) {
      if (again.includes(one)) continue
      const base = { ...start(asking, one), position, inputCut: cut[position] ?? false }
      if (end.kind === 'failed') outcome.cases.push(giveUp(base, end.error, asked))
      else {
        const said = { asked, reading: readings[position] }
        const settled = await settle(asking, base, said, outcome, watch)
        outcome.cases.push(settled)
        if (settled.suggestion === null) stop ??= settled.error
      }
    }
    if (stop !== null) {
      const open = [...again, ...parts.flatMap((one) => one.cases)]
      outcome.cases.push(...open.map(({ caseId }) => ({ caseId, suggestion: null, error: stop })))
      return { outcome, stop }
    }
    const { round } = part
    parts.push(
      ...splitForRetry(again, size, round).map((some) => ({ cases: some, round: round + 1 })),
    )
  }
  return { outcome, stop: null }
}

function makeRequest(make: RequestMaker, cases: readonly AskedCase[]) {
  return make(
    cases.map(({ content }) => content),
    mergeSimilar(cases.map(({ similar }) => similar)),
  )
}

/**
 * A request with half the room for its case: tokens are estimated, and some text takes more. Null where
 * that leaves out nothing, or the prompt leaves no such room.
 */
function shorten({ content }: Asking, cases: readonly AskedCase[], request: ModelRequest) {
  const fixedPart = renderFixedPart(content)
  const most = mostInPack(content)
  const full = findWindow(content.model.modelId)
  const window = halveRoom(fixedPart, reserveAnswer(content, most), full)
  if (measureRoom(content, fixedPart, window) < SMALLEST_CASE * most) return null
  const shorter = makeRequest(prepareRequests(content, window), cases)
  return hashRequest(shorter.request) === hashRequest(request) ? null : shorter
}

function isOpen(reading: PackReading | undefined, size: number): boolean {
  return reading === undefined || isAskedAgain(reading, size)
}

function readEnd({ content }: Asking, { end }: Asked, size: number): PackReading[] {
  if (end.kind !== 'answered') return []
  const { rawAnswer, stopReason } = end.record
  return readAnswers(rawAnswer ?? '', content, { size, stopReason: stopReason ?? null })
}

/** The calls as they are kept, with what came back of each of their cases. */
function listCalls(
  { runId }: Asking,
  { records, end }: Asked,
  { cases, similar }: Pick<Part, 'cases'> & { similar: readonly FoundSimilar[] },
  readings: readonly PackReading[],
): CallRow[] {
  return records.map((record) => ({
    ...record,
    runId,
    similarIds: similar.map(({ caseId }) => caseId),
    similarLabelIds: similar.map(({ labelId }) => labelId),
    cases: cases.map(({ caseId }, position) => ({
      caseId,
      position,
      reading:
        end.kind === 'answered' && record === end.record
          ? (readings[position]?.reading ?? 'absent')
          : 'failed',
    })),
  }))
}

type Base = Omit<SuggestionRow, 'status'>

function start({ runId }: Asking, { caseId, counts }: AskedCase): Base {
  return { id: newId(), runId, caseId, counts }
}

function giveUp(base: Base, error: string, { records }: Asked): CaseOutcome {
  const suggestion = { ...base, callId: records.at(-1)?.id, status: 'failed' as const }
  return { caseId: base.caseId, suggestion, error }
}

/**
 * The suggestion for a case of an answered call, after mending where nothing could be read. Without one
 * where mending was interrupted, or (`error`) nothing can be had from the model that mends.
 */
async function settle(
  asking: Asking,
  base: Base,
  { asked, reading }: { asked: Asked; reading: PackReading | undefined },
  outcome: Outcome,
  watch: Watch,
): Promise<CaseOutcome> {
  const { end } = asked
  const callId = end.kind === 'answered' ? end.record.id : undefined
  const raw = end.kind === 'answered' ? (end.record.rawAnswer ?? '') : ''
  const unread = reading?.reading === 'missing' && raw.trim() !== ''
  const mending = unread ? await mend(asking, base.caseId, raw, outcome, watch) : null
  if (mending?.end.kind === 'interrupted' || mending?.end.kind === 'stop') {
    const error = mending.end.kind === 'stop' ? mending.end.error : null
    return { caseId: base.caseId, suggestion: null, error }
  }
  const mended = mending?.mended ?? null
  const read = mended ? { reading: mended.status, answer: mended } : reading
  return describeAnswer(asking, { ...base, callId }, read)
}

/** What becomes of a case by what could be read of it; undefined: it was not in the answer. */
export function describeAnswer(
  { categoryIds }: Pick<Asking, 'categoryIds'>,
  base: Base,
  reading: PackReading | undefined,
): CaseOutcome {
  const { caseId } = base
  if (!reading?.answer) {
    const suggestion = { ...base, status: giveUpAs(reading?.reading ?? 'absent') }
    return { caseId, suggestion, error: null }
  }
  const { labelKey, ...said } = reading.answer
  const labelId = labelKey === null ? null : (categoryIds.get(labelKey) ?? null)
  return { caseId, suggestion: { ...base, ...said, labelId }, error: null }
}

/** One call that repairs the form of an answer; `mended` is null where it does not help. */
async function mend(
  { runId, content, mendPrice }: Asking,
  caseId: string,
  raw: string,
  outcome: Outcome,
  watch: Watch,
) {
  const request = requestMending(content, raw)
  const asked = await askUntilAnswered(request, { price: mendPrice, ...watch })
  const { records, end } = asked
  const mended =
    end.kind === 'answered' ? readMended(end.record.rawAnswer ?? '', raw, content.categories) : null
  outcome.calls.push(
    ...records.map((record) => ({
      ...record,
      // It shares nothing with the run's other calls, so it is kept whole.
      request,
      runId,
      kind: 'mend' as const,
      cases: [
        {
          caseId,
          position: 0,
          reading: record.status === 'ok' ? (mended?.status ?? 'missing') : ('failed' as const),
        },
      ],
    })),
  )
  return { end, mended }
}
