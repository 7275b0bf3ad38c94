import { getRedaction, readKnownCases } from '@/lib/cases/redaction/data'
import { startHiding } from '@/lib/cases/redaction/outgoing/rules'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { AppError, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { askAside } from '../../asides/mutations'
import { listVersionCategories } from '../../data'
import { findOpenDraft, type PairMaterial, readPairMaterial } from '../data'
import { type DraftedRule, isKnown, type RuleHome } from '../rules'
import type { DraftedProposal, DraftProposalInput, StoredSource } from '../schema'
import { draftFromTemplate } from '../templates/rules'
import { prepareRuleRequest, readRule } from './rules'

/**
 * Drafts one rule for a pair and keeps it as a proposal; a model that declines, is cut off, answers
 * nonsense or is away gives a sentence instead. The draft itself stays as it is. Throws not-found,
 * `conflict` for a version that is frozen, `invalid` where there is nothing to draft from.
 */
export async function draftProposal(
  member: Member,
  versionId: string,
  input: DraftProposalInput,
): Promise<DraftedProposal> {
  const { projectId, userId } = member
  const draft = await findOpenDraft(projectId, versionId)
  const [categories, material, former] = await Promise.all([
    listVersionCategories(versionId),
    readPairMaterial(member, input),
    db.proposal.findMany({ where: { versionId }, select: { text: true, editedText: true } }),
  ])
  const categoryOf = (id: string) => categories.find(({ categoryId }) => categoryId === id)
  const [suggested, right] = [categoryOf(input.suggestedId), categoryOf(input.rightId)]
  if (!suggested || !right) {
    throw invalid('One of the two categories is not in this draft: add it before a rule for it.')
  }
  if (material.corrections.length + material.precedents.length === 0) {
    throw invalid('There is no correction with a final label and no precedent to draft from.')
  }
  const home = { rules: draft.rules, description: right.description }
  const known = former.flatMap(({ text, editedText }) => [text, editedText ?? []].flat())
  const pair = { suggested, right, material, home, former: known }
  const drafted =
    input.fromTemplate || isStandIn()
      ? draftByTemplate(pair)
      : await draftByModel(member, { id: versionId, model: draft.model }, pair)
  if ('problem' in drafted) return { id: null, problem: drafted.problem }
  const { rule, asideCallId } = drafted
  const id = newId()
  // Two people who ask at once may be given the same words: the first is kept.
  const { count } = await db.proposal.createMany({
    data: {
      ...{ id, projectId, versionId, createdById: userId, ...rule },
      ...{ suggestedId: input.suggestedId, rightId: input.rightId },
      categoryId: rule.target === 'description' ? input.rightId : null,
      sources: listSourcesOf(material),
      draftedBy: asideCallId === null ? 'template' : 'model',
      asideCallId,
    },
    skipDuplicates: true,
  })
  return count > 0 ? { id, problem: null } : { id: null, problem: SAME_AGAIN }
}

const SAME_AGAIN = 'What came says no more than what is there or was proposed before.'

type Named = { name: string; description: string }
type Pair = {
  suggested: Named
  right: Named
  material: PairMaterial
  home: RuleHome
  former: string[]
}
type Drafted = { rule: DraftedRule; asideCallId: string | null } | { problem: string }

function draftByTemplate({ suggested, right, material, home, former }: Pair): Drafted {
  const rule = draftFromTemplate(
    {
      ...{ suggested: suggested.name, right: right.name, otherNotes: material.otherNotes },
      notes: material.corrections.flatMap(({ note }) => (note === '' ? [] : note)),
      precedents: material.precedents.map(({ sentence }) => sentence),
    },
    home,
    former,
  )
  if (rule) return { rule, asideCallId: null }
  return { problem: 'The templates have nothing more to propose for this pair.' }
}

/** Exported for its own test, as with the stand-in no model is asked. */
export async function draftByModel(
  member: Member,
  draft: { id: string; model: Parameters<typeof prepareRuleRequest>[1] },
  { suggested, right, material, home, former }: Pair,
): Promise<Drafted> {
  const sent = await hideMaterial(member.projectId, material)
  const request = prepareRuleRequest(
    { ...{ suggested, right, former, rules: home.rules }, ...sent },
    draft.model,
  )
  try {
    const aside = { purpose: 'rule', versionId: draft.id, caseId: null, request } as const
    const { callId, ...answer } = await askAside(member, aside)
    const read = readRule(answer)
    if ('problem' in read) return read
    if (isKnown(read.rule, home, former)) return { problem: SAME_AGAIN }
    return { rule: read.rule, asideCallId: callId }
  } catch (error) {
    // Why no answer came is a sentence already, and the other pairs go on.
    if (error instanceof AppError && error.code === 'unavailable') return { problem: error.message }
    throw error
  }
}

/**
 * What people and cases say, as it may leave for the model. What it writes is not written back: a rule
 * speaks of no single case.
 */
async function hideMaterial(projectId: string, { corrections, precedents }: PairMaterial) {
  const [setting, known] = await Promise.all([
    getRedaction(projectId),
    readKnownCases(
      projectId,
      [...corrections, ...precedents].map(({ caseId }) => caseId),
    ),
  ])
  const said = corrections.map(({ text, suggestionExplanation, note }) => ({
    ...{ text, suggestionExplanation, note },
  }))
  const sentences = precedents.map(({ sentence }) => sentence)
  const all = [...said.flatMap((one) => Object.values(one)), ...sentences]
  const { hide } = startHiding(setting, known, all)
  return {
    corrections: said.map(({ text, suggestionExplanation, note }) => ({
      ...{ text: hide(text), note: hide(note) },
      suggestionExplanation: hide(suggestionExplanation),
    })),
    precedents: sentences.map(hide),
  }
}

function listSourcesOf({ corrections, precedents }: PairMaterial): StoredSource[] {
  const of = (kind: StoredSource['kind'], caseIds: string[]) =>
    [...new Set(caseIds)].map((caseId) => ({ kind, caseId }))
  return [
    ...of(
      'precedent',
      precedents.map(({ caseId }) => caseId),
    ),
    ...of(
      'correction',
      corrections.map(({ caseId }) => caseId),
    ),
  ]
}
