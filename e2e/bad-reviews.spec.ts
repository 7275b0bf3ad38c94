import { randomUUID } from 'node:crypto'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { askDatabase } from './database'
import { inviteReviewer, signInAgain, signOut } from './inviting'
import { makeProjectWith, someCases } from './own-project'
import { expect, test } from './people'

/**
 * What a browser would never send, through the real API: each gets a clear answer, and the database
 * says what was kept. Answers are blind here: nothing is released, so only dev and test cases come.
 */

type Answer = Record<string, unknown> & { id: string; assignmentId: string }

let slug: string
let labels: { id: string }[]
let pat: APIRequestContext
let sam: APIRequestContext

test.beforeEach(async ({ ask }, info) => {
  const admin = await ask('admin')
  slug = await makeProjectWith(admin, `Bad reviews ${info.testId}`, someCases(40))
  pat = await inviteReviewer(admin, slug, 'pat')
  sam = await inviteReviewer(admin, slug, 'sam')
  labels = await (await pat.get(`/api/projects/${slug}/review/definitions`)).json()
})

test.afterEach(async () => {
  await Promise.all([pat.dispose(), sam.dispose()])
})

async function claim(api: APIRequestContext): Promise<Answer> {
  const claimed = await api.post(`/api/projects/${slug}/review/claims`, { data: { n: 1 } })
  const { claims } = await claimed.json()
  return {
    id: randomUUID(),
    assignmentId: claims[0].assignmentId,
    suggestionId: null,
    labelId: labels[0]?.id,
    answeredAt: new Date().toISOString(),
  }
}
const send = (api: APIRequestContext, data: unknown, project = slug): Promise<APIResponse> =>
  api.post(`/api/projects/${project}/review/answers`, { data })

/** Nothing is lost where the answer says why in words that a person understands. */
async function expectRefused(answer: APIResponse, status: number, words: RegExp) {
  expect(answer.status(), await answer.text()).toBe(status)
  expect((await answer.json()).error.message).toMatch(words)
}
const savedRows = () =>
  askDatabase<{ id: string; name: string; labelId: string; answeredAt: Date; createdAt: Date }>(
    `SELECT v.id, u.name, v."labelId", v."answeredAt", v."createdAt" FROM "Review" v
     JOIN "User" u ON u.id = v."reviewerId" JOIN "Project" p ON p.id = v."projectId"
     WHERE p.slug = $1`,
    [slug],
  )

test('a case that was not given to one, and one that is nowhere', async () => {
  const answer = await claim(pat)
  await expectRefused(await send(sam, answer), 409, /Someone else has this case now/)
  const nowhere = { ...answer, assignmentId: randomUUID() }
  await expectRefused(await send(pat, nowhere), 404, /was not found/)
  const [waiting] = await askDatabase<{ id: string }>(
    `SELECT a.id FROM "Assignment" a JOIN "Project" p ON p.id = a."projectId"
     WHERE p.slug = $1 AND a."holderId" IS NULL AND a.mode = 'blind' LIMIT 1`,
    [slug],
  )
  const forged = { ...answer, assignmentId: waiting?.id }
  await expectRefused(await send(pat, forged), 409, /not handed out to you/)
  expect(await savedRows()).toEqual([])
})

test('a case of another project', async ({ ask }) => {
  const admin = await ask('admin')
  const other = await makeProjectWith(admin, 'Bad reviews elsewhere', someCases(6, 500))
  const stranger = await inviteReviewer(admin, other, 'stranger')
  const answer = await claim(pat)
  await expectRefused(await send(stranger, answer), 404, /project was not found/)
  await expectRefused(await send(stranger, answer, other), 404, /case was not found/)
  await expectRefused(await send(pat, answer, other), 404, /project was not found/)
  expect(await savedRows()).toEqual([])
  await stranger.dispose()
})

test('an unknown label, and no answer at all', async () => {
  const answer = await claim(pat)
  const unknown = { ...answer, labelId: randomUUID() }
  await expectRefused(await send(pat, unknown), 400, /not one of the project’s categories/)
  await expectRefused(await send(pat, { ...answer, labelId: 'Two' }), 400, /labelId/)
  await expectRefused(await send(pat, { ...answer, labelId: undefined }), 400, /labelId/)
  await expectRefused(await send(pat, { ...answer, suggestionId: randomUUID() }), 409, /changed/)
  await expectRefused(await send(pat, []), 400, /./)
  expect(await savedRows()).toEqual([])
  expect((await send(pat, answer)).status()).toBe(200)
})

test('a forged reviewer: the answer is of who is signed in', async () => {
  const [someone] = await askDatabase<{ id: string }>(
    `SELECT u.id FROM "User" u WHERE u.email = $1`,
    [`sam@${slug}.example.com`],
  )
  const answer = await claim(pat)
  const forged = { ...answer, reviewerId: someone?.id, purpose: 'check_case', thumb: 'up' }
  expect((await send(pat, forged)).status()).toBe(200)
  expect(await savedRows()).toMatchObject([{ id: answer.id, name: 'pat' }])
})

test('twice with different content, and twice with the same', async () => {
  const answer = await claim(pat)
  const other = { ...answer, labelId: labels[1]?.id }
  const first = await send(pat, answer)
  expect(first.status()).toBe(200)
  await expectRefused(await send(pat, other), 409, /different answer was saved/)
  await expectRefused(await send(sam, answer), 409, /different answer was saved/)
  await expectRefused(await send(pat, { ...other, id: randomUUID() }), 409, /undo it first/)
  const again = await send(pat, answer)
  expect([again.status(), await again.json()]).toEqual([200, await first.json()])
  expect(await savedRows()).toMatchObject([{ id: answer.id, labelId: answer.labelId }])
})

test('a session that ended: refused as such, and taken after signing in again', async () => {
  const answer = await claim(pat)
  await signOut(pat)
  await expectRefused(await send(pat, answer), 401, /sign in/)
  expect(await savedRows()).toEqual([])
  await signInAgain(pat, slug, 'pat')
  expect((await send(pat, answer)).status()).toBe(200)
  expect(await savedRows()).toMatchObject([{ id: answer.id, name: 'pat' }])
})

test('a clock that is wrong by years, in either direction', async () => {
  for (const years of [-30, 5]) {
    const wrong = Date.now() + years * 365 * 86_400_000
    const answer = await claim(pat)
    const data = {
      ...answer,
      answeredAt: new Date(wrong - 1_000).toISOString(),
      sentAt: new Date(wrong).toISOString(),
    }
    expect((await send(pat, data)).status()).toBe(200)
    expect((await send(pat, { ...answer, answeredAt: data.answeredAt })).status()).toBe(200)
  }
  const rows = await savedRows()
  expect(rows).toHaveLength(2)
  for (const { answeredAt, createdAt } of rows) {
    expect(Math.abs(answeredAt.getTime() - createdAt.getTime())).toBeLessThan(60_000)
  }
  const untrue = { ...(await claim(pat)), answeredAt: 'yesterday' }
  await expectRefused(await send(pat, untrue), 400, /answeredAt/)
})
