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
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { findCurrentHandout, listHandouts } from './data'
import { sweepHandouts } from './jobs'
import { giveCases, takeBackHandout } from './mutations'
import { newHandout } from './schema'

let project: TestProject
let manager: Member
let person: Member
beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager', 'Mara')
  person = await createMember(project, 'reviewer', 'Rita')
})

/** Free cases by rank; of the example pool with what the set-up in force says of them. */
async function freeCases(
  pool: 'example' | 'dev' | 'test',
  count: number,
  said?: { runId: string; labelId: string },
  slots = 1,
): Promise<string[]> {
  const ids: string[] = []
  const start = await db.case.count({ where: { projectId: project.id } })
  for (let at = 0; at < count; at++) {
    const rank = (start + at + 1) / 1_000
    const caseId = await createCase(project, { pool, rank })
    ids.push(caseId)
    const suggestionId = said
      ? await createSuggestion(said.runId, caseId, { labelId: said.labelId })
      : null
    await db.assignment.createMany({
      data: Array.from({ length: slots }, (_, slot) => ({
        id: newId(),
        projectId: project.id,
        caseId,
        slot: slot + 1,
        mode: pool === 'example' ? ('shown' as const) : ('blind' as const),
        frame: pool,
        rank,
        place: rank,
        suggestionId,
      })),
    })
  }
  return ids
}

const wish = (input: Partial<Parameters<typeof newHandout.parse>[0] & object> = {}) =>
  newHandout.parse({ userId: person.userId, pool: 'dev', cases: 3, ...input })
const setAside = async (member: Member = person) =>
  (
    await db.assignment.findMany({
      where: { projectId: project.id, forUserId: member.userId },
      orderBy: { place: 'asc' },
    })
  ).map(({ caseId }) => caseId)
const change = (
  caseId: string | undefined,
  data: Parameters<typeof db.assignment.updateMany>[0]['data'],
) => db.assignment.updateMany({ where: { caseId }, data })
const assignment = (caseId: string | undefined) =>
  db.assignment.findFirstOrThrow({ where: { caseId }, orderBy: { slot: 'asc' } })
const hold = (caseId: string | undefined, until: Date, who: Member = person) =>
  change(caseId, { holderId: who.userId, leaseUntil: until, claimedAt: new Date() })
const soon = () => new Date(Date.now() + 60_000)

describe('giveCases', () => {
  it('sets the next of the pool aside by random rank, and leaves them a random sample', async () => {
    await freeCases('test', 2)
    const dev = await freeCases('dev', 5)
    const given = await giveCases(manager, wish({ dueOn: '2026-12-04', note: 'This week' }))
    expect(given.cases).toBe(3)
    expect(await setAside()).toEqual(dev.slice(0, 3))
    for (const caseId of dev.slice(0, 3)) {
      expect(await assignment(caseId)).toMatchObject({
        handoutId: given.id,
        selection: 'random',
        lane: 'random',
        leaseUntil: null,
        status: 'open',
      })
    }
    expect(await findCurrentHandout(person)).toEqual({
      note: 'This week',
      dueOn: '2026-12-04',
      done: 0,
      cases: 3,
    })
    expect(await findCurrentHandout(manager)).toBeNull()
  })

  it('gives as many as there are and says so; where there are none it says so and keeps nothing', async () => {
    await freeCases('dev', 2)
    expect((await giveCases(manager, wish({ cases: 400 }))).cases).toBe(2)
    await expect(giveCases(manager, wish())).rejects.toMatchObject({ code: 'conflict' })
    const { handouts } = await listHandouts(manager)
    expect(handouts.map(({ cases }) => cases)).toEqual([2])
  })

  it('gives cases of one predicted category as targeted, from the example pool alone', async () => {
    const { runId } = await releaseSetup(project)
    const { Billing, Defect } = project.categories
    await freeCases('example', 2, { runId, labelId: Billing })
    const defects = await freeCases('example', 2, { runId, labelId: Defect })
    await giveCases(manager, wish({ pool: 'example', predictedId: Defect }))
    expect(await setAside()).toEqual(defects)
    expect(await assignment(defects[0])).toMatchObject({ selection: 'targeted' })
    for (const pool of ['dev', 'test'] as const) {
      const input = { ...wish(), pool, predictedId: Defect }
      expect(newHandout.safeParse(input).success).toBe(false)
    }
  })

  it('never gives what the person has reviewed, passed on or seen, nor what others have', async () => {
    const other = await createMember(project, 'reviewer', 'Otto')
    const dev = await freeCases('dev', 6)
    const [reviewed, passed, seen, held, aside, free] = dev
    const base = { projectId: project.id, frame: 'dev', rank: 0, mode: 'blind' as const }
    const done = await db.assignment.create({
      data: {
        ...base,
        id: newId(),
        caseId: reviewed ?? '',
        slot: 2,
        purpose: 'second_opinion',
        status: 'answered',
      },
    })
    await db.review.create({
      data: {
        id: newId(),
        projectId: project.id,
        assignmentId: done.id,
        caseId: reviewed ?? '',
        purpose: 'second_opinion',
        reviewerId: person.userId,
        labelId: project.categories.Billing,
        answeredAt: new Date(),
      },
    })
    await db.assignmentSkip.create({
      data: {
        id: newId(),
        assignmentId: (await assignment(passed)).id,
        caseId: passed ?? '',
        userId: person.userId,
        reason: 'other',
      },
    })
    await db.caseSight.create({ data: { caseId: seen ?? '', userId: person.userId } })
    await hold(held, soon(), other)
    await change(aside, { forUserId: other.userId })
    expect((await giveCases(manager, wish({ cases: 6 }))).cases).toBe(1)
    expect(await setAside()).toEqual([free])
  })

  it('gives one review of a case, also where two are wanted, and the other one to someone else', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    const cases = await freeCases('dev', 2, undefined, 2)
    expect((await giveCases(manager, wish())).cases).toBe(2)
    expect(await setAside()).toEqual(cases)
    const other = await createMember(project, 'prompt_engineer', 'Otto')
    expect((await giveCases(manager, wish({ userId: other.userId }))).cases).toBe(2)
    expect(await setAside(other)).toEqual(cases)
    await expect(giveCases(manager, wish())).rejects.toMatchObject({ code: 'conflict' })
  })

  it('waits for nobody: what is just being claimed is stepped over', async () => {
    const [taken, ...rest] = await freeCases('dev', 3)
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Assignment" WHERE "caseId" = ${taken}::uuid FOR UPDATE`
      expect((await giveCases(manager, wish())).cases).toBe(2)
    })
    expect(await setAside()).toEqual(rest)
  })

  it('gives no case to two people at once', async () => {
    const other = await createMember(project, 'reviewer', 'Otto')
    await freeCases('dev', 20)
    const given = await Promise.all(
      [person, other, person, other].map(({ userId }) =>
        giveCases(manager, wish({ userId, cases: 5 })),
      ),
    )
    expect(given.reduce((sum, { cases }) => sum + cases, 0)).toBe(
      (await setAside()).length + (await setAside(other)).length,
    )
    const all = [...(await setAside()), ...(await setAside(other))]
    expect(new Set(all).size).toBe(all.length)
  })

  it('gives only to people who review here, and only categories of the project', async () => {
    await freeCases('dev', 3)
    const stranger = await createMember(await createProject(), 'reviewer')
    for (const { userId } of [stranger, manager]) {
      await expect(giveCases(manager, wish({ userId }))).rejects.toMatchObject({ code: 'invalid' })
    }
    const foreign = (await createProject()).categories.Billing
    await expect(
      giveCases(manager, wish({ pool: 'example', predictedId: foreign })),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await db.handout.count({ where: { projectId: project.id } })).toBe(0)
  })
})

describe('listHandouts', () => {
  it('says what is done, what is left and what is late, newest first, and who can be given work', async () => {
    const [first, second] = await freeCases('dev', 3)
    await giveCases(manager, wish({ cases: 2, dueOn: '2020-01-02', note: 'Old' }))
    await change(first, { status: 'answered' })
    await giveCases(manager, wish({ cases: 1 }))
    const { handouts, people } = await listHandouts(manager)
    expect(people).toEqual([{ userId: person.userId, name: 'Rita' }])
    expect(
      handouts.map(({ cases, done, left, late, dueOn }) => ({ cases, done, left, late, dueOn })),
    ).toEqual([
      { cases: 1, done: 0, left: 1, late: false, dueOn: null },
      { cases: 2, done: 1, left: 1, late: true, dueOn: '2020-01-02' },
    ])
    expect(handouts[1]).toMatchObject({
      name: 'Rita',
      createdBy: 'Mara',
      pool: 'dev',
      predicted: null,
      ended: false,
      note: 'Old',
    })
    // What is due first comes first, then what has no day.
    expect(await findCurrentHandout(person)).toMatchObject({ note: 'Old', done: 1, cases: 2 })
    await change(second, { status: 'answered' })
    expect(await findCurrentHandout(person)).toMatchObject({ note: '', done: 0, cases: 1 })
  })
})

describe('takeBackHandout', () => {
  it('gives back what is not done, as it was, and leaves what is in hand', async () => {
    const { runId } = await releaseSetup(project)
    const said = { runId, labelId: project.categories.Billing }
    const [done, inHand, left, waiting] = await freeCases('example', 4, said)
    const { id } = await giveCases(
      manager,
      wish({ pool: 'example', predictedId: said.labelId, cases: 4 }),
    )
    await change(done, { status: 'answered' })
    await hold(inHand, soon())
    await hold(left, new Date(Date.now() - 1_000))
    await takeBackHandout(manager, id)

    const mine = { forUserId: person.userId, handoutId: id }
    expect(await assignment(inHand)).toMatchObject(mine)
    expect(await assignment(done)).toMatchObject({ ...mine, selection: 'targeted' })
    // Somebody had read it: how it was chosen is settled, and it is handed out next.
    const free = { forUserId: null, handoutId: null, status: 'open', lane: 'random' }
    expect(await assignment(left)).toMatchObject({ ...free, selection: 'targeted' })
    expect(await assignment(waiting)).toMatchObject({
      ...free,
      selection: 'random',
      leaseUntil: null,
    })
    expect(await findCurrentHandout(person)).toBeNull()
    expect((await listHandouts(manager)).handouts[0]).toMatchObject({
      ended: true,
      done: 1,
      cases: 4,
    })

    await expect(takeBackHandout(manager, id)).rejects.toMatchObject({ code: 'conflict' })
    const stranger = await createMember(await createProject(), 'manager')
    await expect(takeBackHandout(stranger, id)).rejects.toMatchObject({ code: 'not_found' })

    // The page was left since: the sweep gives back what was in hand.
    await hold(inHand, new Date(Date.now() - 1_000))
    await sweepHandouts()
    expect(await assignment(inHand)).toMatchObject({ ...free, selection: 'targeted' })
  })

  it('leaves an answer that was taken back with who gave it', async () => {
    const [caseId = ''] = await freeCases('dev', 1)
    const { id } = await giveCases(manager, wish())
    const given = await assignment(caseId)
    await db.review.create({
      data: {
        id: newId(),
        projectId: project.id,
        assignmentId: given.id,
        caseId,
        purpose: 'ordinary',
        reviewerId: person.userId,
        undone: true,
        answeredAt: new Date(),
      },
    })
    await takeBackHandout(manager, id)
    expect(await assignment(caseId)).toMatchObject({ forUserId: person.userId })
  })
})

describe('sweepHandouts', () => {
  it('takes back what was given to people who no longer review here, and only that', async () => {
    const gone = await createMember(project, 'reviewer', 'Gone')
    const risen = await createMember(project, 'reviewer', 'Risen')
    const [first, second, third] = await freeCases('dev', 3)
    for (const { userId } of [gone, risen, person])
      await giveCases(manager, wish({ userId, cases: 1 }))
    await sweepHandouts()
    expect(await setAside(gone)).toEqual([first])
    await db.membership.deleteMany({ where: { userId: gone.userId } })
    await db.membership.updateMany({ where: { userId: risen.userId }, data: { role: 'manager' } })
    await sweepHandouts()
    expect([await setAside(gone), await setAside(risen)]).toEqual([[], []])
    expect(await setAside()).toEqual([third])
    expect(await assignment(first)).toMatchObject({ forUserId: null, selection: 'random' })
    expect(await assignment(second)).toMatchObject({ forUserId: null, selection: 'random' })
    const { handouts } = await listHandouts(manager)
    expect(handouts.map(({ name, ended }) => [name, ended])).toEqual([
      ['Rita', false],
      ['Risen', true],
      ['Gone', true],
    ])
  })
})
