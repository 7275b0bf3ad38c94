import { getRedaction, readKnownCases } from '@/lib/cases/redaction/data'
import { startHiding } from '@/lib/cases/redaction/outgoing/rules'
import { restoreText } from '@/lib/cases/redaction/placeholders/rules'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { AppError, conflict, invalid } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { askAside } from '../../asides/mutations'
import { findVersionByRef, getPromptContent, listVersionCategories } from '../../data'
import { draftForForm } from '../../examples/rules'
import { findCorrection } from '../data'
import { explainMissing } from '../mutations'
import { type ExplanationFacts, prepareExplanationRequest, readExplanation } from './rules'
import type { DraftedExplanation, ExplanationInput } from './schema'

/**
 * Has the draft's model write an explanation: a call of its own, kept, that changes nothing else. The
 * local stand-in can't write: then it is the template, and no call is made. Throws not-found, `conflict`
 * as promoting would, and `unavailable` with what to do when nothing usable came.
 */
export async function draftExplanationByModel(
  member: Member,
  reviewId: string,
  { versionId, kind, text }: ExplanationInput,
): Promise<DraftedExplanation> {
  const { projectId } = member
  const correction = await findCorrection(member, reviewId)
  if (!correction) throw await explainMissing(db, projectId, reviewId)
  const { suggestedId, rightId, note, suggestionExplanation, caseId } = correction
  if (rightId === null) {
    throw conflict('Nobody knows the right label yet: there is nothing to explain.')
  }
  const version = await findVersionByRef(projectId, versionId)
  if (version.number !== null) throw invalid('An explanation is drafted for a draft.')
  const [content, categories, names] = await Promise.all([
    getPromptContent(projectId, version.id),
    listVersionCategories(version.id),
    nameCategories(projectId),
  ])
  const named = (id: string) => ({
    name: names.get(id) ?? '',
    description: categories.find(({ categoryId }) => categoryId === id)?.description ?? '',
  })
  const form = content.badExampleForm
  const facts: ExplanationFacts = {
    kind,
    form,
    right: named(rightId),
    wrong: suggestedId === null || suggestedId === rightId ? null : named(suggestedId),
    caseText: text,
    suggestionExplanation,
    note,
  }
  if (isStandIn()) return { explanation: draftByTemplate(facts), model: null }
  const [setting, known] = await Promise.all([
    getRedaction(projectId),
    readKnownCases(projectId, [caseId]),
  ])
  const { hide, list } = startHiding(setting, known, [text, suggestionExplanation, note])
  const sent = {
    ...facts,
    caseText: hide(text),
    suggestionExplanation: hide(suggestionExplanation),
    note: hide(note),
  }
  const {
    text: wrote,
    stopReason,
    ...call
  } = await askAside(member, {
    purpose: 'explanation',
    versionId: version.id,
    caseId,
    request: prepareExplanationRequest(content.model, sent),
  })
  const read = readExplanation({ text: wrote, stopReason })
  if ('problem' in read) throw new AppError('unavailable', read.problem)
  const { modelId, inputTokens, outputTokens, latencyMs, cost, priced } = call
  return {
    // In the form one sees what it says; what is recognised is replaced when it is saved.
    explanation: restoreText(read.explanation, list()),
    model: { modelId, inputTokens, outputTokens, latencyMs, cost, priced },
  }
}

function draftByTemplate({ kind, form, right, wrong, note }: ExplanationFacts): string {
  if (kind === 'good') return note
  return draftForForm(form, { right: right.name, wrong: wrong?.name ?? null, note })
}
