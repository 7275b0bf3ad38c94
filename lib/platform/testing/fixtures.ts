import { createHash } from 'node:crypto'
import type { Actor, Member, Role } from '../access'
import { db } from '../database'
import { newId } from '../ids'

/** Rows for tests, written straight into the database: nobody clicks through sign-in for them. */

export async function createUser(name = 'Pat', isAdmin = false): Promise<Actor> {
  const id = newId()
  const user = await db.user.create({
    data: { id, email: `${name.toLowerCase()}-${id}@example.com`, name, isAdmin },
  })
  return { userId: user.id, name, email: user.email, isAdmin } as Actor
}

export const TEST_CATEGORIES = ['Billing', 'Defect', 'Education'] as const

export type TestProject = {
  id: string
  slug: string
  /** Category ids by name. */
  categories: Record<(typeof TEST_CATEGORIES)[number], string>
}

export async function createProject(slug = `project-${newId()}`): Promise<TestProject> {
  const id = newId()
  const categories = { Billing: newId(), Defect: newId(), Education: newId() }
  await db.project.create({
    data: {
      id,
      slug,
      name: slug,
      categories: {
        create: TEST_CATEGORIES.map((name, position) => ({
          id: categories[name],
          key: name.toLowerCase(),
          name,
          position,
          description: `${name} matters.`,
        })),
      },
    },
  })
  return { id, slug, categories }
}

export async function createMember(
  project: { id: string; slug: string },
  role: Role = 'reviewer',
  name = 'Pat',
): Promise<Member> {
  const user = await createUser(name)
  await db.membership.create({ data: { projectId: project.id, userId: user.userId, role } })
  return {
    userId: user.userId,
    name,
    isAdmin: false,
    role,
    projectId: project.id,
    projectSlug: project.slug,
  } as Member
}

/** A pooled case in a cluster of its own; returns its id. */
export async function createCase(
  project: { id: string },
  input: {
    pool?: 'example' | 'dev' | 'test' | null
    text?: string
    rank?: number
    metadata?: Record<string, string>
  } = {},
): Promise<string> {
  const id = newId()
  const text = input.text ?? `Case ${id}`
  const pool = input.pool === undefined ? 'example' : input.pool
  const cluster = pool
    ? await db.cluster.create({ data: { id: newId(), projectId: project.id, pool } })
    : null
  await db.case.create({
    data: {
      id,
      projectId: project.id,
      externalId: `T-${id}`,
      subject: text.slice(0, 60),
      messages: [
        { author: 'Customer', role: 'customer', time: '2026-01-01T00:00:00Z', text },
        { author: 'Agent', role: 'agent', time: '2026-01-01T01:00:00Z', text: `Answer to ${id}` },
      ],
      textHash: createHash('sha256').update(text).digest(),
      characters: text.length,
      pool,
      metadata: input.metadata ?? {},
      clusterId: cluster?.id ?? null,
      rank: input.rank ?? Math.random(),
    },
  })
  return id
}
