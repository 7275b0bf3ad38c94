import { expect, it } from 'vitest'
import { getAccuracy } from '@/lib/accuracy/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createCase, createMember, createProject } from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { submitReview } from '../answers/mutations'
import { submitInput } from '../answers/schema'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { changeReviewSettings } from '../settings/mutations'
import { DEFAULT_SETTINGS } from '../settings/rules'
import { planProject } from './jobs'

const figures = async (manager: Member) =>
  (await getAccuracy(manager)).versions.map(({ version, dev }) => ({ version, dev }))

it('keeps the figures as they are, however many errors are picked and corrected', async () => {
  const project = await createProject()
  const { Billing, Defect } = project.categories
  const manager = await createMember(project, 'manager')
  const reviewer = await createMember(project)
  const first = await createVersion(project, { number: 1 })
  const second = await createVersion(project, { number: 2 })
  await db.release.create({
    data: { id: newId(), projectId: project.id, setupId: first.setupId },
  })
  await db.project.update({ where: { id: project.id }, data: { targetPerCategory: 1 } })
  const cases = (pool: 'example' | 'dev', count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, at) => createCase(project, { pool, rank: (at + 1) / 100 })),
    )
  const run = (setupId: string, pool: 'example' | 'dev', answers: Record<string, string>) =>
    createFinishedRun(project, setupId, { pool, content: {}, contentHash: 'same', answers })
  const all = (ids: readonly string[], label: string) =>
    Object.fromEntries(ids.map((id) => [id, label]))

  const dev = await cases('dev', 10)
  await run(first.setupId, 'dev', all(dev, Billing))
  for (const [at, id] of dev.entries()) await setFinalLabel(project, id, at < 8 ? Billing : Defect)
  // The two versions disagree on every other case, and there the one in force is wrong.
  const example = await cases('example', 24)
  const wrong = example.filter((_, at) => at % 2 === 0)
  await run(first.setupId, 'example', all(example, Billing))
  await run(second.setupId, 'example', { ...all(example, Billing), ...all(wrong, Defect) })
  await openMissingAssignments(project.id)
  const before = await figures(manager)
  expect(before[0]?.dev?.exact).toMatchObject({ right: 8, n: 10 })

  /** Reviews the next cases of one kind, rightly. */
  async function review(n: number, kind: 'randomShare' | 'targetedShare'): Promise<string[]> {
    const none = { randomShare: 0, targetedShare: 0, secondShare: 0, checkShare: 0, repeatShare: 0 }
    await changeReviewSettings(manager, { ...DEFAULT_SETTINGS, ...none, [kind]: 100 })
    const { claims } = await claimNextCases(reviewer, { n })
    for (const { assignmentId, suggestion, ...claim } of claims) {
      const input = {
        id: newId(),
        assignmentId,
        suggestionId: suggestion?.id ?? null,
        labelId: wrong.includes(claim.case.id) ? Defect : Billing,
        answeredAt: new Date().toISOString(),
      }
      await submitReview(reviewer, submitInput.parse(input))
    }
    return claims.map((claim) => claim.case.id)
  }
  const agreement = async () => {
    const { versions } = await getAccuracy(manager)
    return versions[0]?.agreement.map(({ right, n }) => ({ right, n }))
  }

  await planProject(project.id)
  expect((await review(6, 'targetedShare')).sort()).toEqual(wrong.slice(0, 6).sort())
  // Of these only the first is part of the random order that has been reviewed so far.
  expect(await agreement()).toEqual([{ right: 0, n: 1 }])
  const labels = await db.finalLabel.findMany({ where: { caseId: { in: example } } })
  // Why they were picked stays with their labels for good.
  expect(labels.map(({ selection }) => selection)).toEqual(Array(6).fill('targeted'))
  expect(await figures(manager)).toEqual(before)

  // Cases 2, 4 and 6 in random order: the picks at 1, 3, 5 and 7 are now among what has been reviewed.
  expect(await review(3, 'randomShare')).toEqual([example[1], example[3], example[5]])
  expect(await agreement()).toEqual([{ right: 3, n: 7 }])
  expect(await figures(manager)).toEqual(before)
})
