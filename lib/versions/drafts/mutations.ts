import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { followCategories } from '@/lib/projects/categories/data'
import { namePeople } from '@/lib/users/data'
import { readCheckFacts } from '../checks/data'
import { blocks, checkDraft } from '../checks/rules'
import { getPromptContent, getVersionParts } from '../data'
import { lockExampleTexts } from '../leaks/data'
import { setupOf, toPromptContent } from '../rules'
import { depart } from '../setups/rules'
import { describeChanges, explainConflict } from './rules'
import type { DraftChange, DraftSaved, NewDraft } from './schema'

/**
 * A draft with everything its parent says, or departing from it, in the categories of today: what was split or merged since the
 * parent was frozen is followed, and an example whose label is none any more is flagged and switched off.
 * The parent may be frozen or a draft. Throws not-found.
 */
export async function createDraft(member: Member, input: NewDraft): Promise<{ id: string }> {
  return db.$transaction((tx) => createDraftIn(tx, member, input))
}

/** The same as a part of a transaction. */
export async function createDraftIn(
  tx: Tx,
  member: Member,
  input: NewDraft,
): Promise<{ id: string }> {
  const { projectId, userId } = member
  // No case comes into dev or test between the look at the parent's examples and their copies.
  await lockExampleTexts(tx, projectId)
  // Nor is a parent that is a draft saved meanwhile: the copy is what it said at one moment.
  await tx.$queryRaw`
    SELECT 1 FROM "Version"
    WHERE id = ${input.parentId}::uuid AND "projectId" = ${projectId}::uuid FOR SHARE`
  const parent = await tx.version.findFirst({
    where: { id: input.parentId, projectId, archivedAt: null },
    include: {
      categories: { orderBy: [{ position: 'asc' }, { categoryId: 'asc' }] },
      examples: true,
    },
  })
  if (!parent) throw notFound('This version')
  const content = await getPromptContent(projectId, parent.id, tx)
  const said = depart(content, input.departures ?? {})
  const id = newId()
  await tx.version.create({
    data: {
      id,
      projectId,
      parentId: parent.id,
      note: input.note ?? '',
      persona: parent.persona,
      rules: parent.rules,
      answerFormat: said.answerFormat,
      badExampleForm: parent.badExampleForm,
      model: said.model,
      template: parent.template,
      similarExamples: said.similarExamples,
      packSize: said.packSize,
      createdById: userId,
      updatedById: userId,
    },
  })
  const { categories, labelNow } = await followCategories(
    projectId,
    // A draft has followed the changes as they came.
    { described: parent.categories, since: parent.frozenAt ?? parent.updatedAt },
    tx,
  )
  await tx.versionCategory.createMany({
    data: categories.map((category, position) => ({ ...category, position, versionId: id })),
  })
  const off = new Set(input.switchOff)
  for (const example of said.examples) if (!example.enabled) off.add(example.id)
  await tx.example.createMany({
    data: parent.examples.map((example) => ({
      ...example,
      id: newId(),
      versionId: id,
      ...labelsOfToday(example, labelNow, example.enabled && !off.has(example.id)),
    })),
  })
  await recordAudit(tx, { projectId, actorId: userId, action: 'draft.created', subjectId: id })
  return { id }
}

type Labelled = { labelId: string; wrongLabelId: string | null; flaggedAt: Date | null }

/** What was wrong once and is right today teaches nothing, as little as a label that is none. */
function labelsOfToday(
  { labelId, wrongLabelId, flaggedAt }: Labelled,
  labelNow: (id: string) => string | null,
  enabled: boolean,
) {
  const [right, wrong] = [labelNow(labelId), wrongLabelId && labelNow(wrongLabelId)]
  const labels = { labelId: right ?? labelId, wrongLabelId: wrong ?? wrongLabelId }
  const fits = right !== null && (wrong !== null || wrongLabelId === null) && right !== wrong
  return fits
    ? { ...labels, enabled, flaggedAt }
    : { ...labels, enabled: false, flaggedAt: flaggedAt ?? new Date() }
}

/**
 * Takes the draft for a change: nobody else's change can come between, and the one who comes later
 * is told. With `edit` null the change adds something and can't overwrite anyone's work.
 * Throws not-found, or `conflict` saying who changed it and when.
 */
export async function takeDraft(
  tx: Tx,
  member: Member,
  versionId: string,
  edit: number | null,
  data: Prisma.VersionUpdateManyMutationInput = {},
): Promise<DraftSaved> {
  const { projectId, userId } = member
  const [taken] = await tx.version.updateManyAndReturn({
    where: {
      id: versionId,
      projectId,
      number: null,
      archivedAt: null,
      ...(edit === null ? {} : { edit }),
    },
    data: { ...data, edit: { increment: 1 }, updatedAt: new Date(), updatedById: userId },
    select: { edit: true, updatedAt: true },
  })
  if (taken) {
    return { edit: taken.edit, savedAt: taken.updatedAt.toISOString(), savedBy: member.name }
  }
  const now = await tx.version.findFirst({ where: { id: versionId, projectId } })
  if (!now) throw notFound('This draft')
  const people = await namePeople([now.updatedById], tx)
  const by = now.updatedById === userId ? 'You' : (people.get(now.updatedById ?? '') ?? null)
  throw conflict(
    explainConflict({
      by,
      at: now.updatedAt,
      frozenAs: now.number,
      archived: now.archivedAt !== null,
    }),
  )
}

/**
 * Saves what was changed, if nobody saved since. A draft may still name a category that was removed in
 * the settings; it can't be frozen so. Throws not-found, `conflict`, `invalid`.
 */
export async function saveDraft(
  member: Member,
  versionId: string,
  { edit, categories, ...fields }: DraftChange,
): Promise<DraftSaved> {
  return db.$transaction(async (tx) => {
    const saved = await takeDraft(tx, member, versionId, edit, fields)
    if (!categories) return saved
    const ids = categories.map(({ categoryId }) => categoryId)
    const known = await tx.category.count({
      where: { projectId: member.projectId, id: { in: ids } },
    })
    if (known !== ids.length || new Set(ids).size !== ids.length) {
      throw invalid('A category of a draft must be one of the project, and only once.')
    }
    await tx.versionCategory.deleteMany({ where: { versionId } })
    await tx.versionCategory.createMany({
      data: categories.map((category, position) => ({ versionId, position, ...category })),
    })
    return saved
  })
}

/**
 * Gives the draft the next number and makes it immutable. Throws not-found, `conflict`, or `invalid`
 * with every reason why it can't be frozen yet.
 */
export async function freezeDraft(
  member: Member,
  versionId: string,
  edit: number,
): Promise<{ number: number }> {
  const { projectId, userId } = member
  return db.$transaction(async (tx) => {
    // One freeze at a time in a project: numbers follow each other.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    await takeDraft(tx, member, versionId, edit)
    const parts = await getVersionParts(projectId, versionId, tx)
    const content = toPromptContent(parts)
    const problems = checkDraft(parts, await readCheckFacts(projectId, versionId, tx)).filter(
      blocks,
    )
    if (problems.length > 0) {
      const sentences = problems.slice(0, 5).map(({ sentence }) => sentence)
      throw invalid(`This draft can’t be frozen yet. ${sentences.join(' ')}`)
    }
    const draft = await tx.version.findUniqueOrThrow({ where: { id: versionId } })
    const parent = draft.parentId ? await getPromptContent(projectId, draft.parentId, tx) : null
    const highest = await tx.version.aggregate({ where: { projectId }, _max: { number: true } })
    const number = (highest._max.number ?? 0) + 1
    await tx.version.update({
      where: { id: versionId },
      data: { number, frozenAt: new Date(), note: draft.note || describeChanges(parent, content) },
    })
    // What is tested and released: made here, so that a version that was never tried has it too.
    const setup = setupOf({ id: versionId, ...content })
    await tx.setup.upsert({
      where: { identity: setup },
      create: { id: newId(), projectId, ...setup },
      update: {},
    })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'version.frozen',
      subjectId: versionId,
      detail: { number },
    })
    return { number }
  })
}

/** Puts a draft away; its runs stay. Throws not-found, `conflict` for the only version there is. */
export async function discardDraft(member: Member, versionId: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    const others = await tx.version.count({
      where: { projectId, archivedAt: null, id: { not: versionId } },
    })
    if (others === 0) throw conflict('The only version of a project can’t be discarded.')
    await takeDraft(tx, member, versionId, null, { archivedAt: new Date() })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'draft.discarded',
      subjectId: versionId,
    })
  })
}

/**
 * Brings a discarded draft back as it was, in the categories of today: what became of them since it was
 * put away is followed as in a new draft. Throws not-found.
 */
export async function restoreDraft(member: Member, versionId: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    // A change of the categories comes before, or finds the draft restored.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    const draft = await tx.version.findFirst({
      where: { id: versionId, projectId, number: null, archivedAt: { not: null } },
      include: {
        categories: { orderBy: [{ position: 'asc' }, { categoryId: 'asc' }] },
        examples: true,
      },
    })
    if (!draft?.archivedAt) throw notFound('This discarded draft')
    await tx.version.update({
      where: { id: versionId },
      data: {
        archivedAt: null,
        edit: { increment: 1 },
        updatedAt: new Date(),
        updatedById: userId,
      },
    })
    await catchUp(tx, projectId, { ...draft, since: draft.archivedAt })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'draft.restored',
      subjectId: versionId,
    })
  })
}

type Behind = {
  id: string
  since: Date
  categories: { categoryId: string; description: string }[]
  examples: (Labelled & { id: string; enabled: boolean })[]
}

/** Brings a draft in line with what became of the categories. */
async function catchUp(tx: Tx, projectId: string, { id, since, ...draft }: Behind): Promise<void> {
  const { categories, labelNow } = await followCategories(
    projectId,
    { described: draft.categories, since },
    tx,
  )
  await tx.versionCategory.deleteMany({ where: { versionId: id } })
  await tx.versionCategory.createMany({
    data: categories.map(({ categoryId, description }, position) => ({
      ...{ versionId: id, categoryId, description, position },
    })),
  })
  for (const example of draft.examples) {
    const today = labelsOfToday(example, labelNow, example.enabled)
    if (today.labelId === example.labelId && today.wrongLabelId === example.wrongLabelId) {
      if (today.flaggedAt === example.flaggedAt && today.enabled === example.enabled) continue
    }
    await tx.example.update({ where: { id: example.id }, data: today })
  }
}
