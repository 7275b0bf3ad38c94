import { expect, test } from 'vitest'
import { showExamples } from '@/lib/cases/sights/mutations'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createCase, createMember, createProject } from '@/lib/platform/testing/fixtures'
import { createVersion } from '@/lib/platform/testing/versions'
import { claimNextCases } from '@/lib/reviews/queue/mutations'
import { getVersion, listShownExamples } from './data'
import { createDraft } from './drafts/mutations'
import { addExample, removeExample } from './examples/mutations'

test('who is shown an example, or that of the parent, is not asked about its case any more', async () => {
  const project = await createProject()
  const [ann, bob, eve] = await Promise.all(
    ['Ann', 'Bob', 'Eve'].map((name) => createMember(project, 'prompt_engineer', name)),
  )
  if (!ann || !bob || !eve) throw new Error('Three people were made.')
  const { id: parentId } = await createVersion(project)
  const caseId = await createCase(project, { pool: 'example' })
  await addExample(ann, parentId, {
    ...{ edit: 0, kind: 'good', caseId, text: 'A bill', explanation: 'Because.' },
    ...{ labelId: project.categories.Billing, wrongLabelId: null },
  })
  const { id } = await createDraft(ann, { parentId })
  const [copy] = (await getVersion(ann, id)).examples
  await removeExample(ann, id, copy?.id ?? '', 0)
  await db.assignment.create({
    data: {
      ...{ id: newId(), projectId: project.id, caseId, slot: 1, mode: 'blind' },
      ...{ frame: 'example', rank: 0.5, place: 0.5 },
    },
  })
  const show = () => showExamples(bob, getVersion(bob, id), listShownExamples)
  const casesOf = async (member: typeof bob) =>
    (await claimNextCases(member)).claims.map((claim) => claim.case.id)

  expect(await casesOf(bob)).toEqual([caseId])
  expect((await show()).parentContent?.examples).toHaveLength(1)
  // What he had in hand went back, and he is not handed it again.
  expect(await casesOf(bob)).toEqual([])
  expect(await casesOf(eve)).toEqual([caseId])
  await show()
  expect(await db.caseSight.findMany({ where: { caseId } })).toMatchObject([{ userId: bob.userId }])
})
