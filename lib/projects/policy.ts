import { managers, type Policy, type Role } from '@/lib/platform/access'

/** Admins, and people who lead a project already or write its prompts. */
export function mayCreateProject(isAdmin: boolean, roles: readonly Role[]): boolean {
  return isAdmin || roles.some((role) => role !== 'reviewer')
}

export const mayChangeProject: Policy = managers
export const mayManageMembers: Policy = managers
