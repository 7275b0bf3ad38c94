import { beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { matching } from './data'
import { readFinishedTexts } from './jobs'
import { openSimilarCases } from './mutations'

let project: TestProject
let reviewer: Member
beforeEach(async () => {
  project = await createProject()
  reviewer = await createMember(project)
})

type Pool = 'example' | 'dev' | 'test'

async function addCase(text: string, pool: Pool = 'example'): Promise<string> {
  return createCase(project, { pool, text })
}

async function addFinished(text: string, pool: Pool = 'example'): Promise<string> {
  const id = await addCase(text, pool)
  await setFinalLabel(project, id, project.categories.Billing, project.categories.Defect)
  return id
}

const read = () => readFinishedTexts.run({}, new AbortController().signal)
const similarIds = async (member: Member, caseId: string) =>
  (await openSimilarCases(member, caseId)).map(({ id }) => id)

/** A case that the reviewer has answered. */
async function addAnswered(text: string, pool: Pool = 'dev'): Promise<string> {
  const id = await addCase(text, pool)
  await createReview(reviewer, id, { labelId: project.categories.Defect })
  return id
}

async function hold(caseId: string, mode: 'shown' | 'blind', minutes = 5, repeat = false) {
  await db.assignment.create({
    data: {
      ...{ id: newId(), projectId: project.id, caseId, slot: 1, mode, frame: 'example', rank: 0 },
      ...(repeat ? { purpose: 'repeat', forUserId: reviewer.userId } : {}),
      ...{ holderId: reviewer.userId, leaseUntil: new Date(Date.now() + minutes * 60_000) },
    },
  })
}

describe('openSimilarCases', () => {
  it('finds finished cases of the open pools with their labels, the likest first', async () => {
    const like = await addFinished('The invoice for March charges the discount twice')
    const less = await addFinished('The invoice for March never came', 'dev')
    const locked = await addFinished('The invoice for March charges the discount twice too', 'test')
    await addFinished('Login fails after the upgrade')
    await addCase('The invoice for March charges the discount twice again')
    const id = await addAnswered('Invoice charges the March discount twice')
    await read()
    const found = await openSimilarCases(reviewer, id)
    expect(found[0]).toMatchObject({ id: like, label: 'Billing', secondLabel: 'Defect' })
    expect(found.map((item) => item.id)).toContain(less)
    expect(found.map((item) => item.id)).not.toContain(locked)
  })

  it('finds nothing of another project, and no case whose label is gone', async () => {
    const gone = await addFinished('The invoice charges the discount twice')
    const id = await addAnswered('Invoice charges the discount twice')
    const kept = await addFinished('The invoice charges the discount twice')
    await read()
    await db.finalLabel.delete({ where: { caseId: gone } })
    const [own, elsewhere] = [project, await createProject()]
    project = elsewhere
    await addFinished('The invoice charges the discount twice')
    project = own
    await read()
    expect(await similarIds(reviewer, id)).toEqual([kept])
  })

  it('leaves out check cases and what is still asked, and asks nobody about what they saw', async () => {
    const check = await addFinished('The invoice charges the discount twice')
    await db.checkCase.create({ data: { caseId: check, projectId: project.id } })
    const asked = await addFinished('The invoice charges the discount twice')
    await db.assignment.create({
      data: {
        ...{ id: newId(), projectId: project.id, caseId: asked, slot: 1, mode: 'shown' as const },
        ...{ frame: 'example', rank: 0 },
      },
    })
    const seen = await addFinished('The invoice charges the discount twice')
    const id = await addAnswered('Invoice charges the discount twice')
    await read()
    expect(await similarIds(reviewer, id)).toEqual([seen])
    const sights = await db.caseSight.findMany({ where: { userId: reviewer.userId } })
    // The case itself too: its blind answer stands from now on.
    expect(new Set(sights.map(({ caseId }) => caseId))).toEqual(new Set([seen, id]))
  })

  it('is closed before the answer, but to who holds the case with the suggestion in view', async () => {
    await addFinished('The invoice charges the discount twice')
    await read()
    const refused = (id: string) =>
      expect(openSimilarCases(reviewer, id)).rejects.toThrow('not found')
    await refused(await addCase('Invoice discount'))
    await refused(newId())
    const blind = await addCase('Invoice discount')
    await hold(blind, 'blind')
    await refused(blind)
    const ended = await addCase('Invoice discount')
    await hold(ended, 'shown', -1)
    await refused(ended)
    const shown = await addCase('Invoice charges discount')
    await hold(shown, 'shown')
    expect(await similarIds(reviewer, shown)).toHaveLength(1)
    const again = await addAnswered('Invoice discount')
    await hold(again, 'blind', 5, true)
    await refused(again)
    const stranger = await createMember(await createProject())
    await expect(openSimilarCases(stranger, shown)).rejects.toThrow('not found')
  })
})

it('looks at a bounded number of a hundred thousand finished cases', async () => {
  await db.$executeRaw`
    INSERT INTO "FinishedText" ("caseId", "projectId", words)
    SELECT md5(n || ${project.id})::uuid, ${project.id}::uuid,
      array_to_tsvector(ARRAY[${project.id}, 'common', 'tenth' || n % 10, 'part' || n % 1000])
    FROM generate_series(1, 100000) AS n`
  await db.$executeRaw`ANALYZE "FinishedText"`
  const asked = matching(project.id, ['tenth3', 'part7'])
  const [row] = await db.$queryRaw<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }[]>`
    EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${asked} SELECT * FROM best`
  const plan = row?.['QUERY PLAN'][0].Plan
  expect(JSON.stringify(plan)).toContain('FinishedText_words')
  const buffers = (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0)
  expect(buffers).toBeLessThan(3_500)
}, 60_000)
