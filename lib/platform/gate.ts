import { redirect, notFound as showNotFound } from 'next/navigation'
import type { Actor, Member, Policy } from './access'
import { db } from './database'
import { AppError } from './errors'
import { findMembership } from './members'
import { findSessionUserId } from './session'

/** The one place where a session becomes a person, and with `members` a member. */

/** Null without a session, or when the person was removed or disabled. */
export async function findActor(): Promise<Actor | null> {
  const userId = await findSessionUserId()
  if (!userId) return null
  const user = await db.user.findFirst({ where: { id: userId, disabledAt: null } })
  if (!user) return null
  return { userId: user.id, name: user.name, email: user.email, isAdmin: user.isAdmin } as Actor
}

/** Throws `unauthenticated`. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor()
  if (!actor) throw new AppError('unauthenticated', 'Please sign in.')
  return actor
}

/** Throws `unauthenticated`, `not_found` for a project one does not belong to, `forbidden`. */
export async function requireMember(projectSlug: string, policy: Policy): Promise<Member> {
  const actor = await requireActor()
  const member = await findMembership(actor, { slug: projectSlug })
  if (!member) throw new AppError('not_found', 'This project was not found.')
  if (!policy(member)) {
    throw new AppError('forbidden', 'Your role in this project does not allow this.')
  }
  return member
}

/** For pages: leads to sign-in, or to the page that says "not found". */
export async function gateActor(): Promise<Actor> {
  const actor = await findActor()
  return actor ?? redirect('/sign-in')
}

/** For pages below `/projects/[project]`. */
export async function gateMember(
  params: Promise<{ project: string }>,
  policy: Policy,
): Promise<Member> {
  const { project } = await params
  try {
    return await requireMember(project, policy)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'unauthenticated') redirect('/sign-in')
    return showNotFound()
  }
}
