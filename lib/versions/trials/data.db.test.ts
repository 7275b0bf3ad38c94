import { beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
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
import { listVersions } from '../history/data'
import { listTrialCases } from './cases/data'
import { getPinnedContent, getTrial } from './data'
import { describeTrial, isUnderWay, listMissingRuns } from './rules'
import type { TrialCasePage } from './schema'

let project: TestProject
let engineer: Member
let parent: { id: string; setupId: string }
let draft: { id: string; setupId: string }

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  parent = await createVersion(project, { number: 1 })
  draft = await createVersion(project, { parentId: parent.id, persona: 'Another persona.' })
})

type Answers = Record<string, string | null>

async function run(of: { id: string; setupId: string }, answers: Answers, standIn = true) {
  const content = await getPromptContent(project.id, of.id)
  return createFinishedRun(project, of.setupId, {
    pool: 'dev',
    content,
    contentHash: contentHash(content),
    answers,
    standIn,
  })
}

/** 20 both right, 3 only the parent, 12 only the draft, 5 neither, of which 2 by a second choice. */
async function answerFortyCases(): Promise<{ old: Answers; fresh: Answers; broken: string[] }> {
  const { Billing, Defect, Education } = project.categories
  const [old, fresh, broken]: [Answers, Answers, string[]] = [{}, {}, []]
  for (let i = 0; i < 40; i++) {
    const id = await createCase(project, { pool: 'dev', rank: i / 40 })
    const truth = i < 30 ? Education : Billing
    await setFinalLabel(project, id, truth, i >= 38 ? Defect : null)
    const oldRight = i < 20 || (i >= 20 && i < 23)
    const newRight = i < 20 || (i >= 23 && i < 35)
    old[id] = oldRight ? truth : null
    fresh[id] = newRight ? truth : Defect
    if (oldRight && !newRight) broken.push(id)
  }
  return { old, fresh, broken }
}

test('the figures of a trial are those computed by hand', async () => {
  const { old, fresh, broken } = await answerFortyCases()
  await run(parent, old)
  await run(draft, fresh)
  const trial = await getTrial(engineer, draft.id)
  expect(trial).toMatchObject({ labelledDevCases: 40, draftRun: { current: true }, alone: null })
  // 2 thousandths of a dollar and 1,100 tokens a case.
  expect(trial.draftRun).toMatchObject({ costPerThousand: 2_000_000, tokensPerThousand: 1_100_000 })

  const { result } = trial
  if (!result) throw new Error('no result')
  const { exact, countingCloseCalls } = result
  expect(exact.parent).toMatchObject({ right: 23, n: 40, rate: 0.575 })
  expect(exact.draft).toMatchObject({ right: 32, n: 40, rate: 0.8 })
  expect(exact.parent.low).toBeCloseTo(0.421949, 5)
  expect(exact.parent.high).toBeCloseTo(0.714905, 5)
  expect(exact.judgement).toMatchObject({ n: 40, onlyOld: 3, onlyNew: 12, verdict: 'better' })
  expect(exact.judgement.midP).toBeCloseTo(0.021271, 6)
  expect(exact.judgement.interval.low).toBeCloseTo(0.039234, 5)
  expect(exact.judgement.interval.high).toBeCloseTo(0.389338, 5)
  expect(countingCloseCalls.draft.right).toBe(34)
  expect(countingCloseCalls.parent.right).toBe(23)

  const listed = await listTrialCases(engineer, draft.id, { side: 'broken' })
  expect(listed.cases.map(({ caseId }) => caseId)).toEqual(broken)
  const fixed = await listTrialCases(engineer, draft.id, { side: 'fixed' })
  expect(fixed.cases).toHaveLength(10)
  expect(fixed.next).toBe(fixed.cases[9]?.caseId)
  expect(fixed.cases.every(({ oldLabelId }) => oldLabelId === null)).toBe(true)
  expect(
    result.categories.map(({ name, n, parentRight, draftRight, verdict }) => [
      name,
      n,
      parentRight,
      draftRight,
      verdict,
    ]),
  ).toEqual([
    ['Billing', 10, 0, 5, 'too few to tell'],
    ['Education', 30, 23, 27, 'cannot tell yet'],
  ])
  expect(describeTrial(result, 'v1')).toEqual({
    headline: 'Better than v1 on dev',
    sentence:
      '57.5 % → 80.0 % of 40 cases (+22.5 points, between +3.9 and +38.9). A gap this large would be rare between equal versions (mid-p .021). The test pool has not been touched.',
  })

  const versions = await listVersions(engineer)
  expect(versions.map(({ id, dev }) => [id, dev?.exact.right])).toEqual([
    [draft.id, 32],
    [parent.id, 23],
  ])
})

test('cases without a final label, of another pool or near an example are left out', async () => {
  const { Billing } = project.categories
  const [counted, unlabelled, near, other] = await Promise.all([
    createCase(project, { pool: 'dev' }),
    createCase(project, { pool: 'dev' }),
    createCase(project, { pool: 'dev' }),
    createCase(project, { pool: 'example' }),
  ])
  for (const id of [counted, near, other]) await setFinalLabel(project, id, Billing)
  const answers = { [counted]: Billing, [unlabelled]: Billing, [other]: Billing }
  await run(parent, { ...answers, [near]: Billing })
  const runId = await run(draft, answers)
  await db.$executeRaw`
    INSERT INTO "Suggestion" (id, "runId", "caseId", status, "labelId", counts)
    VALUES (gen_random_uuid(), ${runId}::uuid, ${near}::uuid, 'parsed', ${Billing}::uuid, false)`
  const { result } = await getTrial(engineer, draft.id)
  expect(result?.n).toBe(1)
})

test('a draft that changed since its trial says so', async () => {
  const { old, fresh } = await answerFortyCases()
  await run(parent, old)
  await run(draft, fresh)
  expect(listMissingRuns(await getTrial(engineer, draft.id))).toEqual([])
  await saveDraft(engineer, draft.id, { edit: 0, rules: 'Other rules' })
  const trial = await getTrial(engineer, draft.id)
  expect(trial.draftRun?.current).toBe(false)
  expect(trial.result?.n).toBe(40)
  expect(listMissingRuns(trial)).toEqual([draft.id])
  expect((await listVersions(engineer)).map(({ dev }) => dev?.exact.right)).toEqual([undefined, 23])
})

test('the stand-in is never compared with a model', async () => {
  const { old, fresh } = await answerFortyCases()
  await run(parent, old, true)
  await run(draft, fresh, false)
  const trial = await getTrial(engineer, draft.id)
  expect(trial.result).toBeNull()
  expect(trial.alone?.exact.right).toBe(32)
  expect(listMissingRuns(trial)).toEqual([parent.id])
  await run(parent, old, false)
  expect((await getTrial(engineer, draft.id)).result).toMatchObject({ n: 40, standIn: false })
})

test('a first version stands alone', async () => {
  const { old } = await answerFortyCases()
  await run(parent, old)
  const trial = await getTrial(engineer, '1')
  expect(trial).toMatchObject({ parent: null, result: null, alone: { exact: { right: 23 } } })
})

describe('the same again', () => {
  /** The fresh answers, but for this many that the next run says otherwise. */
  const flip = (fresh: Answers, flipped: number): Answers =>
    Object.fromEntries(
      Object.entries(fresh).map(([id, label], i) => [
        id,
        i < flipped ? (label ? null : project.categories.Billing) : label,
      ]),
    )

  test('an identical run says how much is chance and changes nothing else', async () => {
    const { old, fresh } = await answerFortyCases()
    await run(parent, old)
    const first = await run(draft, fresh)
    const before = await getTrial(engineer, draft.id)
    expect(before).toMatchObject({ draftFlips: null, repeatRun: null })
    const repeat = await run(draft, flip(fresh, 3))
    const trial = await getTrial(engineer, draft.id)
    expect(trial.draftRun?.id).toBe(first)
    expect(trial).toMatchObject({ repeatRun: { id: repeat }, draftFlips: { n: 40, flipped: 3 } })
    expect(trial.result).toEqual(before.result)
    // The history shows the same figure as the trial, however often it was run.
    expect((await listVersions(engineer)).map(({ dev }) => dev?.exact.right)).toEqual([32, 23])
  })

  test('while it is under way the trial stays', async () => {
    const { old, fresh } = await answerFortyCases()
    await run(parent, old)
    const first = await run(draft, fresh)
    const repeat = await run(draft, {})
    await db.run.update({ where: { id: repeat }, data: { status: 'running', items: 40 } })
    const trial = await getTrial(engineer, draft.id)
    expect(trial).toMatchObject({ draftRun: { id: first }, draftFlips: null })
    expect(trial.result?.n).toBe(40)
    expect(isUnderWay(trial)).toBe(true)
  })

  test('a run of the changed draft is no repeat, and takes the place of the trial', async () => {
    const { old, fresh } = await answerFortyCases()
    await run(parent, old)
    await run(draft, fresh)
    await saveDraft(engineer, draft.id, { edit: 0, rules: 'Other rules' })
    const before = await getPinnedContent(engineer, draft.id)
    expect(before.content.rules).not.toBe('Other rules')
    const second = await run(draft, fresh)
    const trial = await getTrial(engineer, draft.id)
    expect(trial).toMatchObject({ draftRun: { id: second, current: true }, draftFlips: null })
    expect((await getPinnedContent(engineer, draft.id)).content.rules).toBe('Other rules')
  })
})

test('the lists come in pages and by category, in the order of the ranks', async () => {
  const { Education, Billing } = project.categories
  const ids: string[] = []
  const [old, fresh]: [Answers, Answers] = [{}, {}]
  for (let i = 0; i < 45; i++) {
    const id = await createCase(project, { pool: 'dev', rank: i / 45 })
    const truth = i < 30 ? Education : Billing
    await setFinalLabel(project, id, truth)
    ids.push(id)
    old[id] = truth
    fresh[id] = null
  }
  await run(parent, old)
  await run(draft, fresh)
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: TrialCasePage = await listTrialCases(engineer, draft.id, {
      side: 'broken',
      ...(after ? { after } : {}),
    })
    expect(page.cases.length).toBeLessThanOrEqual(10)
    seen.push(...page.cases.map(({ caseId }) => caseId))
    after = page.next
  } while (after)
  expect(seen).toEqual(ids)
  const billing = await listTrialCases(engineer, draft.id, { side: 'broken', category: Billing })
  expect(billing.cases.map(({ caseId }) => caseId)).toEqual(ids.slice(30, 40))
  expect(await listTrialCases(engineer, draft.id, { side: 'fixed' })).toEqual({
    cases: [],
    next: null,
  })
})

test('latency is that of the answered calls', async () => {
  const { old } = await answerFortyCases()
  const runId = await run(parent, old)
  const latencies = [100, 200, 300, 400, 10_000]
  await db.call.createMany({
    data: latencies.map((latencyMs) => ({
      ...{ id: newId(), runId, request: {}, requestHash: '', latencyMs },
      status: latencyMs === 10_000 ? ('failed' as const) : ('ok' as const),
    })),
  })
  const { draftRun } = await getTrial(engineer, '1')
  expect(draftRun?.latency).toEqual({ median: 250, p95: expect.closeTo(385, 5) })
})

test('versions of one parent that were tried are counted, discarded ones too', async () => {
  const { old, fresh } = await answerFortyCases()
  await run(parent, old)
  await run(draft, fresh)
  const other = await createVersion(project, { parentId: parent.id, persona: 'Another one still.' })
  await run(other, fresh)
  await db.version.update({ where: { id: other.id }, data: { archivedAt: new Date() } })
  await createVersion(project, { parentId: parent.id, persona: 'Never tried.' })
  expect((await getTrial(engineer, draft.id)).tried).toBe(2)
})
