import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { askDatabase } from './database'
import { inviteReviewer } from './inviting'
import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, test } from './people'

const CLIENTS = 50
const CASES = 1_000
const WANTED = 2

type Claim = { assignmentId: string; case: { id: string }; suggestion: { id: string } | null }

test('fifty clients at once: every case gets exactly its two reviews', async ({ ask }) => {
  test.setTimeout(8 * 60_000)
  // Makes the project, invites, and may read how the reviews stand.
  const manager = await ask('admin')
  const engineer = await ask('engineer')
  const slug = await makeProjectWith(manager, 'Race', someCases(CASES))
  const wanted = await manager.patch(`/api/projects/${slug}`, { data: { reviewsWanted: WANTED } })
  expect(wanted.ok(), await wanted.text()).toBe(true)
  await releaseFirst(engineer, slug)
  const left = async () =>
    (await (await engineer.get(`/api/projects/${slug}/review/progress`)).json()).left
  await expect.poll(left, { timeout: 120_000 }).toBe(CASES * WANTED)
  const definitions = await (await engineer.get(`/api/projects/${slug}/review/definitions`)).json()
  const labelId: string = definitions[0].id

  const clients: APIRequestContext[] = []
  for (let made = 0; made < CLIENTS; made += 5) {
    const names = [0, 1, 2, 3, 4].map((n) => `racer${made + n}`)
    clients.push(...(await Promise.all(names.map((name) => inviteReviewer(manager, slug, name)))))
  }
  const sent = await Promise.all(clients.map((api, n) => raceThrough(api, slug, labelId, n)))
  await Promise.all(clients.map((api) => api.dispose()))

  const [counts] = await askDatabase<Record<string, number>>(
    `SELECT count(*)::int AS reviews, count(DISTINCT v."caseId")::int AS cases,
       count(DISTINCT (v."caseId", v."reviewerId"))::int AS pairs,
       count(DISTINCT v."assignmentId")::int AS assignments
     FROM "Review" v JOIN "Project" p ON p.id = v."projectId" WHERE p.slug = $1`,
    [slug],
  )
  const all = CASES * WANTED
  expect(counts).toEqual({ reviews: all, cases: CASES, pairs: all, assignments: all })
  expect(sent.reduce((sum, n) => sum + n)).toBe(all)
  const uneven = await askDatabase(
    `SELECT 1 FROM "Review" v JOIN "Project" p ON p.id = v."projectId"
     WHERE p.slug = $1 GROUP BY v."caseId" HAVING count(*) <> $2`,
    [slug, WANTED],
  )
  expect(uneven).toEqual([])
})

/** Claims and answers until nothing is left; every tenth answer is sent twice, as after a lost connection. */
async function raceThrough(
  api: APIRequestContext,
  slug: string,
  labelId: string,
  client: number,
): Promise<number> {
  const base = `/api/projects/${slug}/review`
  // As the page does: a server may close a connection that lay idle just as it is used again.
  const maxRetries = 3
  let answered = 0
  for (let empty = 0; empty < 3; ) {
    const claimed = await api.post(`${base}/claims`, { data: { n: 5 }, maxRetries })
    expect(claimed.status(), await claimed.text()).toBe(200)
    const { claims }: { claims: Claim[] } = await claimed.json()
    empty = claims.length === 0 ? empty + 1 : 0
    if (claims.length === 0) await new Promise((done) => setTimeout(done, 200 + client * 5))
    for (const claim of claims) {
      const data = {
        id: randomUUID(),
        assignmentId: claim.assignmentId,
        suggestionId: claim.suggestion?.id ?? null,
        labelId,
        answeredAt: new Date().toISOString(),
      }
      const tries = answered % 10 === 9 ? 2 : 1
      const answers = await Promise.all(
        Array.from({ length: tries }, () => api.post(`${base}/answers`, { data, maxRetries })),
      )
      for (const answer of answers) expect(answer.status(), await answer.text()).toBe(200)
      answered++
    }
  }
  return answered
}
