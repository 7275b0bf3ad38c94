import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
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
import { getSideBySide } from './data'
import { listMissing } from './rules'

let project: TestProject
let engineer: Member
let parent: { id: string; setupId: string }
let drafts: { id: string; setupId: string }[]
let cases: string[]

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  parent = await createVersion(project, { number: 1 })
  drafts = []
  for (const persona of ['One', 'Two', 'Three']) {
    drafts.push(await createVersion(project, { parentId: parent.id, persona }))
  }
  cases = []
  for (let i = 0; i < 30; i++) {
    const id = await createCase(project, { pool: 'dev', rank: i / 30 })
    await setFinalLabel(project, id, project.categories.Billing)
    cases.push(id)
  }
})

/** A whole run that is right on the cases from one to another. */
async function run(of: { id: string; setupId: string }, from: number, to: number, standIn = true) {
  const content = await getPromptContent(project.id, of.id)
  const { Billing, Defect } = project.categories
  const answers = cases.map((id, at) => [id, at >= from && at < to ? Billing : Defect] as const)
  await createFinishedRun(project, of.setupId, {
    ...{ pool: 'dev', content, contentHash: contentHash(content), standIn },
    answers: Object.fromEntries(answers),
  })
}

const show = () => getSideBySide(engineer, { base: '1', of: drafts.map(({ id }) => id) })

test('each candidate is compared with the baseline, and all are judged together', async () => {
  const [first, second] = drafts
  if (!first || !second) throw new Error('no drafts')
  await run(parent, 0, 15)
  await run(first, 0, 30)
  await run(second, 5, 18)
  const view = await show()
  expect(view).toMatchObject({
    base: { number: 1, accuracy: { right: 15, n: 30, rate: 0.5 } },
    devCases: 30,
    labelledDevCases: 30,
  })
  const [better, mixed, untried] = view.candidates
  expect(better).toMatchObject({
    accuracy: { right: 30 },
    run: { costPerThousand: 2_000_000 },
    comparison: { n: 30, onlyOld: 0, onlyNew: 15, gain: 0.5, verdict: 'better' },
  })
  expect(mixed).toMatchObject({
    comparison: { onlyOld: 5, onlyNew: 3, verdict: 'cannot tell yet' },
  })
  // Two were compared, the third was never run.
  const p = better?.comparison
  expect(p?.adjustedP).toBeCloseTo(2 * (p?.midP ?? 0), 12)
  expect(untried).toMatchObject({ run: null, accuracy: null, comparison: null })
  expect(listMissing(view)).toEqual([untried?.id])
})

test('a draft that changed since its run has none, and real models are not mixed with the stand-in', async () => {
  const [first, second] = drafts
  if (!first || !second) throw new Error('no drafts')
  await run(parent, 0, 15)
  await run(first, 0, 30)
  await saveDraft(engineer, first.id, { edit: 0, rules: 'Other rules.' })
  await run(second, 0, 30, false)
  const view = await show()
  expect(view.candidates.map((one) => one.run)).toEqual([null, null, null])
})

test('a run that was repeated speaks through its first, as everywhere', async () => {
  const [first] = drafts
  if (!first) throw new Error('no drafts')
  await run(parent, 0, 15)
  await run(first, 0, 20)
  await run(first, 0, 30)
  expect((await show()).candidates[0]).toMatchObject({
    accuracy: { right: 20 },
    comparison: { onlyOld: 0, onlyNew: 5 },
  })
})

test('another project’s versions are not found', async () => {
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const asked = { base: parent.id, of: drafts.map(({ id }) => id) }
  await expect(getSideBySide(stranger, asked)).rejects.toMatchObject({ code: 'not_found' })
})
