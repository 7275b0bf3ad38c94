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

// What the database refuses, whatever the code does.

let project: TestProject
let caseId: string
let pat: Member
let sam: Member
beforeEach(async () => {
  project = await createProject()
  caseId = await createCase(project, { pool: 'dev' })
  ;[pat, sam] = [await createMember(project), await createMember(project)]
})

type Purpose = 'ordinary' | 'second_opinion' | 'check_case' | 'repeat'

async function ask(slot: number, purpose: Purpose = 'ordinary', member?: Member): Promise<string> {
  const id = newId()
  const base = { id, projectId: project.id, caseId, slot, purpose, forUserId: member?.userId }
  await db.assignment.create({ data: { ...base, mode: 'blind', frame: 'dev', rank: 0 } })
  return id
}
const say = (assignmentId: string, { userId }: Member, purpose: Purpose = 'ordinary') =>
  db.review.create({
    data: {
      ...{ id: newId(), projectId: project.id, caseId, assignmentId, purpose },
      ...{ reviewerId: userId, labelId: project.categories.Defect, answeredAt: new Date() },
    },
  })

describe('no more reviews than wanted', () => {
  it('of one slot, nor in a slot that nobody wants', async () => {
    await ask(1)
    await expect(ask(1)).rejects.toMatchObject({ code: 'P2002' })
    await expect(ask(2)).rejects.toThrow('No more reviews than wanted')
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    await ask(2)
  })

  it('beyond two live second opinions', async () => {
    const ids = [await ask(2, 'second_opinion'), await ask(3, 'second_opinion')]
    await expect(ask(4, 'second_opinion')).rejects.toThrow('No more reviews than wanted')
    await db.assignment.update({ where: { id: ids[0] }, data: { status: 'withdrawn' } })
    await ask(4, 'second_opinion')
  })

  it.each(['check_case', 'repeat'] as const)('of a %s for one person', async (purpose) => {
    await ask(1, purpose, pat)
    await expect(ask(1, purpose, pat)).rejects.toMatchObject({ code: 'P2002' })
    await ask(1, purpose, sam)
  })
})

describe('one answer', () => {
  it('to an assignment', async () => {
    const id = await ask(1)
    await say(id, pat)
    await expect(say(id, sam)).rejects.toMatchObject({ code: 'P2002' })
  })

  it('of a person to a case, but for one repeat', async () => {
    await say(await ask(1), pat)
    const second = await ask(2, 'second_opinion')
    await expect(say(second, pat, 'second_opinion')).rejects.toMatchObject({ code: 'P2002' })
    const check = await ask(1, 'check_case', pat)
    await expect(say(check, pat, 'check_case')).rejects.toMatchObject({ code: 'P2002' })
    const repeat = await ask(1, 'repeat', pat)
    await say(repeat, pat, 'repeat')
    await db.assignment.update({ where: { id: repeat }, data: { status: 'withdrawn' } })
    const again = await ask(1, 'repeat', pat)
    await expect(say(again, pat, 'repeat')).rejects.toMatchObject({ code: 'P2002' })
  })

  it('that stays as it was given, and says what it was asked for', async () => {
    const id = await createReview(pat, caseId, { labelId: project.categories.Defect })
    await expect(db.review.update({ where: { id }, data: { note: 'x' } })).rejects.toThrow('append')
    await expect(db.review.delete({ where: { id } })).rejects.toThrow('append')
    const check = await ask(1, 'check_case', sam)
    await expect(say(check, sam, 'ordinary')).rejects.toMatchObject({ code: 'P2003' })
  })
})

it('takes no check case from the test pool, nor one of another project', async () => {
  const check = (id: string, projectId: string) =>
    db.checkCase.create({ data: { caseId: id, projectId } })
  const locked = await createCase(project, { pool: 'test' })
  await expect(check(locked, project.id)).rejects.toThrow('example and the dev pool')
  const elsewhere = await createProject()
  await expect(check(caseId, elsewhere.id)).rejects.toThrow('example and the dev pool')
  await check(caseId, project.id)
})
