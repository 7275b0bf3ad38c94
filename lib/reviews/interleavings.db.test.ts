import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { makeCategoryChange, undoCategoryChange } from '@/lib/projects/categories/mutations'
import type { CategoryChangeInput } from '@/lib/projects/categories/schema'
import { submitReview } from './answers/mutations'
import { type SubmitInput, submitInput, undoInput } from './answers/schema'
import { settleCase } from './disagreements/mutations'
import { openMissingAssignments } from './queue/jobs'
import { claimNextCases, releaseClaims } from './queue/mutations'
import type { Claim } from './queue/schema'
import { settleChange } from './recall/jobs'
import { skipAssignment } from './skips/mutations'
import { undoReview } from './undo/mutations'

/**
 * Random interleavings of everything that people and time do to the queue, several things at once
 * among them. Whatever happens, the rules of the domain hold: read from the tables, by SQL that shares
 * no code with what is tested.
 */

const PEOPLE = 4
const who = fc.nat(PEOPLE - 1)
const label = fc.nat(2)
const pick = fc.nat(1_000)

const said = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('plain' as const), label }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), label }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unsure' as const), label }) },
)
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('claim' as const),
      who,
      n: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('answer' as const), who, pick, said }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('repeat' as const), who, pick }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('undo' as const), who, pick }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('skip' as const), who, pick }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('expire' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('settle' as const), who, pick, label }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('look' as const), who, pick }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('open' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('recall' as const), who, label }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('merge' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unmerge' as const), who }) },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never
type Said = typeof said extends fc.Arbitrary<infer S> ? S : never

type World = {
  project: TestProject
  labels: string[]
  cases: string[]
  people: Member[]
  manager: Member
  /** Everything a person was ever handed, so that late answers are tried as well. */
  handed: Claim[][]
  sent: SubmitInput[][]
  /** Releases one after the other: their fixture takes the next number. */
  released: Promise<void>
}

async function makeWorld(reviewsWanted: number): Promise<World> {
  const project = await createProject()
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted } })
  const labels = Object.values(project.categories)
  const cases: string[] = []
  for (const pool of ['example', 'example', 'dev', 'test'] as const) {
    cases.push(await createCase(project, { pool }))
  }
  await release({ project, labels, cases })
  await openMissingAssignments(project.id)
  const roles = ['reviewer', 'reviewer', 'prompt_engineer', 'manager'] as const
  const people: Member[] = []
  for (const role of roles) people.push(await createMember(project, role))
  const manager = await createMember(project, 'manager')
  return {
    manager,
    project,
    labels,
    cases,
    people,
    handed: roles.map(() => []),
    sent: roles.map(() => []),
    released: Promise.resolve(),
  }
}

async function release({ project, labels, cases }: Pick<World, 'project' | 'labels' | 'cases'>) {
  const number = await db.version.count({ where: { projectId: project.id } })
  const { runId } = await releaseSetup(project, number + 1)
  for (const [at, caseId] of cases.entries()) {
    if (at < 2) await createSuggestion(runId, caseId, { labelId: labels[at % 3] ?? null })
  }
}

const at = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length]

/** Mostly what came last, now and then something old. */
const lately = <T>(items: readonly T[], index: number): T | undefined =>
  index % 3 === 0 ? at(items, index) : items.at(-1 - (index % Math.min(3, items.length)))

async function act(world: World, doing: Action): Promise<void> {
  const member = world.people[doing.who]
  const handed = world.handed[doing.who]
  const sent = world.sent[doing.who]
  if (!member || !handed || !sent) return
  // Managers do not review: they settle.
  const reviews = member.role !== 'manager'
  switch (doing.does) {
    case 'claim': {
      if (!reviews) return
      const { claims } = await claimNextCases(member, { n: doing.n })
      handed.push(...claims)
      return
    }
    case 'answer': {
      const claim = lately(handed, doing.pick)
      if (!claim) return
      const input = answerTo(world, claim, doing.said)
      sent.push(input)
      await submitReview(member, input)
      return
    }
    case 'repeat': {
      const input = at(sent, doing.pick)
      if (input) await submitReview(member, input)
      return
    }
    case 'undo': {
      if (!reviews) return
      const old = doing.pick % 3 === 0 ? at(sent, doing.pick) : undefined
      const { claim } = await undoReview(
        member,
        undoInput.parse({ id: newId(), reviewId: old?.id ?? null }),
      )
      handed.push(claim)
      return
    }
    case 'skip': {
      const claim = lately(handed, doing.pick)
      if (!claim) return
      const { assignmentId } = claim
      await skipAssignment(member, { id: newId(), assignmentId, reason: 'other', note: '' })
      return
    }
    case 'expire':
      await db.$executeRaw`
        UPDATE "Assignment" SET "leaseUntil" = now() - interval '1 second'
        WHERE "holderId" = ${member.userId}::uuid AND status = 'open'`
      return
    case 'leave':
      await releaseClaims(member, { leaseUntil: new Date(Date.now() + 3_600_000).toISOString() })
      return
    case 'settle': {
      const caseId = at(world.cases, doing.pick)
      const labelId = at(world.labels, doing.label)
      if (!caseId || !labelId || member.role === 'reviewer') return
      await settleCase(member, caseId, { labelId, secondLabelId: null, precedent: 'So it is.' })
      return
    }
    case 'look': {
      const caseId = at(world.cases, doing.pick)
      if (!caseId) return
      await db.caseSight.createMany({
        data: [{ caseId, userId: member.userId }],
        skipDuplicates: true,
      })
      return
    }
    case 'open':
      await openMissingAssignments(world.project.id)
      return
    case 'release':
      world.released = world.released.then(() => release(world))
      await world.released
      return
    case 'recall': {
      const categoryId = at(world.labels, doing.label)
      const category = await db.category.findUnique({ where: { id: categoryId ?? '' } })
      if (!categoryId || !category) return
      const said = { name: category.name, description: newId(), askAgain: true }
      return changeCategories(world, { kind: 'rename', id: newId(), categoryId, ...said })
    }
    case 'merge': {
      const [intoId = '', , merged = ''] = world.labels
      const said = { categoryIds: [merged], intoId, askAgain: false }
      return changeCategories(world, { kind: 'merge', id: newId(), ...said })
    }
    case 'unmerge': {
      const merge = await db.categoryChange.findFirst({
        where: { projectId: world.project.id, kind: 'merged', undoneAt: null },
      })
      if (!merge) return
      await undoCategoryChange(world.manager, merge.id)
      await settleChange(merge.id)
      await openMissingAssignments(world.project.id)
    }
  }
}

async function changeCategories(world: World, input: CategoryChangeInput): Promise<void> {
  const { id } = await makeCategoryChange(world.manager, input)
  await settleChange(id, { graceMs: 0, chunk: 2 })
  await openMissingAssignments(world.project.id)
}

function answerTo(world: World, claim: Claim, said: Said): SubmitInput {
  const labelId = at(world.labels, said.label) ?? null
  const second = at(world.labels, said.label + 1) ?? null
  return submitInput.parse({
    id: newId(),
    assignmentId: claim.assignmentId,
    suggestionId: claim.suggestion?.id ?? null,
    labelId: said.kind === 'unsure' ? null : labelId,
    closeCall: said.kind === 'close',
    secondLabelId: said.kind === 'close' ? second : null,
    answeredAt: new Date().toISOString(),
  })
}

/** A refusal is an answer too; anything else that is thrown is a fault. */
async function attempt(world: World, doing: Action): Promise<void> {
  try {
    await act(world, doing)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(['conflict', 'invalid', 'not_found', 'forbidden']).toContain(error.code)
  }
}

/** Rows that break a rule, with the rule's name. */
async function brokenRules({ project }: World): Promise<unknown[]> {
  return db.$queryRaw`
    WITH newest AS (
      SELECT v.*, coalesce(k."mergedIntoId", k.id) AS label FROM "Review" v
      LEFT JOIN "Category" k ON k.id = v."labelId"
      WHERE v."projectId" = ${project.id}::uuid
        AND NOT EXISTS (SELECT 1 FROM "Review" later WHERE later."supersedesId" = v.id)
    ), counted AS (
      SELECT * FROM newest WHERE NOT undone AND purpose IN ('ordinary', 'second_opinion')
    ), votes AS (
      SELECT "caseId", count(label) AS n, count(DISTINCT label) AS labels,
        min(label::text) AS label, bool_or("closeCall") AS close
      FROM counted GROUP BY "caseId"
    ), expected AS (
      SELECT v."caseId", v.label FROM votes v JOIN "Project" p ON p.id = ${project.id}::uuid
      WHERE v.labels = 1 AND v.n >= CASE WHEN v.close THEN greatest(2, p."reviewsWanted") ELSE p."reviewsWanted" END
    )
    SELECT 'one answer of an assignment' AS rule, "assignmentId"::text AS what
      FROM newest GROUP BY 2 HAVING count(*) > 1
    UNION ALL
    SELECT 'one review of a case by a person', "caseId" || ' ' || "reviewerId"
      FROM newest WHERE purpose <> 'repeat' AND NOT undone GROUP BY 2 HAVING count(*) > 1
    UNION ALL
    SELECT 'no more reviews than wanted', c."caseId"::text FROM counted c JOIN "Project" p ON p.id = c."projectId"
      GROUP BY c."caseId", p."reviewsWanted" HAVING count(*) > p."reviewsWanted" + 2
    UNION ALL
    SELECT 'an answered assignment has an answer, an open one has none', a.id::text
      FROM "Assignment" a
      WHERE a."projectId" = ${project.id}::uuid AND a.status <> 'withdrawn'
        AND (a.status = 'answered') <> EXISTS (SELECT 1 FROM newest v WHERE v."assignmentId" = a.id AND NOT v.undone)
    UNION ALL
    SELECT 'nobody holds two reviews of a case', "caseId" || ' ' || "holderId" FROM "Assignment"
      WHERE "projectId" = ${project.id}::uuid AND status = 'open' AND "leaseUntil" > now()
        AND "holderId" IS NOT NULL
      GROUP BY 2 HAVING count(*) > 1
    UNION ALL
    SELECT 'blind says nothing of a suggestion, shown does', v.id::text
      FROM newest v JOIN "Assignment" a ON a.id = v."assignmentId"
      WHERE NOT v.undone AND (a.mode = 'blind') <> (v."suggestionId" IS NULL)
    UNION ALL
    SELECT 'dev and test are blind', a.id::text FROM "Assignment" a JOIN "Case" c ON c.id = a."caseId"
      WHERE a."projectId" = ${project.id}::uuid AND c.pool <> 'example' AND a.mode <> 'blind'
    UNION ALL
    SELECT 'nobody answers a case they passed on', v.id::text FROM newest v
      JOIN "AssignmentSkip" k ON k."caseId" = v."caseId" AND k."userId" = v."reviewerId" AND k.at < v."createdAt"
      WHERE NOT v.undone AND v."supersedesId" IS NULL
    UNION ALL
    SELECT 'the final label is what the reviews say', coalesce(e."caseId", f."caseId")::text
      FROM expected e
      FULL JOIN (SELECT * FROM "FinalLabel" WHERE "projectId" = ${project.id}::uuid) f ON f."caseId" = e."caseId"
      WHERE f.source IS DISTINCT FROM 'settled' AND f."labelId"::text IS DISTINCT FROM e.label
    UNION ALL
    SELECT 'settled by someone who had not reviewed it', f."caseId"::text FROM "FinalLabel" f
      JOIN "Review" v ON v."caseId" = f."caseId" AND v."reviewerId" = f."settledById" AND v."createdAt" < f.at
      WHERE f."projectId" = ${project.id}::uuid AND f.source = 'settled'
    UNION ALL
    SELECT 'a final label is a category of today', f."caseId"::text FROM "FinalLabel" f
      JOIN "Category" k ON k.id = f."labelId" OR k.id = f."secondLabelId"
      WHERE f."projectId" = ${project.id}::uuid AND k."archivedAt" IS NOT NULL
    UNION ALL
    SELECT 'a dispute has no final label', d."caseId"::text FROM "Dispute" d JOIN "FinalLabel" f USING ("caseId")
      WHERE d."projectId" = ${project.id}::uuid
    UNION ALL
    SELECT 'a case without a label is asked of someone or waits to be settled', c.id::text FROM "Case" c
      WHERE c."projectId" = ${project.id}::uuid
        AND NOT EXISTS (SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = c.id)
        AND NOT EXISTS (SELECT 1 FROM "Dispute" d WHERE d."caseId" = c.id)
        AND NOT EXISTS (SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a.status = 'open')
    UNION ALL
    SELECT 'the counts are a recount', coalesce(kept.state, real.state)
      FROM (
        SELECT state, sum(n)::int AS n FROM (
          SELECT state, n FROM "ReviewCount" WHERE "projectId" = ${project.id}::uuid
          UNION ALL SELECT state, n FROM "ReviewCountDelta" WHERE "projectId" = ${project.id}::uuid
        ) AS written GROUP BY state HAVING sum(n) <> 0
      ) AS kept
      FULL JOIN (
        SELECT CASE WHEN status = 'answered' THEN 'answered'
            WHEN mode = 'blind' OR "suggestionId" IS NOT NULL THEN 'ready' ELSE 'waiting' END AS state,
          count(*)::int AS n
        FROM "Assignment" WHERE "projectId" = ${project.id}::uuid AND status <> 'withdrawn'
          AND purpose IN ('ordinary', 'second_opinion')
        GROUP BY 1
      ) AS real USING (state)
      WHERE kept.n IS DISTINCT FROM real.n`
}

const RUNS = Number(process.env.CLOSECALL_INTERLEAVINGS ?? 20)

const MOST_BATCHES = 6

/** How many answers there were, and how often what came about least. */
async function countPlaces(projects: string[]): Promise<{ answers: number; rarest: number }> {
  const projectId = { in: projects }
  const [answers, undone, skips, disputes, settled, recalled, merged] = await Promise.all([
    db.review.count({ where: { projectId, undone: false } }),
    db.review.count({ where: { projectId, undone: true } }),
    db.assignmentSkip.count({ where: { assignment: { projectId } } }),
    db.dispute.count({ where: { projectId } }),
    db.finalLabel.count({ where: { projectId, source: 'settled' } }),
    db.review.count({ where: { projectId, changeId: { not: null } } }),
    db.categoryChange.count({ where: { projectId, kind: 'merged', carried: { gt: 0 } } }),
  ])
  return { answers, rarest: Math.min(undone, skips, disputes + settled, recalled, merged) }
}

it.each([1, 2])(
  'holds every rule with %i reviews wanted, whatever the order',
  async (wanted) => {
    const projects: string[] = []
    const property = fc.asyncProperty(
      fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), {
        minLength: 10,
        maxLength: 40,
      }),
      async (rounds) => {
        const world = await makeWorld(wanted)
        projects.push(world.project.id)
        // Everyone has something in hand, so that most of what follows is about something.
        for (const person of [0, 1, 2]) await attempt(world, { does: 'claim', who: person, n: 2 })
        for (const atOnce of rounds) {
          await Promise.all(atOnce.map((doing) => attempt(world, doing)))
          expect(await brokenRules(world)).toEqual([])
        }
      },
    )
    // The runs have been where the rules could break, or they prove nothing: some places are rare.
    for (let batch = 1; ; batch++) {
      await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
      const { answers, rarest } = await countPlaces(projects)
      if (rarest === 0 && batch < MOST_BATCHES) continue
      expect(answers).toBeGreaterThan(RUNS * batch)
      expect(rarest).toBeGreaterThan(0)
      return
    }
  },
  600_000,
)
