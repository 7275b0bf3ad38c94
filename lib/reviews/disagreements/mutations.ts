import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { getCaseState } from '../labels/data'
import { lockCase } from '../labels/mutations'
import { describeReviews, labelsAmong } from '../labels/rules'
import type { CaseState } from '../labels/schema'
import { rememberSights } from '../sights/mutations'
import { getDispute } from './data'
import { listDisputes } from './listing/data'
import type { DisputePage, DisputesInput, DisputeView, SettleInput } from './schema'

/** A page of what waits to be settled; the labels it shows are recorded as seen. */
export async function openDisputes(member: Member, input: DisputesInput): Promise<DisputePage> {
  const page = await listDisputes(member, input)
  const shown = page.rows.filter(({ labels }) => labels.length > 0)
  await db.$transaction((tx) =>
    rememberSights(
      tx,
      member,
      shown.map(({ caseId }) => caseId),
    ),
  )
  return page
}

/** Opens a case to be settled; that it was seen is recorded. Throws as `getDispute`. */
export async function openDispute(member: Member, caseId: string): Promise<DisputeView> {
  return db.$transaction(async (tx) => {
    const view = await getDispute(member, caseId, tx)
    await rememberSights(tx, member, [caseId])
    return view
  })
}

/**
 * Gives a case the label that a person who has not reviewed it decides on, with one sentence of
 * precedent. Whoever is still asked about it is asked no more. The same again changes nothing; the
 * settler may change their mind. Throws `not_found`, `invalid` for a label of elsewhere, and `conflict`
 * for who has reviewed the case, and where someone else was first.
 */
export async function settleCase(
  member: Member,
  caseId: string,
  input: SettleInput,
): Promise<DisputeView> {
  return db.$transaction(async (tx) => {
    await lockCase(tx, caseId)
    const before = await getDispute(member, caseId, tx)
    if (!before.maySettle) throw conflict(before.whyNot)
    await checkLabels(tx, member, input)
    if (!isSettledAs(before, input)) await writeSettled(tx, member, before, input)
    return getDispute(member, caseId, tx)
  })
}

const isSettledAs = ({ settled }: DisputeView, input: SettleInput): boolean =>
  settled !== null &&
  settled.labelId === input.labelId &&
  settled.secondLabelId === input.secondLabelId &&
  settled.precedent === input.precedent

async function checkLabels(tx: Tx, { projectId }: Member, input: SettleInput): Promise<void> {
  const { labelId, secondLabelId } = input
  for (const [field, id] of Object.entries({ labelId, secondLabelId })) {
    if (id === null) continue
    const known = await tx.category.count({ where: { id, projectId, archivedAt: null } })
    if (known === 0) {
      const message = 'This label is not one of the project’s categories.'
      throw invalid(message, { [field]: message })
    }
  }
  if (labelId === secondLabelId) {
    const message = 'The second choice must differ from the label.'
    throw invalid(message, { secondLabelId: message })
  }
}

async function writeSettled(
  tx: Tx,
  member: Member,
  before: DisputeView,
  { labelId, secondLabelId, precedent }: SettleInput,
): Promise<void> {
  const { userId, projectId } = member
  const { caseId } = before
  await rememberSights(tx, member, [caseId])
  const state = await getCaseState(tx, caseId)
  const settled = {
    ...{ labelId, secondLabelId, precedent },
    ...({ source: 'settled', settledById: userId, at: new Date() } as const),
    ...(await describe(tx, before, state)),
    among: labelsAmong(state.reviews),
  }
  await tx.finalLabel.upsert({
    where: { caseId },
    create: { caseId, projectId, ...settled },
    update: settled,
  })
  await tx.dispute.deleteMany({ where: { caseId } })
  await tx.assignment.updateMany({
    where: { caseId, status: 'open', purpose: { in: ['ordinary', 'second_opinion'] } },
    data: { status: 'withdrawn', leaseUntil: null },
  })
  await recordAudit(tx, {
    projectId,
    actorId: userId,
    action: 'label.settled',
    subjectId: caseId,
    detail: { labelId, secondLabelId, formerLabelId: state.label?.labelId ?? null },
  })
}

/** How the case came to be labelled, as its reviews say; where it has none, as it was asked for. */
async function describe(tx: Tx, { caseId, pool }: DisputeView, { reviews, label }: CaseState) {
  const mode = pool === 'example' ? ('shown' as const) : ('blind' as const)
  if (reviews.some(({ undone }) => !undone)) {
    const { selection, ...described } = describeReviews(reviews)
    // The settler saw the suggestion of an example, and none of another case.
    return { selection, mode: mode === 'shown' ? mode : described.mode, bulk: false }
  }
  if (label) return { selection: label.selection, mode, bulk: false }
  const asked = await tx.assignment.findFirst({
    where: { caseId, purpose: 'ordinary' },
    orderBy: { selection: 'desc' },
    select: { selection: true },
  })
  if (!asked) throw notFound('This disagreement')
  return { selection: asked.selection, mode, bulk: false }
}
