import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { CaseContent } from '@/lib/cases/schema'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { nameCategories } from '@/lib/projects/data'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { type Asked, askUntilAnswered } from '../calls/jobs'
import type { ModelRequest } from '../calls/rules'
import type { HiddenCase } from '../labelling/cases/jobs'
import { findWindow } from '../models/rules'
import type { JudgementRow, Outcome } from '../outcomes/mutations'
import type { Watch } from '../packs/jobs'
import type { Price } from '../prices/schema'
import { parseJudgement, type ReadJudgement } from './answers/rules'
import { readMendedJudgement, requestJudgementMending } from './mending/rules'
import { type JudgeRequestMaker, prepareJudging } from './prompts/rules'
import { hideInExplanation } from './redaction/rules'

/** What the calls of a judging run have in common. */
type Judging = {
  runId: string
  judgedRunId: string
  content: PromptContent
  price: Price | null
  redaction: RedactionSetting
  makeRequest: JudgeRequestMaker
  /** Ids of the content's categories by their keys, and back. */
  categoryIds: ReadonlyMap<string, string>
  /** Every category of the project by its id, as it is called now. */
  names: ReadonlyMap<string, string>
}

type JudgingRun = { id: string; projectId: string; judgedRunId: string; modelId: string }

/** Prepares what asks about a case of a judging run; the run is under way. */
export async function beginJudging(
  run: JudgingRun,
  pinned: Pick<Judging, 'content' | 'price' | 'redaction' | 'categoryIds'>,
) {
  const judging: Judging = {
    ...pinned,
    runId: run.id,
    judgedRunId: run.judgedRunId,
    makeRequest: prepareJudging(pinned.content, findWindow(run.modelId)),
    names: await nameCategories(run.projectId),
  }
  return (cases: readonly HiddenCase[], watch: Watch) => judgeCases(judging, cases, watch)
}

/** One call for each case: a judge that sees several suggestions at once compares them. */
async function judgeCases(
  judging: Judging,
  cases: readonly HiddenCase[],
  watch: Watch,
): Promise<{ outcome: Outcome; stop: string | null }> {
  const outcome: Outcome = { calls: [], cases: [] }
  const suggestions = await findSuggestions(judging, cases)
  for (const one of cases) {
    const suggestion = suggestions.get(one.caseId)
    if (!suggestion) throw new Error(`No suggestion to judge of case ${one.caseId}.`)
    const request = judging.makeRequest(one.content, {
      label: nameLabel(judging, suggestion.labelId),
      explanation: hideInExplanation(suggestion.explanation, one, judging.redaction),
    })
    const asked = await askUntilAnswered(request, { price: judging.price, ...watch })
    const said = readEnd(judging, asked)
    const about = { runId: judging.runId, caseId: one.caseId, request }
    outcome.calls.push(...listCalls(about, asked, said))
    const { end } = asked
    const mending = isUnread(asked, said)
      ? await mend(judging, { caseId: one.caseId, asked }, outcome, watch)
      : null
    const last = mending?.end ?? end
    if (last.kind === 'stop' || last.kind === 'interrupted') {
      const error = last.kind === 'stop' ? last.error : null
      outcome.cases.push({ caseId: one.caseId, suggestion: null, error })
      return { outcome, stop: error }
    }
    const error = end.kind === 'failed' ? end.error : null
    const read = mending?.mended ?? said
    const judgement = describe(judging, { caseId: one.caseId, suggestion, asked, read })
    outcome.cases.push({ caseId: one.caseId, suggestion: null, judgement, error })
  }
  return { outcome, stop: null }
}

type Judged = { id: string; labelId: string | null; explanation: string }

async function findSuggestions(
  { judgedRunId }: Judging,
  cases: readonly { caseId: string; content: CaseContent }[],
): Promise<ReadonlyMap<string, Judged>> {
  const found = await db.suggestion.findMany({
    where: { runId: judgedRunId, caseId: { in: cases.map(({ caseId }) => caseId) } },
    select: { id: true, caseId: true, labelId: true, explanation: true },
  })
  return new Map(found.map(({ caseId, ...one }) => [caseId, one]))
}

/** As the judge's own list calls it; a category that is not on it, as the project does. */
function nameLabel({ content, categoryIds, names }: Judging, labelId: string | null): string {
  const listed = content.categories.find(({ key }) => categoryIds.get(key) === labelId)
  return listed?.name ?? names.get(labelId ?? '') ?? ''
}

function readEnd({ content }: Judging, { end }: Asked): ReadJudgement | null {
  if (end.kind !== 'answered') return null
  const { rawAnswer, stopReason } = end.record
  const { categories } = content
  return parseJudgement(rawAnswer ?? '', { categories, stopReason: stopReason ?? null })
}

function listCalls(
  { runId, caseId, request }: { runId: string; caseId: string; request: ModelRequest },
  { records, end }: Asked,
  read: ReadJudgement | null,
): Outcome['calls'] {
  return records.map((record) => {
    const answered = end.kind === 'answered' && record === end.record
    const reading = answered ? (read?.status ?? 'missing') : ('failed' as const)
    // What a judging run pins renders no judge's request again, so it is kept whole.
    return { ...record, request, runId, cases: [{ caseId, position: 0, reading }] }
  })
}

const rawOf = ({ end }: Asked): string =>
  end.kind === 'answered' ? (end.record.rawAnswer ?? '') : ''

/** Something was said, and no verdict could be read of it. */
const isUnread = (asked: Asked, said: ReadJudgement | null): boolean =>
  said?.status === 'missing' && rawOf(asked).trim() !== ''

/** One call that repairs the form of what a judge said; `mended` is null where it does not help. */
async function mend(
  { runId, content, price }: Judging,
  { caseId, asked }: { caseId: string; asked: Asked },
  outcome: Outcome,
  watch: Watch,
) {
  const raw = rawOf(asked)
  const request = requestJudgementMending(content, raw)
  const mending = await askUntilAnswered(request, { price, ...watch })
  const { end } = mending
  const mended = readMendedJudgement(rawOf(mending), raw, content.categories)
  const calls = listCalls({ runId, caseId, request }, mending, mended)
  outcome.calls.push(...calls.map((call) => ({ ...call, kind: 'mend' as const })))
  return { end, mended }
}

function describe(
  { runId, categoryIds }: Judging,
  judged: { caseId: string; suggestion: Judged; asked: Asked; read: ReadJudgement | null },
): JudgementRow {
  const { caseId, suggestion, asked, read } = judged
  const base = { id: newId(), runId, caseId, suggestionId: suggestion.id }
  const callId = asked.records.at(-1)?.id
  if (read === null) return { ...base, callId, status: 'failed' }
  const labelId = read.labelKey === null ? null : (categoryIds.get(read.labelKey) ?? null)
  const { status, verdict, reason } = read
  // Whoever calls a suggestion wrong and names its category again has named nothing better.
  const better = verdict === 'right' || labelId === suggestion.labelId ? null : labelId
  return { ...base, callId, status, verdict, labelId: better, reason }
}
