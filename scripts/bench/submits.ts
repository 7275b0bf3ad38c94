import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Claims } from '@/lib/reviews/queue/schema'
import { copyInstalled } from './checkout'
import { type Crowd, gatherCrowd } from './crowd'
import { compare, type Figure } from './figures'
import type { Caller } from './people'
import { startProduct } from './product'

const CLIENTS = 20
/** Answers of one client in a block: one full batch. */
const EACH = 25
const BLOCKS = 6

/**
 * What a submit is held against: the same session, membership, policy and parsing, then one row. No
 * route of the product does so little, so a copy of the product gets one.
 */
const INSERT_ROUTE = `
import { z } from 'zod'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { projectRoute } from '@/lib/platform/route'
import { mayReview } from '@/lib/reviews/policy'

const body = z.object({ id: z.uuid() })

export const POST = projectRoute(mayReview, { body }, async ({ member, body }) => {
  const { projectId, userId } = member
  await db.auditEvent.create({
    data: { id: newId(), projectId, actorId: userId, action: 'measured', subjectId: body.id },
  })
  return { id: body.id }
})
`

/** Twenty people submit reviews at once, in turn with the same people inserting one row each. */
export async function measureSubmits(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'closecall-bench-'))
  try {
    copyInstalled(folder)
    const route = join(folder, 'app/api/projects/[project]/measured-insert')
    mkdirSync(route)
    writeFileSync(join(route, 'route.ts'), INSERT_ROUTE)
    const product = await startProduct(folder, join(folder, '.data'))
    try {
      return await alternate(
        await gatherCrowd(product.url, {
          cases: CLIENTS * EACH * (BLOCKS + 2),
          people: CLIENTS,
        }),
      )
    } finally {
      await product.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function alternate(crowd: Crowd): Promise<Figure[]> {
  const submits: number[] = []
  const inserts: number[] = []
  // The first of each warms up.
  for (let block = 0; block <= BLOCKS; block++) {
    submits.push(await rateOf(crowd, await claimAll(crowd), 'review/answers'))
    const rows = crowd.people.map(() => Array.from({ length: EACH }, () => ({ id: randomUUID() })))
    inserts.push(await rateOf(crowd, rows, 'measured-insert'))
  }
  return [
    compare(
      {
        part: 'review',
        name: `submitted reviews, ${CLIENTS} people at once`,
        value: median(submits.slice(1)),
        unit: 'per second',
      },
      { name: 'the same with one INSERT', value: median(inserts.slice(1)) },
      { atLeast: 0.5 },
    ),
  ]
}

/** What each person will send: answers to a batch that they hold. */
async function claimAll({ slug, categoryId, people }: Crowd): Promise<unknown[][]> {
  return Promise.all(
    people.map(async (call) => {
      const claimed = await call('POST', `/api/projects/${slug}/review/claims`, { n: EACH })
      const { claims } = (await claimed.json()) as Claims
      if (claims.length < EACH) throw new Error(`Only ${claims.length} cases were left to claim.`)
      return claims.map(({ assignmentId, suggestion }) => ({
        ...{ id: randomUUID(), assignmentId, suggestionId: suggestion?.id ?? null },
        ...{ labelId: categoryId, answeredAt: new Date().toISOString(), seconds: 3 },
      }))
    }),
  )
}

/** Requests a second, everyone sending one after the other. */
async function rateOf(
  { slug, people }: Crowd,
  bodies: unknown[][],
  route: string,
): Promise<number> {
  const send = async (call: Caller, own: unknown[]) => {
    for (const body of own)
      await (await call('POST', `/api/projects/${slug}/${route}`, body)).json()
  }
  const began = performance.now()
  await Promise.all(people.map((call, n) => send(call, bodies[n] ?? [])))
  return bodies.flat().length / ((performance.now() - began) / 1000)
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}
