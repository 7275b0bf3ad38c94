/** What a member may be. An admin who is not a member counts as a manager. */
export const ROLES = ['reviewer', 'prompt_engineer', 'manager'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_NAMES: Record<Role, string> = {
  reviewer: 'Reviewer',
  prompt_engineer: 'Prompt engineer',
  manager: 'Manager',
}

declare const minted: unique symbol

/** A signed-in person. Only the gate makes one, so a function that takes it can't be reached without. */
export type Actor = {
  readonly [minted]: 'actor'
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly isAdmin: boolean
}

/** A signed-in person in one project, read from the database at this very request. */
export type Member = {
  readonly [minted]: 'member'
  readonly userId: string
  readonly name: string
  readonly isAdmin: boolean
  readonly role: Role
  readonly projectId: string
  readonly projectSlug: string
}

/** Who may do a thing in a project. Pure. */
export type Policy = (member: Pick<Member, 'role' | 'isAdmin'>) => boolean

export const anyMember: Policy = () => true
export const managers: Policy = (member) => member.isAdmin || member.role === 'manager'
export const promptEngineers: Policy = (member) =>
  member.isAdmin || member.role === 'prompt_engineer'
export const promptEngineersAndManagers: Policy = (member) =>
  member.isAdmin || member.role !== 'reviewer'
