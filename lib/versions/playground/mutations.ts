import { isRight, type Truth } from '@/lib/accuracy/rules'
import { getRedaction } from '@/lib/cases/redaction/data'
import { type HiddenCase, hideInCase } from '@/lib/cases/redaction/outgoing/rules'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, invalid } from '@/lib/platform/errors'
import { findEvidence } from '@/lib/runs/answers/evidence/rules'
import { readAnswers } from '@/lib/runs/answers/packs/rules'
import { parseAnswer } from '@/lib/runs/answers/rules'
import { prepareRequests, type RequestMaker } from '@/lib/runs/calls/rules'
import { findWindow } from '@/lib/runs/models/rules'
import { findSimilarExamples } from '@/lib/runs/neighbours/data'
import { hideFound, readKnownOfExamples, readMetadata } from '@/lib/runs/redaction/data'
import { hideInExamples, restoreSaid } from '@/lib/runs/redaction/rules'
import { askEntered, enterAsking } from '../asides/mutations'
import { findVersionByRef, getPromptContent, listVersionCategories } from '../data'
import type { PromptContent } from '../rendering/schema'
import type { VersionCategory, VersionName } from '../schema'
import { findFinalLabel, listCasesInHand, listVersionsThatKnow, type TriedCase } from './data'
import type { TryAnswer, TrySide, TryView } from './schema'

/**
 * Asks a version and its parent about a case, both at once and each as it is saved now. Where one gives
 * no answer, its side says why and the other stands. What is asked and answered is kept. The caller has
 * opened the case for this person; `recordSights` remembers, before the model is asked, of which cases
 * they learn something, so that no answer is ever there without it. Throws not-found, or `too_many`.
 */
export async function tryCase(
  member: Member,
  ref: string,
  tried: TriedCase,
  recordSights: RecordSights,
): Promise<TryView> {
  const leave = await enterAsking(member)
  try {
    return await askBoth(member, ref, tried, recordSights)
  } finally {
    leave()
  }
}

type RecordSights = (caseIds: readonly string[]) => Promise<void>

async function askBoth(
  member: Member,
  ref: string,
  tried: TriedCase,
  recordSights: RecordSights,
): Promise<TryView> {
  const { projectId } = member
  let isSeen = false
  const record: RecordSights = async (caseIds) => {
    await recordSights(caseIds)
    isSeen = true
  }
  const version = await findVersionByRef(projectId, ref)
  const ids = [version.parentId, version.id].filter((id) => id !== null)
  const [asked, hiding, known, label] = await Promise.all([
    Promise.all(ids.map((id) => readAsked(projectId, id))),
    hideTried(projectId, tried),
    listVersionsThatKnow(ids, tried.seen),
    tried.id === null ? null : findFinalLabel(projectId, tried.id),
  ])
  const ask = { member, tried, hiding, truth: label?.truth ?? null, record }
  const sides = await Promise.all(asked.map((one) => askSide(ask, one, known.has(one.version.id))))
  const answered = sides.some(({ answer }) => answer !== null)
  return {
    case: { id: tried.id, externalId: tried.externalId, ...tried.content },
    alike: tried.alike,
    replaced: hiding.hidden.replaced,
    finalLabel: answered ? (label?.view ?? null) : null,
    leftQueue: isSeen && tried.leavesQueue,
    sides,
  }
}

/** The case as it is sent, under the setting as it is now. */
type Hiding = { setting: RedactionSetting; hidden: HiddenCase }

async function hideTried(projectId: string, { id, content }: TriedCase): Promise<Hiding> {
  const [setting, known] = await Promise.all([
    getRedaction(projectId),
    readMetadata(id === null ? [] : [id]),
  ])
  const metadata = known.get(id ?? '') ?? {}
  return { setting, hidden: hideInCase({ content, metadata }, setting) }
}

type Asked = {
  version: VersionName
  parent: VersionName | null
  edit: number
  savedAt: Date
  content: PromptContent
  categories: VersionCategory[]
}

/** One state of a version: no save can come between its parts. */
async function readAsked(projectId: string, id: string): Promise<Asked> {
  return db.$transaction(
    async (tx) => {
      const { edit, updatedAt, parent, ...version } = await tx.version.findUniqueOrThrow({
        where: { id },
        select: {
          id: true,
          number: true,
          edit: true,
          updatedAt: true,
          parent: { select: { id: true, number: true } },
        },
      })
      const content = await getPromptContent(projectId, id, tx)
      const categories = await listVersionCategories(id, tx)
      return { version, parent, edit, savedAt: updatedAt, content, categories }
    },
    { isolationLevel: 'RepeatableRead' },
  )
}

type Ask = {
  member: Member
  tried: TriedCase
  hiding: Hiding
  truth: Truth | null
  record: RecordSights
}

async function askSide(ask: Ask, asked: Asked, knows: boolean): Promise<TrySide> {
  const { version, parent, edit, savedAt } = asked
  const side = { version, parent, edit, savedAt: savedAt.toISOString(), knows }
  try {
    return { ...side, answer: await askVersion(ask, asked), error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...side, answer: null, error: error.message }
  }
}

async function askVersion(
  { member, tried, hiding, truth, record }: Ask,
  asked: Asked,
): Promise<TryAnswer> {
  const { content, categories } = asked
  const { setting, hidden } = hiding
  if (categories.length < 2) {
    throw invalid('This version needs at least two categories before it can be asked.')
  }
  const known = await readKnownOfExamples(content, setting)
  const makeRequest = prepare(hideInExamples(content, setting, known))
  const similar = await findSimilarExamples(member.projectId, content, {
    // Nobody is shown the label of a case that they are being asked about.
    caseIds: [...tried.seen, ...(await listCasesInHand(member.userId))],
    content: tried.content,
  })
  const [ready = []] = await hideFound([similar], setting)
  const { request, cut, similar: sent } = makeRequest([hidden.content], ready)
  // The exact request, one click away, shows the labels of the similar examples too.
  const tellsOfIds = [...new Set([...tried.seen, ...sent.map((one) => one.caseId)])]
  await record(tellsOfIds)
  const { text, ...answered } = await askEntered(member, {
    purpose: 'playground',
    versionId: asked.version.id,
    caseId: tried.id,
    tellsOfIds,
    request,
  })
  const { stopReason } = answered
  const [read] = readAnswers(text, content, { size: 1, stopReason })
  const { labelKey, ...answer } = read?.answer ?? parseAnswer('', { ...content, stopReason })
  const said = restoreSaid(answer, hidden.replaced, tried.content)
  const label = categories.find(({ key }) => key === labelKey)
  return {
    ...answered,
    ...said,
    label: label?.name ?? null,
    right: truth && isRight(label?.categoryId ?? null, truth).exact,
    place: findEvidence(said.evidence, tried.content.messages),
    cut: cut[0] ?? false,
    similarIds: sent.map((one) => one.caseId),
    rawAnswer: text,
  }
}

function prepare(content: PromptContent): RequestMaker {
  try {
    return prepareRequests(content, findWindow(content.model.modelId))
  } catch (error) {
    if (error instanceof RangeError) throw invalid(error.message)
    throw error
  }
}
