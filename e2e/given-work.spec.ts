import { answerCases } from './answering'
import { askDatabase } from './database'
import { makeProjectWith, someCases } from './own-project'
import { expect, test } from './people'

const DAYS_AHEAD = 20

test('a manager gives five cases to a reviewer, who gets exactly these first and sees the day', async ({
  as,
  ask,
}) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Given work', someCases(80))
  const [person] = await askDatabase<{ name: string }>(
    `SELECT name FROM "User" WHERE email LIKE 'reviewer@%' AND "isDemo"`,
  )
  const name = person?.name ?? ''
  const due = new Date(Date.now() + DAYS_AHEAD * 86_400_000)

  const manager = await as('manager')
  await manager.goto(`/projects/${slug}/settings`)
  await manager.getByRole('link', { name: 'Open reviewing' }).click()
  await manager.getByLabel('Person', { exact: true }).selectOption(name)
  await manager.getByLabel('How many cases').fill('5')
  await manager.getByLabel('From').selectOption('Dev pool')
  await manager.getByLabel('Due day').fill(due.toISOString().slice(0, 10))
  await manager.getByLabel('Note to the person').fill('Before the release')
  await manager.getByRole('button', { name: 'Give', exact: true }).click()
  const given = manager.getByRole('list', { name: 'Given work' }).getByRole('listitem')
  await expect(given).toContainText('5 cases of the dev pool')
  await expect(given).toContainText('0 done, 5 left')

  const rows = await askDatabase<{ externalId: string }>(
    `SELECT c."externalId" FROM "Assignment" a
    JOIN "Case" c ON c.id = a."caseId" JOIN "Project" p ON p.id = a."projectId"
    WHERE p.slug = $1 AND a."handoutId" IS NOT NULL`,
    [slug],
  )
  const wanted = rows.map(({ externalId }) => externalId)
  expect(wanted).toHaveLength(5)

  const reviewer = await as('reviewer')
  await reviewer.goto(`/projects/${slug}/review`)
  const progress = reviewer.getByRole('region', { name: 'Progress' })
  await progress.getByText(/^0 of /).click()
  await expect(progress).toContainText('Given to you: 0 of 5 done, due')
  const day = due.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
  await expect(progress).toContainText(day)
  await expect(progress).toContainText('Before the release')
  await reviewer.keyboard.press('Escape')
  const seen: string[] = []
  await answerCases(reviewer, 5, (externalId) => {
    seen.push(externalId)
    return 'One'
  })
  expect(seen.toSorted()).toEqual(wanted.toSorted())

  await manager.reload()
  await expect(given).toContainText('5 done, 0 left')
  await expect(given).toContainText('Done')
})

test('work that is taken back goes to everyone again', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Work taken back', someCases(60))
  const api = await ask('manager')
  const { people } = await (await api.get(`/api/projects/${slug}/handouts`)).json()
  const [{ userId, name }] = people
  const data = { userId, cases: 4, pool: 'test' }
  const given = await api.post(`/api/projects/${slug}/handouts`, { data })
  expect(await given.json()).toMatchObject({ cases: 4 })

  const page = await as('manager')
  await page.goto(`/projects/${slug}/settings/reviewing`)
  await page.getByRole('button', { name: `Take back the work of ${name}` }).click()
  const row = page.getByRole('list', { name: 'Given work' }).getByRole('listitem')
  await expect(row).toContainText('Taken back')
  await expect(row).toContainText('0 done, 0 left, 4 back to everyone')
})

test('a manager changes what reviewers get next, and is told when it does not add up', async ({
  as,
  ask,
}) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Another mix', someCases(12))
  const page = await as('manager')
  await page.goto(`/projects/${slug}/settings/reviewing`)
  const card = page.getByRole('region', { name: 'What reviewers get next' })
  await expect(card).toContainText('33 come in random order, 50 are picked on purpose')
  await card.getByLabel('Picked on purpose').fill('40')
  await expect(card).toContainText('The five add up to 90: 10 more are needed.')
  await card.getByLabel('In random order').fill('43')
  await expect(card).toContainText('43 come in random order, 40 are picked on purpose')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved: it holds from the next case on')).toBeVisible()
  await page.reload()
  await expect(card.getByLabel('In random order')).toHaveValue('43')
  const reviewer = await ask('reviewer')
  const settings = await (await reviewer.get(`/api/projects/${slug}/review/settings`)).json()
  expect(settings).toMatchObject({ randomShare: 43, targetedShare: 40 })
})
