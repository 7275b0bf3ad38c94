import { expect, test } from 'vitest'
import { ROLES } from '@/lib/platform/access'
import { mayChangeGateRule, mayReadGateRule } from './gate/policy'
import { mayEditVersions, mayReadVersions } from './policy'
import { mayOverrideGate, mayRelease } from './releases/policy'

const TABLE = [
  ['read versions', mayReadVersions, { reviewer: false, prompt_engineer: true, manager: true }],
  ['edit versions', mayEditVersions, { reviewer: false, prompt_engineer: true, manager: false }],
  [
    'read the rule of the gate',
    mayReadGateRule,
    { reviewer: false, prompt_engineer: true, manager: true },
  ],
  [
    'change the rule of the gate',
    mayChangeGateRule,
    { reviewer: false, prompt_engineer: false, manager: true },
  ],
  ['release', mayRelease, { reviewer: false, prompt_engineer: true, manager: true }],
  [
    'override the gate',
    mayOverrideGate,
    { reviewer: false, prompt_engineer: false, manager: true },
  ],
] as const

test.each(TABLE)('who may %s', (_name, policy, expected) => {
  for (const role of ROLES)
    expect([role, policy({ role, isAdmin: false })]).toEqual([role, expected[role]])
  expect(policy({ role: 'manager', isAdmin: true })).toBe(true)
})
