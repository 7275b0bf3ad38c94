import type { Prisma } from '@/generated/prisma/client'
import { db } from '../database'
import { newId } from '../ids'
import type { TestProject } from './fixtures'

/** A version with all categories of the project; a draft unless it is given a number. */
export async function createVersion(
  project: TestProject,
  input: { number?: number; parentId?: string; persona?: string } = {},
): Promise<{ id: string; setupId: string }> {
  const [id, setupId] = [newId(), newId()]
  await db.version.create({
    data: {
      id,
      projectId: project.id,
      parentId: input.parentId ?? null,
      persona: input.persona ?? 'You read cases.',
      rules: 'Choose one.',
      answerFormat: { kind: 'xml', sample: 'short' },
      model: { modelId: 'closecall.lexical-v1', maxTokens: 200, temperature: null },
      categories: {
        create: Object.entries(project.categories).map(([name, categoryId], position) => ({
          categoryId,
          position,
          description: `${name} matters.`,
        })),
      },
      setups: { create: { id: setupId, projectId: project.id } },
    },
  })
  if (input.number !== undefined) {
    await db.version.update({
      where: { id },
      data: { number: input.number, frozenAt: new Date() },
    })
  }
  return { id, setupId }
}

/** A finished run; answers are category ids by case id, null for no valid label. */
export async function createFinishedRun(
  project: { id: string },
  setupId: string,
  run: {
    pool: 'example' | 'dev' | 'test'
    content: Prisma.InputJsonValue
    contentHash: string
    answers: Record<string, string | null>
    standIn?: boolean
    purpose?: 'label' | 'leave_out'
  },
): Promise<string> {
  const id = newId()
  const { answers, standIn = true, ...data } = run
  const n = Object.keys(answers).length
  await db.run.create({
    data: {
      id,
      projectId: project.id,
      setupId,
      ...data,
      standIn,
      status: 'done',
      modelId: 'closecall.lexical-v1',
      items: n,
      done: n,
      inputTokens: 1_000 * n,
      outputTokens: 100 * n,
      cost: 2_000 * n,
      finishedAt: new Date(),
    },
  })
  await db.suggestion.createMany({
    data: Object.entries(answers).map(([caseId, labelId]) => ({
      id: newId(),
      runId: id,
      caseId,
      labelId,
      status: labelId ? ('parsed' as const) : ('missing' as const),
    })),
  })
  return id
}

/** The label a case has, as if it had come with the import. */
export async function setFinalLabel(
  project: { id: string },
  caseId: string,
  labelId: string,
  secondLabelId: string | null = null,
): Promise<void> {
  const label = { labelId, secondLabelId, source: 'imported' as const }
  await db.finalLabel.upsert({
    where: { caseId },
    create: { caseId, projectId: project.id, ...label },
    update: label,
  })
}
