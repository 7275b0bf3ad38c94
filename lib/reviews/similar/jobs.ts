import { caseContent } from '@/lib/cases/schema'
import { db } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { distinctWords } from './rules'

const BATCH = 500

/** Notes the words of finished cases, so that similar ones are found. */
export const readFinishedTexts: Job<Record<string, never>> = {
  name: 'reviews.read-finished-texts',
  run: async (_, signal) => {
    while (!signal.aborted && (await readBatch()) === BATCH);
  },
}

/** For now and then. */
export async function askToReadFinishedTexts(): Promise<void> {
  const [{ any } = { any: false }] = await db.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "FinishedText" WHERE words IS NULL) AS any`
  if (any) await enqueue(readFinishedTexts, 'all', {})
}

/** Its project stands among the words, so that one index finds words within a project. */
async function readBatch(): Promise<number> {
  const rows = await db.$queryRaw<
    { id: string; projectId: string; subject: string; messages: unknown }[]
  >`
    SELECT c.id, c."projectId", c.subject, c.messages
    FROM "FinishedText" t JOIN "Case" c ON c.id = t."caseId"
    WHERE t.words IS NULL ORDER BY t."caseId" LIMIT ${BATCH}`
  const read = rows.map(({ id, projectId, ...content }) => ({
    id,
    words: [projectId, ...distinctWords(caseContent.parse(content))],
  }))
  await db.$executeRaw`
    UPDATE "FinishedText" t
    SET words = array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(r->'words')))
    FROM jsonb_array_elements(${JSON.stringify(read)}::jsonb) AS r
    WHERE t."caseId" = (r->>'id')::uuid`
  return rows.length
}
