import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { listProjectsToPlan, listWaitingCases } from './data'
import { planProject } from './jobs'

let project: TestProject
/** The run whose suggestions are shown, and others that have labelled the same cases. */
let shown: string
beforeEach(async () => {
  project = await createProject()
  // Nothing is short of its target unless a test says so.
  await db.project.update({ where: { id: project.id }, data: { targetPerCategory: 0 } })
  shown = (await releaseSetup(project)).runId
})

let packs = 1
/** A finished run of a set-up that is not in force. */
async function anotherRun(standIn = true): Promise<string> {
  const { setup } = await db.run.findUniqueOrThrow({
    where: { id: shown },
    include: { setup: true },
  })
  const tried = await db.setup.create({
    data: { id: newId(), projectId: project.id, versionId: setup.versionId, packSize: ++packs },
  })
  const run = await db.run.create({
    data: {
      id: newId(),
      projectId: project.id,
      setupId: tried.id,
      pool: 'example',
      status: 'done',
      content: {},
      contentHash: '',
      modelId: 'test',
      standIn,
    },
  })
  return run.id
}

type Name = keyof TestProject['categories']

/** Opens the reviews wanted of a case, each with the suggestion in force. */
async function open(caseId: string): Promise<void> {
  const { pool, rank } = await db.case.findUniqueOrThrow({ where: { id: caseId } })
  const { reviewsWanted } = await db.project.findUniqueOrThrow({ where: { id: project.id } })
  const suggestion = await db.suggestion.findFirst({ where: { caseId, runId: shown } })
  await db.assignment.createMany({
    data: Array.from({ length: reviewsWanted }, (_, at) => ({
      id: newId(),
      projectId: project.id,
      caseId,
      slot: at + 1,
      mode: pool === 'example' ? ('shown' as const) : ('blind' as const),
      frame: pool ?? '',
      rank,
      place: rank,
      suggestionId: pool === 'example' ? (suggestion?.id ?? null) : null,
    })),
  })
}

let ranked = 0
/** Cases of the example pool by rank, each with what the shown run and others said of it. */
async function casesSaid(
  said: readonly (readonly [Name, ...Name[]])[],
  others: readonly string[],
): Promise<string[]> {
  const ids: string[] = []
  for (const labels of said) {
    const id = await createCase(project, { pool: 'example', rank: ++ranked / 10_000 })
    ids.push(id)
    for (const [at, runId] of [shown, ...others].entries()) {
      const label = labels[at]
      if (label) await createSuggestion(runId, id, { labelId: project.categories[label] })
    }
    await open(id)
  }
  return ids
}

const assignmentsOf = (caseId: string | undefined) =>
  db.assignment.findMany({ where: { caseId }, orderBy: { slot: 'asc' } })
const marks = () =>
  db.assignment.findMany({
    where: { projectId: project.id, lane: 'targeted' },
    orderBy: [{ place: 'asc' }, { id: 'asc' }],
  })

const AGREED = ['Billing', 'Billing', 'Billing'] as const
const agreed = (n: number) => Array.from({ length: n }, () => AGREED)

describe('planProject', () => {
  it('marks the cases on which runs disagree, the riskiest first, and leaves the others in order', async () => {
    const others = [await anotherRun(), await anotherRun()]
    const [mild, split] = await casesSaid(
      [['Billing', 'Billing', 'Defect'], ['Billing', 'Defect', 'Defect'], ...agreed(6)],
      others,
    )
    await planProject(project.id)
    const marked = await marks()
    expect(marked.map(({ caseId }) => caseId)).toEqual([split, mild])
    expect(
      marked.map(({ selection, risk, place, aimedAtId }) => ({
        selection,
        risk,
        place,
        aimedAtId,
      })),
    ).toEqual([
      { selection: 'targeted', risk: 1, place: 0, aimedAtId: null },
      { selection: 'targeted', risk: 7 / 8, place: 1 / 8, aimedAtId: null },
    ])
    const rest = await db.assignment.findMany({ where: { projectId: project.id, lane: 'random' } })
    expect(rest).toHaveLength(6)
    for (const { selection, place, rank } of rest) {
      expect({ selection, place }).toEqual({ selection: 'random', place: rank })
    }
  })

  it('can pick from the example pool alone, whatever the code does', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    await open(caseId)
    for (const selection of ['targeted', 'quota'] as const) {
      const pick = db.assignment.updateMany({ where: { caseId }, data: { selection } })
      await expect(pick).rejects.toThrow('Assignment_picked_from_examples')
    }
  })

  it('writes nothing when all is as it should be', async () => {
    await casesSaid([['Billing', 'Defect'], ...agreed(6)], [await anotherRun()])
    await planProject(project.id)
    const versions = () =>
      db.$queryRaw`SELECT id, xmin::text FROM "Assignment"
        WHERE "projectId" = ${project.id}::uuid ORDER BY id`
    const before = await versions()
    expect(await marks()).toHaveLength(1)
    await planProject(project.id)
    expect(await versions()).toEqual(before)
  })

  it('takes what the set-up in force says otherwise when asked again for one more sign', async () => {
    const { setupId } = await db.run.findUniqueOrThrow({ where: { id: shown } })
    const [again, other] = [await anotherRun(), await anotherRun()]
    await db.run.update({ where: { id: again }, data: { setupId } })
    const [byOther, byItself] = await casesSaid(
      [['Billing', 'Billing', 'Defect'], ['Billing', 'Defect', 'Billing'], ...agreed(6)],
      [again, other],
    )
    const waiting = await listWaitingCases(project.id)
    const alikeOf = (id: string | undefined) =>
      waiting.find(({ caseId }) => caseId === id)?.votes.map(({ n, alike }) => [n, alike])
    expect(alikeOf(byOther)?.sort()).toEqual([
      [1, 0],
      [2, 2],
    ])
    await planProject(project.id)
    expect((await marks()).map(({ caseId }) => caseId)).toEqual([byItself, byOther])
  })

  it('does not mix votes of real models with those of the stand-in', async () => {
    await casesSaid([['Billing', 'Defect'], ...agreed(6)], [await anotherRun(false)])
    await planProject(project.id)
    expect(await marks()).toEqual([])
  })

  it('counts no failed call as a vote', async () => {
    const other = await anotherRun()
    const [id = ''] = await casesSaid([['Billing'], ...agreed(3)], [other])
    await createSuggestion(other, id, { labelId: null, status: 'failed' })
    await planProject(project.id)
    expect(await marks()).toEqual([])
  })

  it('keeps to the cap of one confusion pair', async () => {
    const split = Array.from({ length: 5 }, () => ['Billing', 'Defect'] as const)
    await casesSaid([...split, ...agreed(20)], [await anotherRun()])
    await db.reviewSettings.create({ data: { projectId: project.id, pairCap: 2 } })
    await planProject(project.id)
    expect(await marks()).toHaveLength(2)
  })

  it('picks for a category short of its target, and puts back what it no longer lacks', async () => {
    const [billing, defect] = await casesSaid(
      [['Billing'], ['Defect'], ['Billing'], ['Defect']],
      [],
    )
    const { Billing, Defect, Education } = project.categories
    await db.project.update({ where: { id: project.id }, data: { targetPerCategory: 1 } })
    for (const label of [Billing, Education]) {
      await setFinalLabel(project, await createCase(project, { pool: 'dev' }), label)
    }
    // A quarter of four cases is one mark, and half of one is none: make room for it.
    for (let at = 0; at < 4; at++) await casesSaid([['Billing'], ['Billing']], [])
    await planProject(project.id)
    const [mark, ...more] = await marks()
    expect(more).toEqual([])
    expect(mark).toMatchObject({
      caseId: defect,
      selection: 'quota',
      risk: null,
      aimedAtId: Defect,
    })
    expect(mark?.caseId).not.toBe(billing)

    await setFinalLabel(project, await createCase(project, { pool: 'dev' }), Defect)
    await planProject(project.id)
    expect(await marks()).toEqual([])
    const [back] = await assignmentsOf(defect)
    expect(back).toMatchObject({ lane: 'random', selection: 'random', risk: null, aimedAtId: null })
    expect(back?.place).toBe(back?.rank)
  })

  it('leaves alone what someone has, had, was given or is asked to check', async () => {
    const { userId } = await createMember(project)
    const split = Array.from({ length: 6 }, () => ['Billing', 'Defect'] as const)
    const [held, returned, aside, given, bulk, free] = await casesSaid(
      [...split, ...agreed(30)],
      [await anotherRun()],
    )
    const set = (
      caseId: string | undefined,
      data: Parameters<typeof db.assignment.updateMany>[0]['data'],
    ) => db.assignment.updateMany({ where: { caseId }, data })
    await set(held, { holderId: userId, leaseUntil: new Date(Date.now() + 60_000) })
    await set(returned, { holderId: userId, leaseUntil: new Date(0) })
    await set(aside, { forUserId: userId })
    const handout = await db.handout.create({
      data: {
        id: newId(),
        projectId: project.id,
        userId,
        pool: 'example',
        cases: 1,
        createdById: userId,
      },
    })
    await set(given, { handoutId: handout.id })
    const { setupId } = await db.run.findUniqueOrThrow({ where: { id: shown } })
    const confirm = await db.bulkConfirm.create({
      data: {
        id: newId(),
        projectId: project.id,
        setupId,
        labelId: project.categories.Billing,
        byId: userId,
        confirmed: 0,
        sampled: 1,
        blind: 0,
        right: 0,
        lowerBound: 0,
      },
    })
    await set(bulk, { bulkId: confirm.id })
    await planProject(project.id)
    expect((await marks()).map(({ caseId }) => caseId)).toEqual([free])
  })

  it('marks all reviews wanted of a case, or none once one of them was given out', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    const [whole, begun] = await casesSaid(
      [['Billing', 'Defect'], ['Billing', 'Defect'], ...agreed(10)],
      [await anotherRun()],
    )
    await db.assignment.updateMany({
      where: { caseId: begun, slot: 1 },
      data: { leaseUntil: new Date(Date.now() + 60_000) },
    })
    await planProject(project.id)
    expect((await marks()).map(({ caseId, slot }) => [caseId, slot]).sort()).toEqual([
      [whole, 1],
      [whole, 2],
    ])
  })

  it('waits for nobody: what is just being claimed stays as it is', async () => {
    const [taken, free] = await casesSaid(
      [['Billing', 'Defect'], ['Billing', 'Defect'], ...agreed(10)],
      [await anotherRun()],
    )
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Assignment" WHERE "caseId" = ${taken}::uuid FOR UPDATE`
      await planProject(project.id)
    })
    expect((await marks()).map(({ caseId }) => caseId)).toEqual([free])
  })

  it('never touches dev and test: their work stays a random sample', async () => {
    await casesSaid([['Billing', 'Defect'], ...agreed(3)], [await anotherRun()])
    await db.project.update({ where: { id: project.id }, data: { targetPerCategory: 100 } })
    for (const pool of ['dev', 'test'] as const) {
      for (let at = 0; at < 5; at++) {
        const id = await createCase(project, { pool })
        await createSuggestion(shown, id, { labelId: project.categories.Defect })
        await open(id)
      }
    }
    await planProject(project.id)
    const blind = await db.assignment.findMany({
      where: { projectId: project.id, frame: { in: ['dev', 'test'] } },
    })
    expect(blind).toHaveLength(10)
    for (const { lane, selection, place, rank } of blind) {
      expect({ lane, selection, place }).toEqual({
        lane: 'random',
        selection: 'random',
        place: rank,
      })
    }
  })
})

describe('listProjectsToPlan', () => {
  it('names projects with a set-up in force in which something happened lately', async () => {
    expect(await listProjectsToPlan(5)).toContain(project.id)
    const idle = await createProject()
    expect(await listProjectsToPlan(5)).not.toContain(idle.id)
    await db.release.updateMany({
      where: { projectId: project.id },
      data: { releasedAt: new Date(0) },
    })
    expect(await listProjectsToPlan(5)).not.toContain(project.id)
    await db.run.update({ where: { id: shown }, data: { finishedAt: new Date() } })
    expect(await listProjectsToPlan(5)).toContain(project.id)
  })
})
