import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createCase, TEST_CATEGORIES, type TestProject } from '@/lib/platform/testing/fixtures'

const DESCRIPTIONS = {
  Billing: 'The customer asks about an invoice, a charge or a credit.',
  Defect: 'The product crashes, fails or shows an error, and the agent confirms it.',
  Education: 'The customer asks how to do something that the documentation explains.',
}

/** A version with the test project's categories, for the stand-in; a draft unless numbered. */
export async function createVersion(
  project: TestProject,
  input: { number?: number; modelId?: string; persona?: string } = {},
): Promise<string> {
  const id = newId()
  await db.version.create({
    data: {
      id,
      projectId: project.id,
      persona: input.persona ?? 'You sort support cases.',
      rules: 'Categories are tried in order.',
      answerFormat: { kind: 'xml', sample: 'short' },
      model: { modelId: input.modelId ?? 'closecall.lexical-v1', maxTokens: 512, temperature: 0.2 },
      categories: {
        create: TEST_CATEGORIES.map((name, position) => ({
          categoryId: project.categories[name],
          position,
          description: DESCRIPTIONS[name],
        })),
      },
    },
  })
  if (input.number !== undefined) {
    await db.version.update({ where: { id }, data: { number: input.number, frozenAt: new Date() } })
  }
  return id
}

/** An example of a draft made from a case of the example pool; returns its id. */
export async function createExample(
  project: TestProject,
  versionId: string,
  caseId: string,
  enabled = true,
): Promise<string> {
  const id = newId()
  await db.example.create({
    data: {
      id,
      versionId,
      caseId,
      kind: 'good',
      text: 'My invoice is wrong.',
      labelId: project.categories.Billing,
      explanation: 'The invoice is the request.',
      enabled,
      position: 0,
    },
  })
  return id
}

const TEXTS = [
  'My invoice shows a charge twice, please credit it',
  'The export crashes with an error since the update',
  'How do I set up a schedule for the report',
]

/** `count` cases of one pool whose ranks follow their order; returns their ids. */
export async function createCases(
  project: TestProject,
  pool: 'example' | 'dev' | 'test',
  count: number,
): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const text = `${TEXTS[i % TEXTS.length]} (${i})`
    ids.push(await createCase(project, { pool, text, rank: i / count }))
  }
  return ids
}
