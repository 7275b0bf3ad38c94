import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { anyMember, managers } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { findActor, requireMember } from '@/lib/platform/gate'
import { sessionCookieName } from '@/lib/platform/session'
import { createMember, createProject, createUser } from '@/lib/platform/testing/fixtures'
import { listOwnProjects } from './data'

// Next hands out cookies only while it serves a request; everything behind them is the real thing.
const jar = vi.hoisted(() => new Map<string, { value: string }>())
vi.mock('next/headers', () => ({ cookies: async () => jar }))

async function comeAs(userId: string) {
  const value = await encode({ token: { sub: userId }, secret: env().NEXTAUTH_SECRET })
  jar.set(sessionCookieName(), { value })
}

beforeEach(() => jar.clear())

describe('membership is read at every request', () => {
  test('a removed member is out at once, with the same cookie', async () => {
    const project = await createProject()
    const member = await createMember(project)
    await comeAs(member.userId)
    expect(await requireMember(project.slug, anyMember)).toMatchObject({ role: 'reviewer' })
    await db.membership.deleteMany({ where: { userId: member.userId } })
    await expect(requireMember(project.slug, anyMember)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('a changed role holds at once', async () => {
    const project = await createProject()
    const member = await createMember(project, 'manager')
    await comeAs(member.userId)
    expect(await requireMember(project.slug, managers)).toMatchObject({ role: 'manager' })
    await db.membership.updateMany({ where: { userId: member.userId }, data: { role: 'reviewer' } })
    await expect(requireMember(project.slug, managers)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a disabled person is nobody at once', async () => {
    const project = await createProject()
    const member = await createMember(project)
    await comeAs(member.userId)
    expect(await findActor()).toMatchObject({ userId: member.userId })
    await db.user.update({ where: { id: member.userId }, data: { disabledAt: new Date() } })
    expect(await findActor()).toBeNull()
    await expect(requireMember(project.slug, anyMember)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  test('another project’s members learn no more than that there is no such project', async () => {
    const [own, other] = [await createProject(), await createProject()]
    await comeAs((await createMember(own)).userId)
    const refusals = [other.slug, 'no-such-project'].map((slug) =>
      requireMember(slug, anyMember).catch(String),
    )
    const [foreign, missing] = await Promise.all(refusals)
    expect(foreign).toBe(missing)
    expect(foreign).toContain('not found')
  })

  test('an admin is a manager everywhere, until that is taken away', async () => {
    const project = await createProject()
    const admin = await createUser('Alex', true)
    await comeAs(admin.userId)
    expect(await requireMember(project.slug, managers)).toMatchObject({ role: 'manager' })
    await db.user.update({ where: { id: admin.userId }, data: { isAdmin: false } })
    await expect(requireMember(project.slug, anyMember)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test.each(['rubbish', ''])('a cookie that holds %j is no session', async (value) => {
    jar.set(sessionCookieName(), { value })
    expect(await findActor()).toBeNull()
  })

  test('a cookie signed with another secret is no session', async () => {
    const { userId } = await createUser()
    const value = await encode({ token: { sub: userId }, secret: 'the secret of someone else' })
    jar.set(sessionCookieName(), { value })
    expect(await findActor()).toBeNull()
  })
})

describe('the projects one sees', () => {
  test('are one’s own, with one’s role; an admin’s are all', async () => {
    const [own, other] = [await createProject(), await createProject()]
    const member = await createMember(own, 'prompt_engineer')
    await comeAs(member.userId)
    const actor = await findActor()
    if (!actor) throw new Error('signed in')
    expect(await listOwnProjects(actor)).toMatchObject([
      { slug: own.slug, role: 'prompt_engineer' },
    ])

    const all = await listOwnProjects(await createUser('Alex', true))
    expect(all.map(({ slug }) => slug)).toEqual(expect.arrayContaining([own.slug, other.slug]))
    expect(all.every(({ role }) => role === 'manager')).toBe(true)
  })
})
