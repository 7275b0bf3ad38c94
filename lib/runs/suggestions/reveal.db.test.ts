import { beforeEach, expect, test } from 'vitest'
import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { revealInput } from '../schema'
import { listShowable, listSuggestions } from './data'
import { listHidden } from './rules'

let project: TestProject
let engineer: Member
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})

const NO_STATUS = { after: undefined, status: undefined }

/** A run that says Defect of so many cases of a pool. */
async function addRun(pool: 'example' | 'dev' | 'test', n: number) {
  const caseIds: string[] = []
  for (let at = 0; at < n; at++) caseIds.push(await createCase(project, { pool }))
  const { setupId } = await createVersion(project)
  const answers = Object.fromEntries(caseIds.map((id) => [id, project.categories.Defect ?? null]))
  const run = { pool, content: {}, contentHash: '', answers }
  return { runId: await createFinishedRun(project, setupId, run), caseIds }
}

/** As the route does. */
async function reveal(member: Member, runId: string, caseIds: string[]): Promise<string[]> {
  const shown = await listShowable(member, runId, { caseIds })
  await recordSights(member, shown)
  return shown
}

const sights = (member: Member) =>
  db.caseSight
    .findMany({ where: { userId: member.userId } })
    .then((rows) => rows.map((row) => row.caseId))

/** In the member's hands for so many minutes more, or set aside for them. */
async function ask(caseId: string, member: Member, how: { minutes: number } | 'set aside') {
  const held =
    how === 'set aside'
      ? ({ forUserId: member.userId, purpose: 'check_case' } as const)
      : { holderId: member.userId, leaseUntil: new Date(Date.now() + how.minutes * 60_000) }
  const slot = { slot: 1, mode: 'blind', frame: 'example', rank: 0 } as const
  const id = newId()
  await db.assignment.create({ data: { ...slot, ...held, id, caseId, projectId: project.id } })
  return id
}

for (const pool of ['example', 'dev'] as const) {
  test(`what is hidden of a run on ${pool} is shown to who asks for it, and to nobody else`, async () => {
    const { runId, caseIds } = await addRun(pool, 3)
    const before = await listSuggestions(engineer, runId, NO_STATUS)
    expect(before.rows.map(({ label }) => label)).toEqual([null, null, null])
    const [first = '', ...others] = listHidden(before)
    expect(new Set([first, ...others])).toEqual(new Set(caseIds))

    expect(await reveal(engineer, runId, [first, first])).toEqual([first])
    const { rows } = await listSuggestions(engineer, runId, NO_STATUS)
    expect(rows.map(({ label }) => label)).toEqual(['Defect', null, null])
    expect(await sights(engineer)).toEqual([first])
    expect(new Set(await reveal(engineer, runId, caseIds))).toEqual(new Set(others))
    expect(await reveal(engineer, runId, caseIds)).toEqual([])

    const other = await createMember(project, 'manager')
    expect(listHidden(await listSuggestions(other, runId, NO_STATUS))).toHaveLength(3)
  })
}

test('nothing is shown to a reviewer, who answers before they see', async () => {
  const { runId, caseIds } = await addRun('example', 2)
  const reviewer = await createMember(project, 'reviewer')
  expect(await reveal(reviewer, runId, caseIds)).toEqual([])
  expect(await sights(reviewer)).toEqual([])
})

test('what a person is being asked about stays hidden, though it has a label', async () => {
  const { runId, caseIds } = await addRun('example', 4)
  const [inHand = '', setAside = '', lapsed = '', free = ''] = caseIds
  await ask(inHand, engineer, { minutes: 5 })
  await ask(setAside, engineer, 'set aside')
  const lapsedId = await ask(lapsed, engineer, { minutes: -1 })
  // A label does not open what they are being asked about.
  await setFinalLabel(project, inHand, project.categories.Billing)
  await setFinalLabel(project, setAside, project.categories.Billing)

  const showable = new Set([lapsed, free])
  expect(new Set(listHidden(await listSuggestions(engineer, runId, NO_STATUS)))).toEqual(showable)
  expect(new Set(await reveal(engineer, runId, caseIds))).toEqual(showable)
  const { rows } = await listSuggestions(engineer, runId, NO_STATUS)
  const hidden = rows.filter((row) => row.hidden).map(({ caseId }) => caseId)
  expect(new Set(hidden)).toEqual(new Set([inHand, setAside]))
  expect(new Set(await sights(engineer))).toEqual(showable)
  // Whoever has seen it is given it no more; what is in hand stays there.
  const left = await db.assignment.findUniqueOrThrow({ where: { id: lapsedId } })
  expect(left.holderId).toBeNull()
  expect(await db.assignment.count({ where: { holderId: engineer.userId } })).toBe(1)
})

test('the test pool stays locked', async () => {
  const { runId, caseIds } = await addRun('test', 1)
  await expect(reveal(engineer, runId, caseIds)).rejects.toMatchObject({ code: 'forbidden' })
  const open = await addRun('dev', 1)
  await expect(reveal(engineer, open.runId, caseIds)).rejects.toMatchObject({ code: 'invalid' })
  expect(await sights(engineer)).toEqual([])
})

test('one case of elsewhere and none is shown; a run of another project is not found', async () => {
  const { runId, caseIds } = await addRun('dev', 1)
  const elsewhere = await createCase(project, { pool: 'dev' })
  await expect(reveal(engineer, runId, [...caseIds, elsewhere])).rejects.toMatchObject({
    code: 'invalid',
  })
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(reveal(stranger, runId, caseIds)).rejects.toMatchObject({ code: 'not_found' })
  expect([...(await sights(engineer)), ...(await sights(stranger))]).toEqual([])
})

test('no more than a page is shown at once', () => {
  const caseIds = Array.from({ length: 51 }, newId)
  expect(revealInput.safeParse({ caseIds }).success).toBe(false)
  expect(revealInput.safeParse({ caseIds: caseIds.slice(1) }).success).toBe(true)
  expect(revealInput.safeParse({ caseIds: [] }).success).toBe(false)
})
