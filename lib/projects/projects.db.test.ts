import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/platform/access'
import { db, pool } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  createUser,
} from '@/lib/platform/testing/fixtures'
import { openAssignmentsJob } from '@/lib/reviews/schema'
import { findAccountLink } from '@/lib/users/accounts/data'
import { getProject, listProjects } from './data'
import { listMembers } from './members/data'
import { addMember, changeMember, removeMember } from './members/mutations'
import { changeCategories, changeProject, createProject as makeProject } from './mutations'
import { newProject } from './schema'

const input = newProject.parse({
  name: 'Issue threads',
  categories: [{ name: 'Intrinsic', description: 'In its own code' }, { name: 'Not a Bug' }],
})

async function projectOf(maker: Actor) {
  const { slug } = await makeProject(maker, input)
  return db.project.findUniqueOrThrow({ where: { slug }, include: { categories: true } })
}

describe('making a project', () => {
  it('gives it categories in order, a first draft, and its maker as manager', async () => {
    const admin = await createUser('Ada', true)
    const project = await projectOf(admin)
    expect(project.categories.map((category) => category.key)).toEqual(['intrinsic', 'not-a-bug'])
    const draft = await db.version.findFirstOrThrow({
      where: { projectId: project.id },
      include: { categories: true },
    })
    expect(draft.number).toBeNull()
    expect(draft.categories).toHaveLength(2)
    const [card] = (await listProjects({ ...admin, isAdmin: false })).filter(
      (found) => found.slug === project.slug,
    )
    expect(card).toMatchObject({ role: 'manager', categories: 2, cases: 0 })
  })

  it('finds another address for a second one of the same name', async () => {
    const admin = await createUser('Ada', true)
    const first = await projectOf(admin)
    const second = await projectOf(admin)
    expect(second.slug).not.toBe(first.slug)
  })

  it('is not for people who only review', async () => {
    const reviewer = await createUser('Rae')
    await expect(makeProject(reviewer, input)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('refuses two categories of one name', () => {
    const twice = newProject.safeParse({ ...input, categories: [{ name: 'A' }, { name: ' a ' }] })
    expect(twice.error?.issues[0]?.message).toBe('Two categories have the same name.')
  })
})

describe('settings', () => {
  it('swaps names, adds and archives categories, and keeps ids and keys', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const { Billing, Defect } = project.categories
    await changeCategories(manager, {
      categories: [
        { id: Defect, name: 'Billing', description: '' },
        { id: Billing, name: 'Defect', description: '' },
        { name: 'Fresh', description: 'new' },
      ],
    })
    const { categories } = await getProject(manager)
    expect(categories.map(({ id, name, key }) => [id, name, key])).toEqual([
      [Defect, 'Billing', 'defect'],
      [Billing, 'Defect', 'billing'],
      [expect.any(String), 'Fresh', 'fresh'],
    ])
  })

  it('changes descriptions while labels are being written', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const writing = await pool.connect()
    try {
      await writing.query('BEGIN')
      await writing.query(
        `INSERT INTO "PendingLabel" ("caseId", "projectId", "categoryId", use)
        VALUES (gen_random_uuid(), $1, $2, 'all')`,
        [project.id, project.categories.Billing],
      )
      const categories = Object.entries(project.categories).map(([name, id]) => ({
        ...{ id, name, description: 'New.' },
      }))
      await changeCategories(manager, { categories })
    } finally {
      await writing.query('ROLLBACK')
      writing.release()
    }
    expect((await getProject(manager)).categories.map((one) => one.description)).toEqual(
      Array(3).fill('New.'),
    )
  })

  it('takes no label that is no category of its own project', async () => {
    const [own, other] = [await createProject(), await createProject()]
    const caseId = await createCase(own, { pool: 'dev' })
    const label = { caseId, projectId: own.id, source: 'settled' } as const
    const foreign = { ...label, labelId: other.categories.Billing }
    await expect(db.finalLabel.create({ data: foreign })).rejects.toThrow('Foreign key')
    await db.finalLabel.create({ data: { ...label, labelId: own.categories.Billing } })
  })

  it('does not archive a category that is a label', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const caseId = await createCase(project)
    await db.finalLabel.create({
      data: {
        caseId,
        projectId: project.id,
        labelId: project.categories.Education,
        source: 'imported',
      },
    })
    const change = changeCategories(manager, {
      categories: [
        { id: project.categories.Billing, name: 'Billing', description: '' },
        { id: project.categories.Defect, name: 'Defect', description: '' },
      ],
    })
    await expect(change).rejects.toMatchObject({ code: 'conflict' })
    expect((await getProject(manager)).categories).toHaveLength(3)
  })

  it('changes targets and leaves a record', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    await changeProject(manager, { targetAccuracy: 0.95 })
    expect((await getProject(manager)).targetAccuracy).toBe(0.95)
    expect(await db.auditEvent.count({ where: { projectId: project.id } })).toBe(1)
  })

  it('has the queue follow how many reviews are wanted', async () => {
    const project = await createProject()
    await changeProject(await createMember(project, 'manager'), { reviewsWanted: 2 })
    const jobs = await db.$queryRaw<{ data: unknown }[]>`
      SELECT data FROM pgboss.job WHERE name = ${openAssignmentsJob.name}`
    expect(jobs).toContainEqual({ data: { projectId: project.id } })
  })
})

describe('members', () => {
  it('invites a new person with a link that works once, and adds a known one without', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager', 'Mo')
    const email = `new-${newId()}@example.com`
    const { link } = await addMember(manager, { email, name: 'Nia', role: 'reviewer' })
    const token = link?.match(/\/account\/([\w-]{43})$/)?.[1] ?? ''
    expect(await findAccountLink(token)).toEqual({ person: { name: 'Nia', email } })
    const known = await createUser('Kim')
    await db.user.update({ where: { id: known.userId }, data: { passwordHash: 'set' } })
    expect(await addMember(manager, { email: known.email, name: '', role: 'manager' })).toEqual({
      link: null,
    })
    expect((await listMembers(manager)).map(({ name, invited }) => [name, invited])).toEqual([
      ['Kim', false],
      ['Mo', true],
      ['Nia', true],
    ])
    await expect(
      addMember(manager, { email: known.email, name: '', role: 'reviewer' }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('never leaves a project without a manager, even when two remove each other at once', async () => {
    const project = await createProject()
    const one = await createMember(project, 'manager', 'One')
    const two = await createMember(project, 'manager', 'Two')
    const results = await Promise.allSettled([
      removeMember(one, two.userId),
      removeMember(two, one.userId),
    ])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await db.membership.count({ where: { projectId: project.id } })).toBe(1)
  })

  it('does not make the last manager a reviewer', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    await expect(changeMember(manager, manager.userId, { role: 'reviewer' })).rejects.toMatchObject(
      { code: 'conflict' },
    )
  })
})
