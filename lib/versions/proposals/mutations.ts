import type { Proposal } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { createDraftIn, takeDraft } from '../drafts/mutations'
import { draftChange } from '../drafts/schema'
import { applyRule, type DraftedRule, type RuleHome, withdrawRule } from './rules'
import type { ProposalDecision, ProposalDrafts, ProposalDraftsInput } from './schema'

/**
 * Accepts a proposal into its draft, rejects it, or takes either back. Throws not-found, `conflict`
 * where somebody decided before or changed the draft since, `invalid` for a text that grows too long.
 */
export async function decideProposal(
  member: Member,
  { version: versionId, proposal: id }: { version: string; proposal: string },
  input: ProposalDecision,
): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Proposal" WHERE id = ${id}::uuid FOR UPDATE`
    const proposal = await tx.proposal.findFirst({ where: { id, versionId, projectId } })
    if (!proposal) throw notFound('This proposal')
    if ((input.decision === 'reopen') === (proposal.status === 'open')) {
      throw conflict('Someone has decided about this proposal meanwhile. Nothing was changed.')
    }
    if (input.decision === 'accept') {
      await takeDraft(tx, member, versionId, input.edit)
      const rule = { target: proposal.target, text: input.text ?? proposal.text }
      await changeHome(tx, versionId, proposal.categoryId, (home) => applyRule(home, rule))
    }
    if (input.decision === 'reopen' && proposal.status === 'accepted') {
      await takeDraft(tx, member, versionId, input.edit)
      const rule = ruleOf(proposal)
      await changeHome(tx, versionId, proposal.categoryId, (home) => withdrawRule(home, rule))
    }
    const edited =
      input.decision === 'accept' && input.text !== undefined && input.text !== proposal.text
    await tx.proposal.update({
      where: { id },
      data: {
        status: STATUS[input.decision],
        editedText: edited ? input.text : null,
        ...(input.decision === 'reopen'
          ? { decidedById: null, decidedAt: null }
          : { decidedById: userId, decidedAt: new Date() }),
      },
    })
    await recordAudit(tx, {
      ...{ projectId, actorId: userId, subjectId: id, detail: { versionId } },
      action: `proposal.${STATUS[input.decision]}`,
    })
  })
}

const STATUS = { accept: 'accepted', reject: 'rejected', reopen: 'open' } as const

const ruleOf = ({ target, text, editedText }: Proposal): DraftedRule => ({
  target,
  text: editedText ?? text,
})

async function changeHome(
  tx: Tx,
  versionId: string,
  categoryId: string | null,
  change: (home: RuleHome) => RuleHome,
): Promise<void> {
  const { rules } = await tx.version.findUniqueOrThrow({
    where: { id: versionId },
    select: { rules: true },
  })
  const described = categoryId
    ? await tx.versionCategory.findFirst({ where: { versionId, categoryId } })
    : null
  if (categoryId && !described) {
    throw invalid('Its category has left the draft. Nothing was changed.')
  }
  const before = { rules, description: described?.description ?? '' }
  const after = change(before)
  checkLength(after, categoryId)
  if (after.rules !== before.rules) {
    await tx.version.update({ where: { id: versionId }, data: { rules: after.rules } })
  }
  if (categoryId && after.description !== before.description) {
    await tx.versionCategory.update({
      where: { versionId_categoryId: { versionId, categoryId } },
      data: { description: after.description },
    })
  }
}

function checkLength({ rules, description }: RuleHome, categoryId: string | null): void {
  const categories = categoryId ? [{ categoryId, description }] : []
  if (draftChange.safeParse({ edit: 0, rules, categories }).success) return
  throw invalid('With this rule the text would be longer than a version takes. Shorten it first.')
}

/**
 * One new draft for each proposal, all with the same parent, so that they can be tried side by side.
 * The proposals stay open. All of the drafts are made or none. Throws not-found, and `invalid` for a text
 * that grows too long.
 */
export async function draftEachProposal(
  member: Member,
  versionId: string,
  { ids }: ProposalDraftsInput,
): Promise<ProposalDrafts> {
  const { projectId } = member
  return db.$transaction(async (tx) => {
    const found = await tx.proposal.findMany({
      where: { id: { in: ids }, projectId, versionId },
      orderBy: { createdAt: 'asc' },
    })
    if (found.length !== new Set(ids).size) throw notFound('One of these proposals')
    const drafts: string[] = []
    for (const proposal of found) {
      const rule = ruleOf(proposal)
      const draft = await createDraftIn(tx, member, { parentId: versionId, note: noteOf(rule) })
      await takeDraft(tx, member, draft.id, 0)
      await changeHome(tx, draft.id, proposal.categoryId, (home) => applyRule(home, rule))
      drafts.push(draft.id)
    }
    return { ids: drafts }
  }, COPYING)
}

/** Up to ten drafts, each with all examples of the parent. */
const COPYING = { timeout: 30_000 }

const LONGEST_NOTE = 120

function noteOf({ text }: DraftedRule): string {
  const short = text.length > LONGEST_NOTE ? `${text.slice(0, LONGEST_NOTE).toWellFormed()}…` : text
  return `Proposal: ${short}`
}
