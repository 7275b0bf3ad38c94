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
import { releaseSetup, type TestSetup } from '@/lib/platform/testing/suggestions'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { getBulkView } from './data'
import { listBulkCases } from './listing/data'
import { confirmBulk } from './mutations'

let project: TestProject
let engineer: Member
let reviewer: Member
let setup: TestSetup
let billing: string
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  reviewer = await createMember(project)
  setup = await releaseSetup(project)
  billing = project.categories.Billing
})

/** What the set-up in force says of a case. */
async function suggest(caseId: string, labelId: string, counts = true): Promise<void> {
  await db.suggestion.create({
    data: { id: newId(), runId: setup.runId, caseId, labelId, status: 'parsed', counts },
  })
}

type Blind = {
  n: number
  right?: number
  pool?: 'dev' | 'test' | 'example'
  mode?: 'blind' | 'shown'
  counts?: boolean
  bulk?: boolean
}

/** Cases predicted as billing that have a label already. */
async function addLabelled({ n, right = n, pool = 'dev', counts, ...label }: Blind) {
  for (let at = 0; at < n; at++) {
    const caseId = await createCase(project, { pool })
    await suggest(caseId, billing, counts)
    const labelId = at < right ? billing : project.categories.Defect
    await db.finalLabel.create({
      data: { caseId, projectId: project.id, labelId, source: 'review', mode: 'blind', ...label },
    })
  }
}

/** Example cases predicted as billing that wait for review. */
async function addWaiting(n: number, text = (at: number) => `Invoice wrong number${at} of many`) {
  const ids: string[] = []
  for (let at = 0; at < n; at++) {
    const id = await createCase(project, { text: text(at) })
    await suggest(id, billing)
    ids.push(id)
  }
  await openMissingAssignments(project.id)
  return ids
}

const billingGate = async () =>
  (await getBulkView(engineer)).categories.find(({ labelId }) => labelId === billing)

async function chosen() {
  const { groups } = await listBulkCases(engineer, billing)
  return groups.flat().map(({ caseId, suggestionId }) => ({ caseId, suggestionId }))
}

const labels = () => db.finalLabel.findMany({ where: { projectId: project.id, bulk: true } })

describe('the gate', () => {
  it('counts blind labels of open pools only, and never examples of the version', async () => {
    await addLabelled({ n: 3, right: 2 })
    await addLabelled({ n: 1, pool: 'test' })
    await addLabelled({ n: 1, mode: 'shown' })
    await addLabelled({ n: 1, counts: false })
    await addLabelled({ n: 1, bulk: true })
    expect(await billingGate()).toMatchObject({ blind: 3, right: 2, allowed: false })
  })

  it('says how many are missing, and opens at 99 flawless ones', async () => {
    await addLabelled({ n: 98 })
    expect(await billingGate()).toMatchObject({ allowed: false, missing: 1 })
    await addWaiting(3)
    const input = { id: newId(), labelId: billing, cases: await chosen() }
    await expect(confirmBulk(engineer, input)).rejects.toThrow('1 more blind')
    await addLabelled({ n: 1 })
    expect(await billingGate()).toMatchObject({ allowed: true, missing: 0 })
  })
})

describe('listBulkCases', () => {
  it('lists what nobody holds, was given, passed on or labelled, those alike together', async () => {
    const [held, given, passed, risky, kept] = await addWaiting(5)
    const of = (caseId: string | undefined) => ({ where: { caseId } })
    const later = new Date(Date.now() + 60_000)
    await db.assignment.updateMany({
      ...of(held),
      data: { holderId: reviewer.userId, leaseUntil: later },
    })
    await db.assignment.updateMany({ ...of(given), data: { forUserId: reviewer.userId } })
    const assignment = await db.assignment.findFirstOrThrow(of(passed))
    await db.assignmentSkip.create({
      data: {
        ...{ id: newId(), assignmentId: assignment.id, caseId: assignment.caseId },
        ...{ userId: reviewer.userId, reason: 'other' },
      },
    })
    await db.assignment.updateMany({ ...of(risky), data: { lane: 'targeted', risk: 0.9 } })
    expect((await chosen()).map(({ caseId }) => caseId)).toEqual([kept])
  })

  it('lists nothing of another category, nor what a former set-up said', async () => {
    await addWaiting(1)
    expect((await listBulkCases(engineer, project.categories.Defect)).groups).toEqual([])
    await releaseSetup(project, 2)
    expect(await chosen()).toEqual([])
  })
})

describe('confirmBulk', () => {
  it('sends its sample to the front, also where two reviews of a case are wanted', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    await addLabelled({ n: 99 })
    await addWaiting(10)
    await confirmBulk(engineer, { id: newId(), labelId: billing, cases: await chosen() })
    const sent = await db.assignment.findFirstOrThrow({
      where: { projectId: project.id, bulkId: { not: null }, status: 'open' },
    })
    const { claims } = await claimNextCases(reviewer, { n: 1 })
    expect(claims.map((claim) => claim.assignmentId)).toEqual([sent.id])
  })

  beforeEach(() => addLabelled({ n: 99 }))

  it('labels all but a random tenth, which goes to ordinary review first, and marks it for good', async () => {
    await addWaiting(21)
    const id = newId()
    const input = { id, labelId: billing, cases: await chosen() }
    expect(await confirmBulk(engineer, input)).toEqual({ id, confirmed: 18, sampled: 3 })
    expect(await labels()).toHaveLength(18)
    const reviews = await db.review.findMany({ where: { bulkId: id } })
    expect(reviews).toHaveLength(18)
    expect(reviews[0]).toMatchObject({ thumb: 'up', seconds: null, labelId: billing })
    const claimed = await claimNextCases(reviewer, { n: 3 })
    const sampled = await db.assignment.findMany({ where: { bulkId: id, status: 'open' } })
    expect(new Set(claimed.claims.map((claim) => claim.case.id))).toEqual(
      new Set(sampled.map(({ caseId }) => caseId)),
    )
    // Who confirmed is asked about none of them.
    const sights = await db.caseSight.findMany({ where: { userId: engineer.userId } })
    expect(sights).toHaveLength(21)
  })

  it('changes nothing when it is sent again, and refuses another one under the same id', async () => {
    await addWaiting(4)
    const input = { id: newId(), labelId: billing, cases: await chosen() }
    const first = await confirmBulk(engineer, input)
    expect(await confirmBulk(engineer, input)).toEqual(first)
    expect(await labels()).toHaveLength(3)
    const other = await createMember(project, 'prompt_engineer')
    await expect(confirmBulk(other, input)).rejects.toThrow('Something else')
  })

  it('leaves alone what someone has in hand by now, and stops where too little is left', async () => {
    const ids = await addWaiting(4)
    const cases = await chosen()
    const { claims } = await claimNextCases(reviewer, { n: 2 })
    expect(claims).toHaveLength(2)
    expect(await confirmBulk(engineer, { id: newId(), labelId: billing, cases })).toMatchObject({
      confirmed: 1,
      sampled: 1,
    })
    const held = new Set(claims.map((claim) => claim.case.id))
    for (const label of await labels()) {
      expect(ids).toContain(label.caseId)
      expect(held.has(label.caseId)).toBe(false)
    }
    const again = { id: newId(), labelId: billing, cases }
    await expect(confirmBulk(engineer, again)).rejects.toThrow('Others have these cases')
    expect(await db.bulkConfirm.count({ where: { projectId: project.id } })).toBe(1)
  })

  it('gives one of two at once the cases, never both', async () => {
    await addWaiting(6)
    const cases = await chosen()
    const other = await createMember(project, 'prompt_engineer')
    const done = await Promise.allSettled(
      [engineer, other].map((member) =>
        confirmBulk(member, { id: newId(), labelId: billing, cases }),
      ),
    )
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await labels()).toHaveLength(5)
  })

  it('tells how the random tenth turns out', async () => {
    await addWaiting(11)
    const id = newId()
    await confirmBulk(engineer, { id, labelId: billing, cases: await chosen() })
    const [right, wrong] = await db.assignment.findMany({ where: { bulkId: id, status: 'open' } })
    const settle = (caseId: string | undefined, labelId: string) =>
      db.finalLabel.create({
        data: { caseId: caseId ?? '', projectId: project.id, labelId, source: 'review' },
      })
    const record = async () => (await getBulkView(engineer)).records[0]
    expect(await record()).toMatchObject({ confirmed: 9, sampled: 2, checked: 0, right: 0 })
    await settle(right?.caseId, billing)
    expect(await record()).toMatchObject({ checked: 1, right: 1, label: 'Billing' })
    await settle(wrong?.caseId, project.categories.Defect)
    expect(await record()).toMatchObject({ checked: 2, right: 1 })
  })
})
