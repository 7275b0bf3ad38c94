import { askDatabase } from './database'
import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, test } from './people'

type Predicted = { name: string; n: number }

/** What the released version says of most example cases. */
const PREDICTED = `
  SELECT y.name, count(*)::int AS n FROM "Suggestion" s
  JOIN "Run" r ON r.id = s."runId" JOIN "Project" p ON p.id = r."projectId"
  JOIN "Category" y ON y.id = s."labelId"
  WHERE p.slug = $1 GROUP BY 1 ORDER BY 2 DESC`

/** Dev cases that the released version is right about, labelled blind: nobody sits through a hundred here. */
const PROVEN = `
  WITH known AS (
    SELECT p.id AS "projectId", r.id AS "runId", y.id AS "labelId"
    FROM "Project" p JOIN "Run" r ON r."projectId" = p.id
    JOIN "Category" y ON y."projectId" = p.id AND y.name = $2
    WHERE p.slug = $1 LIMIT 1
  ), added AS (
    INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, "textHash", characters, pool, rank)
    SELECT gen_random_uuid(), "projectId", 'known-' || n, 'Known', '[]', 'h', 0, 'dev', random()
    FROM known, generate_series(1, $3::int) AS n
    RETURNING id
  ), said AS (
    INSERT INTO "Suggestion" (id, "runId", "caseId", "labelId", status)
    SELECT gen_random_uuid(), "runId", added.id, "labelId", 'parsed' FROM known, added
  )
  INSERT INTO "FinalLabel" ("caseId", "projectId", "labelId", source, mode)
  SELECT added.id, "projectId", "labelId", 'review', 'blind' FROM known, added`

test('a category that is proven is confirmed in bulk, and a random tenth is left to review', async ({
  as,
  ask,
}) => {
  const engineer = await ask('engineer')
  const slug = await makeProjectWith(engineer, 'In bulk', someCases(40))
  await releaseFirst(engineer, slug)
  const predicted = async () => (await askDatabase<Predicted>(PREDICTED, [slug]))[0]
  const waiting = async () => (await predicted())?.n ?? 0
  await expect.poll(waiting).toBeGreaterThan(5)
  const name = (await predicted())?.name ?? ''

  const page = await as('engineer')
  await askDatabase(PROVEN, [slug, name, 98])
  await page.goto(`/projects/${slug}/cases`)
  await page.getByRole('link', { name: 'Bulk confirm' }).click()
  const row = page.getByRole('row', { name: new RegExp(`^${name} `) })
  await expect(row).toContainText('98 of 98')
  await expect(row).toContainText('1 more blind review is missing')

  // The hundredth case has a name of its own.
  await askDatabase(PROVEN.replace("'known-'", "'proven-'"), [slug, name, 1])
  await page.reload()
  await row.getByRole('button', { name: `Show cases predicted as ${name}` }).click()
  const grid = page.getByRole('region', { name: `Predicted as ${name}` })
  const boxes = grid.getByRole('listitem').getByRole('checkbox')
  await expect(boxes.first()).toBeVisible()
  const confirm = grid.getByRole('button', { name: new RegExp(`^Confirm .* as ${name}$`) })
  await expect(confirm).toBeDisabled()
  for (const at of [0, 1, 2]) await boxes.nth(at).check()
  await expect(grid).toContainText('1 of them, drawn at random, goes to ordinary review instead.')
  await confirm.click()
  const records = page.getByRole('region', { name: 'Confirmed so far' })
  await expect(records).toContainText('none of 1 checked so far')

  const marked = await askDatabase(
    `SELECT 1 FROM "FinalLabel" f JOIN "Project" p ON p.id = f."projectId" WHERE p.slug = $1 AND f.bulk`,
    [slug],
  )
  expect(marked).toHaveLength(2)
  const file = await engineer.get(`/api/projects/${slug}/exports/final-labels.jsonl`)
  const rows = (await file.text()).trim().split('\n')
  expect(rows.filter((line) => JSON.parse(line).bulk_confirmed)).toHaveLength(2)
})
