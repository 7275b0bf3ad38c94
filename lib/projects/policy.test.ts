import { expect, it } from 'vitest'
import { mayChangeProject, mayCreateProject, mayManageMembers } from './policy'

it.each([
  ['an admin', true, [], true],
  ['a manager', false, ['manager' as const], true],
  ['a prompt engineer', false, ['prompt_engineer' as const], true],
  ['a reviewer', false, ['reviewer' as const], false],
  ['someone without a project', false, [], false],
])('%s may create a project: %#', (_who, isAdmin, roles, may) => {
  expect(mayCreateProject(isAdmin, roles)).toBe(may)
})

it.each([
  ['reviewer' as const, false, false],
  ['prompt_engineer' as const, false, false],
  ['manager' as const, false, true],
  ['reviewer' as const, true, true],
])('%s (admin: %s) may change settings and members: %s', (role, isAdmin, may) => {
  expect(mayChangeProject({ role, isAdmin })).toBe(may)
  expect(mayManageMembers({ role, isAdmin })).toBe(may)
})
