import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { isAboutSameChoice } from '@/lib/reviews/disagreements/precedents/rules'
import { namePeople } from '@/lib/users/data'
import { listCorrections } from '../corrections/data'
import { getOverview } from '../corrections/overview/data'
import type { CorrectionView } from '../corrections/schema'
import { findVersionByRef, getPromptContent } from '../data'
import { promptContent } from '../rendering/schema'
import { isSamePair, MOST_PAIRS } from './rules'
import {
  type CostlyPair,
  type ProposalsView,
  type ProposalView,
  type StoredSource,
  storedSources,
} from './schema'

/** Rules drafted for a draft, with the pairs that cost most. Throws not-found. */
export async function getProposals(member: Member, versionId: string): Promise<ProposalsView> {
  const { projectId } = member
  const { id, number } = await findVersionByRef(projectId, versionId)
  const [version, content, pairs, wanted, proposals] = await Promise.all([
    db.version.findUniqueOrThrow({ where: { id }, select: { edit: true } }),
    getPromptContent(projectId, id),
    listCostlyPairs(member),
    listWanted(id),
    listProposals(projectId, id),
  ])
  return {
    version: { id, number },
    edit: version.edit,
    standIn: isStandIn(),
    modelId: content.model.modelId,
    pairs,
    ...wanted,
    proposals,
  }
}

/** The cases that a person sees labels of with these proposals. */
export const listSources = ({ proposals }: ProposalsView): string[] => [
  ...new Set(proposals.flatMap(({ sources }) => sources.map(({ caseId }) => caseId))),
]

/** What a rule for a draft is drafted with. Throws not-found, and `conflict` for a frozen version. */
export async function findOpenDraft(projectId: string, versionId: string) {
  const version = await db.version.findFirst({
    where: { id: versionId, projectId, archivedAt: null },
    select: { number: true, rules: true, model: true },
  })
  if (!version) throw notFound('This draft')
  if (version.number !== null) {
    throw conflict(`v${version.number} is frozen. Make a draft from it to add rules.`)
  }
  return { rules: version.rules, model: promptContent.shape.model.parse(version.model) }
}

const LISTED_WANTED = 50

/** Of each pair the newest, in the order of their drafting. */
async function listWanted(versionId: string): Promise<Pick<ProposalsView, 'wanted' | 'drafting'>> {
  const found = await db.wantedRule.findMany({
    where: { versionId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: LISTED_WANTED,
  })
  const oldest = found.findLast(({ finishedAt }) => finishedAt === null)
  const since = oldest ? found.filter(({ createdAt }) => createdAt >= oldest.createdAt) : []
  const done = since.filter(({ finishedAt }) => finishedAt !== null).length
  const wanted = found
    .filter((one, at) => found.findIndex((other) => isSamePair(one, other)) === at)
    .map(({ suggestedId, rightId, finishedAt, problem }) => ({
      ...{ suggestedId, rightId, waiting: finishedAt === null, problem },
    }))
    .reverse()
  return { wanted, drafting: oldest ? { done, of: since.length } : null }
}

/** Pairs of two categories that were mixed up, the most costly first. */
export async function listCostlyPairs(member: Member): Promise<CostlyPair[]> {
  const [{ pairs }, names] = await Promise.all([
    getOverview(member, {}),
    nameCategories(member.projectId),
  ])
  return (
    pairs
      // One rule is drafted for a pair: its close calls are no pair of their own here.
      .filter(({ kind }) => kind === 'label')
      .flatMap(({ suggestedId, rightId, total, cost }) => {
        const suggested = names.get(suggestedId ?? '')
        const right = names.get(rightId ?? '')
        if (!suggestedId || !rightId || !suggested || !right || suggestedId === rightId) return []
        return { suggestedId, suggested, rightId, right, corrections: total, cost }
      })
      .slice(0, MOST_PAIRS)
  )
}

async function listProposals(projectId: string, versionId: string): Promise<ProposalView[]> {
  const found = await db.proposal.findMany({
    where: { projectId, versionId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  const sources = new Map(found.map(({ id, sources }) => [id, storedSources.parse(sources)]))
  const [names, people, told] = await Promise.all([
    nameCategories(projectId),
    namePeople(found.map(({ decidedById }) => decidedById)),
    tellSources([...sources.values()].flat()),
  ])
  const nameOf = (id: string | null) => names.get(id ?? '') ?? 'a former category'
  return found.map((one) => ({
    id: one.id,
    suggestedId: one.suggestedId,
    suggested: nameOf(one.suggestedId),
    rightId: one.rightId,
    right: nameOf(one.rightId),
    target: one.target,
    category: one.categoryId === null ? null : nameOf(one.categoryId),
    text: one.text,
    editedText: one.editedText,
    sources: (sources.get(one.id) ?? []).flatMap((source) => {
      const of = told.get(source.caseId)
      return of ? [{ ...source, externalId: of.externalId, said: of[source.kind] }] : []
    }),
    draftedBy: one.draftedBy,
    status: one.status,
    decidedBy: one.decidedById === null ? null : (people.get(one.decidedById) ?? null),
  }))
}

/** What was said of each source case; one that has lost its final label is left out: it may be asked again. */
async function tellSources(sources: readonly StoredSource[]) {
  const found = await db.case.findMany({
    where: {
      id: { in: sources.map(({ caseId }) => caseId) },
      pool: { in: ['example', 'dev'] },
      finalLabel: { isNot: null },
    },
    select: {
      id: true,
      externalId: true,
      finalLabel: { select: { precedent: true } },
      reviews: {
        where: { undone: false, superseded: null, note: { not: '' } },
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { note: true },
      },
    },
  })
  return new Map(
    found.map(({ id, externalId, finalLabel, reviews }) => [
      id,
      { externalId, correction: reviews[0]?.note ?? '', precedent: finalLabel?.precedent ?? '' },
    ]),
  )
}

const MOST_CORRECTIONS = 12
const MOST_PRECEDENTS = 5
const MOST_NOTES = 200

type Pair = { suggestedId: string; rightId: string }

export type PairMaterial = {
  corrections: CorrectionView[]
  /** Notes of the corrections of other pairs. */
  otherNotes: string[]
  precedents: { caseId: string; sentence: string }[]
}

/**
 * What a rule for a pair is drafted from: only of cases with a final label, so that whoever is shown
 * the rule learns nothing of a case that is still being asked about.
 */
export async function readPairMaterial(member: Member, pair: Pair): Promise<PairMaterial> {
  const [{ rows: own }, { rows: all }, settled] = await Promise.all([
    listCorrections(member, { suggested: pair.suggestedId, right: pair.rightId }, MOST_NOTES),
    listCorrections(member, {}, MOST_NOTES),
    db.finalLabel.findMany({
      where: {
        ...{ projectId: member.projectId, source: 'settled', precedent: { not: '' } },
        case: { pool: { in: ['example', 'dev'] }, archivedAt: null },
      },
      orderBy: { at: 'desc' },
      take: MOST_NOTES,
    }),
  ])
  const labelled = await db.finalLabel.findMany({
    where: { caseId: { in: [...own, ...all].map(({ caseId }) => caseId) } },
    select: { caseId: true },
  })
  const known = new Set(labelled.map(({ caseId }) => caseId))
  const isKnown = ({ caseId }: CorrectionView) => known.has(caseId)
  const choice = { labelId: pair.rightId, secondLabelId: pair.suggestedId }
  return {
    corrections: own
      .filter(isKnown)
      .sort((a, b) => Number(b.note !== '') - Number(a.note !== ''))
      .slice(0, MOST_CORRECTIONS),
    otherNotes: all
      .filter(isKnown)
      .filter((one) => one.suggestedId !== pair.suggestedId || one.rightId !== pair.rightId)
      .flatMap(({ note }) => (note === '' ? [] : note))
      .slice(0, MOST_NOTES),
    precedents: settled
      .filter((row) => row.labelId === pair.rightId && isAboutSameChoice(row, choice))
      .slice(0, MOST_PRECEDENTS)
      .map(({ caseId, precedent }) => ({ caseId, sentence: precedent })),
  }
}
