import { askDatabase } from './database'
import { inviteReviewer } from './inviting'
import { makeProjectWith, runImport, someCases, uploadFile } from './own-project'
import { expect, test } from './people'

const KNOWN = 6

test('a new reviewer answers check cases first, is told the known answers, and then gets real work', async ({
  as,
  ask,
  browser,
}) => {
  const [engineer, manager] = [await ask('engineer'), await ask('manager')]
  const known = someCases(KNOWN).map((row) => ({ ...row, label: 'One' }))
  const slug = await makeProjectWith(engineer, 'For newcomers', known, 'all')
  const lines = someCases(30, KNOWN).map((row) => JSON.stringify(row))
  const unlabelled = await uploadFile(engineer, slug, 'more.jsonl', lines.join('\n'))
  await runImport(engineer, slug, unlabelled)

  // A manager chooses the check cases, and asks newcomers for two.
  const desk = await as('manager')
  await desk.goto(`/projects/${slug}/settings/checks`)
  const list = desk.getByRole('region', { name: 'Check cases' })
  await expect(list).toContainText('No check cases yet')
  await list.getByLabel('How many to add').fill('2')
  await list.getByRole('button', { name: 'Add 2 at random' }).click()
  const rows = list.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(3)
  await rows.nth(1).getByRole('button', { name: 'Give a reason' }).click()
  await desk.getByLabel('Why this label').fill('Because everyone says so.')
  await desk.getByRole('button', { name: 'Save' }).click()
  await expect(rows.nth(1)).toContainText('Because everyone says so.')
  await desk.goto(`/projects/${slug}/settings/reviewing`)
  await desk.getByLabel('Check cases before real work').fill('2')
  await desk.getByLabel('Of those right, in %').fill('50')
  await desk.getByRole('button', { name: 'Save' }).click()
  await expect(desk.getByText('Saved')).toBeVisible()

  // The newcomer is told so, and what the known answer was, once they have given theirs.
  const api = await inviteReviewer(manager, slug, 'Nora')
  const context = await browser.newContext({
    baseURL: process.env.E2E_URL,
    storageState: await api.storageState(),
  })
  const page = await context.newPage()
  await page.goto(`/projects/${slug}/review`)
  const shown = page.getByRole('region', { name: 'Case' })
  const told = page.getByRole('status', { name: 'Check case' })
  const caseInView = async () => (await shown.getAttribute('data-case')) ?? ''
  await expect(page.getByText('Practice', { exact: true })).toBeVisible()
  const first = await caseInView()
  await expect(told).toBeEmpty()
  await page.keyboard.press('2')
  await expect(shown).not.toHaveAttribute('data-case', first)
  await expect(told).toContainText('The known answer is One')
  await expect(told).not.toContainText('you were right')
  await page.keyboard.press('Escape')
  await expect(told).toBeEmpty()
  const second = await caseInView()
  await page.keyboard.press('1')
  await expect(told).toContainText('you were right')

  // Half of the last two were right, and that is enough.
  await expect(page.getByText('Practice', { exact: true })).toBeHidden()
  await expect(shown).not.toHaveAttribute('data-case', second)
  const real = await caseInView()
  expect(real).not.toBe('')
  await page.keyboard.press('1')
  await expect(shown).not.toHaveAttribute('data-case', real)
  const answered = () =>
    askDatabase(
      `SELECT c."externalId" AS case, v.purpose FROM "Review" v
       JOIN "Case" c ON c.id = v."caseId" JOIN "Project" p ON p.id = v."projectId"
       WHERE p.slug = $1 ORDER BY v."createdAt"`,
      [slug],
    )
  await expect.poll(answered).toEqual([
    { case: first, purpose: 'check_case' },
    { case: second, purpose: 'check_case' },
    { case: real, purpose: 'ordinary' },
  ])
  const names = known.map(({ id }) => id)
  expect([names.includes(first), names.includes(second)]).toEqual([true, true])
  expect(names).not.toContain(real)

  // The manager sees how it went.
  await desk.goto(`/projects/${slug}/settings/checks`)
  const people = desk.getByRole('region', { name: 'Reviewers' })
  await expect(people.getByRole('row', { name: /Nora/ })).toBeVisible()
  await expect(list.getByRole('row', { name: /1 of 1/ })).toHaveCount(1)
  await expect(list.getByRole('row', { name: /0 of 1/ })).toHaveCount(1)
  await context.close()
  await api.dispose()
})

test('a newcomer for whom no check case is left waits until a manager lets them in', async ({
  as,
  ask,
}) => {
  const [engineer, manager] = [await ask('engineer'), await ask('manager')]
  const slug = await makeProjectWith(engineer, 'Nothing to practise on', someCases(20))
  const base = `/api/projects/${slug}`
  const settings = await (await manager.get(`${base}/review/settings`)).json()
  const changed = await manager.patch(`${base}/review/settings`, {
    data: { ...settings, trainingCases: 3 },
  })
  expect(changed.ok(), await changed.text()).toBe(true)
  const api = await inviteReviewer(manager, slug, 'Odo')
  const claim = async () => (await api.post(`${base}/review/claims`, { data: { n: 5 } })).json()
  expect(await claim()).toMatchObject({ claims: [], training: { answered: 0, wait: true } })

  const desk = await as('manager')
  await desk.goto(`/projects/${slug}/settings/checks`)
  const row = desk.getByRole('region', { name: 'Reviewers' }).getByRole('row', { name: /Odo/ })
  await expect(row).toContainText('No check case is left')
  await row.getByRole('button', { name: 'Let Odo in' }).click()
  await expect(row.getByRole('button', { name: 'Let Odo in' })).toBeHidden()
  const { claims, training } = await claim()
  expect(training).toBeNull()
  expect(claims.length).toBeGreaterThan(0)
  await api.dispose()
})
