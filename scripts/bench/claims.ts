import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { startPostgres } from '../../local/postgres/server.mjs'
import { compare, type Figure, report } from './figures'
import { startWithRoute } from './measured-product'
import { type Caller, signIn } from './people'

/**
 * Claims of the next batch through HTTP, in projects of very different sizes in one database, in turns
 * within one run. What was claimed is answered at once and put back after each block, so that every
 * block finds the same.
 */

/** What a claim is held against: one row by its key, behind the same session, membership and parsing. */
const UPDATE_ROUTE = `
import { z } from 'zod'
import { db } from '@/lib/platform/database'
import { projectRoute } from '@/lib/platform/route'
import { mayReview } from '@/lib/reviews/policy'

const body = z.object({ at: z.iso.datetime() })

export const POST = projectRoute(mayReview, { body }, async ({ member, body }) => {
  const { projectId, userId } = member
  await db.membership.update({
    where: { projectId_userId: { projectId, userId } },
    data: { trainedAt: body.at },
  })
  return { at: body.at }
})
`

const SIZES = [1_000, 100_000, 1_000_000] as const
const BATCH = 5
const BLOCK = 40
const ROUNDS = 12
/** Cases handed out in each project between the two measurements, in batches of 25. */
const CHURN = 50_000
const CHURN_BATCH = 25

type Project = { size: number; slug: string; id: string }
type Claimed = { claims: { assignmentId: string }[] }

export async function measureClaims(
  sizes: readonly number[] = SIZES,
  churn: number = CHURN,
): Promise<Figure[]> {
  const product = await startWithRoute('measured-update', UPDATE_ROUTE)
  // It runs already: this only finds it.
  const { url } = await startPostgres({ dataDir: join(product.dataDir, 'postgres') })
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  try {
    const projects = []
    for (const size of sizes) projects.push(await fill(database, size))
    await database.query('VACUUM (ANALYZE) "Case", "Cluster", "Assignment"')
    const call = await signIn(product.url, 'reviewer')
    const fresh = await measure(call, database, projects)
    for (const project of projects) await churnThrough(call, database, project, churn)
    const churned = await measure(call, database, projects)
    return toFigures(sizes, churn, fresh, churned)
  } finally {
    await database.end()
    await product.stop()
  }
}

type Medians = { claims: Map<number, number>; update: number }

/** Median milliseconds of a claim for each size, and of the UPDATE beside them. */
async function measure(call: Caller, database: pg.Client, projects: Project[]): Promise<Medians> {
  const times = new Map(projects.map(({ size }) => [size, [] as number[]]))
  const updates: number[] = []
  for (let round = -1; round < ROUNDS; round++) {
    // Each round begins with another one; the first warms up and does not count.
    const turn = projects.map((_, i) => projects[(i + round + 1) % projects.length])
    for (const project of turn) {
      if (!project) continue
      const claims = await claimBlock(call, database, project)
      const rivals = await updateBlock(call, project)
      if (round < 0) continue
      times.get(project.size)?.push(...claims)
      updates.push(...rivals)
    }
  }
  return {
    claims: new Map([...times].map(([size, list]) => [size, median(list)])),
    update: median(updates),
  }
}

async function claimBlock(call: Caller, database: pg.Client, project: Project): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < BLOCK; i++) {
    const began = performance.now()
    const { claims } = await claim(call, project, BATCH)
    times.push(performance.now() - began)
    await answer(database, claims)
  }
  await putBack(database, project)
  return times
}

async function updateBlock(call: Caller, { slug }: Project): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < BLOCK; i++) {
    const body = { at: new Date().toISOString() }
    const began = performance.now()
    await (await call('POST', `/api/projects/${slug}/measured-update`, body)).json()
    times.push(performance.now() - began)
  }
  return times
}

async function claim(call: Caller, { slug }: Project, n: number): Promise<Claimed> {
  const answer = await call('POST', `/api/projects/${slug}/review/claims`, { n })
  const claimed = (await answer.json()) as Claimed
  if (claimed.claims.length !== n) throw new Error(`${claimed.claims.length} of ${n} claimed.`)
  return claimed
}

const answer = (database: pg.Client, claims: Claimed['claims']) =>
  database.query(
    `UPDATE "Assignment" SET status = 'answered', "leaseUntil" = NULL WHERE id = ANY($1::uuid[])`,
    [claims.map(({ assignmentId }) => assignmentId)],
  )

/** As if nothing had been claimed, but for what that leaves behind in tables and indexes. */
async function putBack(database: pg.Client, { id }: Project): Promise<void> {
  await database.query(
    `UPDATE "Assignment" SET status = 'open', "holderId" = NULL, "claimedAt" = NULL
     WHERE "projectId" = $1 AND status = 'answered'`,
    [id],
  )
  await database.query(`DELETE FROM "QueueCursor" WHERE "projectId" = $1`, [id])
}

/** So many cases handed out and answered, and put back: where the project has fewer, in between too. */
async function churnThrough(
  call: Caller,
  database: pg.Client,
  project: Project,
  cases: number,
): Promise<void> {
  const atOnce = Math.floor(project.size / CHURN_BATCH) - 1
  for (let done = 1; done <= cases / CHURN_BATCH; done++) {
    const { claims } = await claim(call, project, CHURN_BATCH)
    await answer(database, claims)
    if (done % atOnce === 0) await putBack(database, project)
  }
  await putBack(database, project)
}

/** So many cases that wait for one blind review each, with ids like the product's own. */
async function fill(database: pg.Client, size: number): Promise<Project> {
  const id = randomUUID()
  const slug = `claims-${size}`
  await database.query(`INSERT INTO "Project" (id, slug, name) VALUES ($1, $2, $2)`, [id, slug])
  await database.query(
    `INSERT INTO "Membership" ("projectId", "userId", role)
     SELECT $1, "userId", role FROM "Membership" WHERE role = 'reviewer' LIMIT 1`,
    [id],
  )
  const CHUNK = 100_000
  for (let done = 0; done < size; done += CHUNK) {
    await database.query(FILL, [id, done, Math.min(size, done + CHUNK) - 1])
  }
  return { id, slug, size }
}

const TEXT = 'The export stops at 45 % since the update of yesterday. '
const FILL = `
  WITH clusters AS (
    INSERT INTO "Cluster" (id, "projectId", pool)
    SELECT uuidv7(), $1, 'dev' FROM generate_series($2::int, $3::int) RETURNING id
  ), cases AS (
    INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, metadata, "textHash",
      characters, pool, "clusterId", rank)
    SELECT uuidv7(), $1, id::text, 'The export stops', jsonb_build_array(
      jsonb_build_object('author', 'Customer', 'role', 'customer', 'time', '2026-01-01T00:00:00Z',
        'text', repeat('${TEXT}', 8)),
      jsonb_build_object('author', 'Agent', 'role', 'agent', 'time', '2026-01-01T01:00:00Z',
        'text', repeat('${TEXT}', 4))
    ), '{}', sha256(id::text::bytea), 600, 'dev', id, random()
    FROM clusters RETURNING id, rank
  )
  INSERT INTO "Assignment" (id, "projectId", "caseId", slot, mode, frame, rank, place)
  SELECT uuidv7(), $1, id, 1, 'blind', 'dev', rank, rank FROM cases`

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

function toFigures(
  sizes: readonly number[],
  churn: number,
  fresh: Medians,
  churned: Medians,
): Figure[] {
  const smallest = sizes[0] ?? 0
  const largest = sizes.at(-1) ?? 0
  const of = (when: Medians, size: number) => when.claims.get(size) ?? Number.NaN
  const figure = (when: Medians, size: number, after: string) => ({
    part: 'review' as const,
    name: `Claim of the next ${BATCH} cases, ${size.toLocaleString('en-US')} open${after}`,
    value: of(when, size),
    unit: 'ms',
  })
  return [
    [fresh, ''] as const,
    [churned, `, after ${churn.toLocaleString('en-US')} claims`] as const,
  ].flatMap(([when, after]) => {
    const rival = {
      name: `with ${smallest.toLocaleString('en-US')} open`,
      value: of(when, smallest),
    }
    const update = { name: 'the same with one UPDATE by key', value: when.update }
    return [
      report(figure(when, smallest, after)),
      ...sizes
        .slice(1)
        .map((size) =>
          compare(figure(when, size, after), rival, size === largest ? { atMost: 1.25 } : {}),
        ),
      compare(figure(when, largest, after), update, { atMost: 3 }),
    ]
  })
}
