import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { getPromptContent } from '../data'
import { saveDraft } from '../drafts/mutations'
import { contentHash } from '../fingerprint/rules'
import { releaseVersion } from '../releases/mutations'
import { getGateRule, getRuleInForce } from './data'
import { changeGateRule } from './mutations'
import { getReach } from './reach/data'
import { DEFAULT_RULE } from './rules'

let project: TestProject
let manager: Member
let engineer: Member

beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager', 'Mia')
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
})

test('the defaults hold until a manager sets another rule, on record', async () => {
  expect(await getGateRule(project.id)).toEqual(DEFAULT_RULE)
  const rule = { minGain: 1.5, maxCategoryLoss: 5, minCases: 200, twoRuns: false }
  await changeGateRule(manager, rule)
  await changeGateRule(manager, { ...rule, minGain: 2 })
  expect(await getRuleInForce(project.id)).toEqual({ ...rule, minGain: 2, minCategoryCases: 20 })
  expect(await getGateRule((await createProject()).id)).toEqual(DEFAULT_RULE)
  const events = await db.auditEvent.findMany({
    where: { projectId: project.id, action: 'gate_rule.changed' },
    orderBy: { at: 'asc' },
  })
  expect(events.map(({ actorId, detail }) => [actorId, detail])).toEqual([
    [manager.userId, rule],
    [manager.userId, { ...rule, minGain: 2 }],
  ])
})

async function label(pool: 'dev' | 'test', n: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < n; i++) {
    const id = await createCase(project, { pool })
    await setFinalLabel(project, id, project.categories.Billing)
    ids.push(id)
  }
  return ids
}

test('what can be proved rests on the labelled test cases, and on dev where it was tried', async () => {
  const v1 = await createVersion(project, { number: 1 })
  await releaseVersion(manager, '1', null)
  const v2 = await createVersion(project, { number: 2, parentId: v1.id, persona: 'Another.' })
  await label('test', 55)
  await createCase(project, { pool: 'test' })
  const assumed = await getReach(engineer, '2')
  expect(assumed).toMatchObject({ n: 55, differing: 0.2, measuredAgainst: null })

  const dev = await label('dev', 40)
  const run = async ({ id, setupId }: typeof v1, right: (i: number) => boolean) => {
    const content = await getPromptContent(project.id, id)
    const answers = Object.fromEntries(
      dev.map((caseId, i) => [caseId, right(i) ? project.categories.Billing : null]),
    )
    const hash = contentHash(content)
    await createFinishedRun(project, setupId, { pool: 'dev', content, contentHash: hash, answers })
  }
  await run(v1, (i) => i < 20)
  await run(v2, (i) => i >= 2 && i < 22)
  const measured = await getReach(engineer, '2')
  expect(measured).toMatchObject({ differing: 0.1, measuredAgainst: { number: 1, n: 40 } })
  // Where the two differ less, a smaller gain stands out.
  expect(measured.smallestGain ?? 1).toBeLessThan(assumed.smallestGain ?? 0)
  expect((await getReach(engineer, '1')).measuredAgainst).toBeNull()

  const v3 = await createVersion(project, { parentId: v1.id })
  await run(v3, (i) => i < 24)
  expect(await getReach(engineer, v3.id)).toMatchObject({ differing: 0.1, olderTrial: false })
  await saveDraft(engineer, v3.id, { edit: 0, rules: 'Untried rules.' })
  const changed = await getReach(engineer, v3.id)
  expect(changed).toMatchObject({ differing: 0.2, measuredAgainst: null, olderTrial: true })
})
