import { caseContent } from '@/lib/cases/schema'
import { db, type Tx } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { newId } from '@/lib/platform/ids'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import { setupOf } from '@/lib/versions/rules'
import type { DemoPeople } from './people'
import { readCategories, readGoodExamples, readPrompt } from './starter-files'

/** v1 says who, what and how; v2 adds good examples from the example pool and is released. */
export async function seedVersions(
  projectId: string,
  people: DemoPeople,
): Promise<{ v1: string; v2: string }> {
  return db.$transaction(async (tx) => {
    const v1 =
      (await findVersion(tx, projectId, 1)) ??
      (await createVersion(tx, projectId, people, {
        number: 1,
        parentId: null,
        note: 'Descriptions of the root causes, no examples',
      }))
    const v2 =
      (await findVersion(tx, projectId, 2)) ??
      (await createVersion(tx, projectId, people, {
        number: 2,
        parentId: v1,
        note: 'Good examples of each root cause',
      }))
    const setup = setupOf({ id: v2, ...readPrompt() })
    const { id: setupId } = await tx.setup.upsert({
      where: { identity: setup },
      create: { id: newId(), projectId, ...setup },
      update: {},
    })
    if ((await tx.release.count({ where: { projectId } })) === 0) {
      await tx.release.create({
        data: {
          id: newId(),
          projectId,
          setupId,
          releasedById: people.managerId,
          reason: 'The starter project comes with it, so that there is something to review.',
        },
      })
    }
    return { v1, v2 }
  })
}

async function findVersion(tx: Tx, projectId: string, number: number): Promise<string | null> {
  const version = await tx.version.findUnique({
    where: { projectId_number: { projectId, number } },
    select: { id: true },
  })
  return version?.id ?? null
}

type Kind = { number: 1 | 2; parentId: string | null; note: string }

async function createVersion(
  tx: Tx,
  projectId: string,
  people: DemoPeople,
  { number, parentId, note }: Kind,
): Promise<string> {
  const id = newId()
  const { model, ...prompt } = readPrompt()
  const categoryIds = await idsByName(tx, projectId)
  await tx.version.create({
    data: {
      id,
      projectId,
      parentId,
      note,
      ...prompt,
      model: { ...model, modelId: env().CLOSECALL_MODEL ?? model.modelId },
      createdById: people.engineerId,
      categories: {
        create: readCategories().map(({ name, description }, position) => ({
          categoryId: idOf(categoryIds, name),
          position,
          description,
        })),
      },
    },
  })
  if (number === 2) await createGoodExamples(tx, projectId, id, categoryIds)
  // Last: a frozen version takes no more parts.
  await tx.version.update({ where: { id }, data: { number, frozenAt: new Date() } })
  return id
}

async function createGoodExamples(
  tx: Tx,
  projectId: string,
  versionId: string,
  categoryIds: Map<string, string>,
): Promise<void> {
  for (const [position, example] of readGoodExamples().entries()) {
    const from = await tx.case.findFirstOrThrow({
      where: { projectId, externalId: example.external_id, archivedAt: null },
    })
    await tx.example.create({
      data: {
        id: newId(),
        versionId,
        kind: 'good',
        caseId: from.id,
        text: renderExampleCase(caseContent.parse(from)),
        labelId: idOf(categoryIds, example.label),
        explanation: example.explanation,
        position,
      },
    })
  }
}

async function idsByName(tx: Tx, projectId: string): Promise<Map<string, string>> {
  const categories = await tx.category.findMany({ where: { projectId } })
  return new Map(categories.map(({ id, name }) => [name, id]))
}

function idOf(categoryIds: Map<string, string>, name: string): string {
  const id = categoryIds.get(name)
  if (!id) throw new Error(`The starter project has no category "${name}".`)
  return id
}
