import { type Database, db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { getPromptContent } from '@/lib/versions/data'
import { identifySetup } from '@/lib/versions/setups/rules'
import type { Departures } from '@/lib/versions/setups/schema'

/**
 * The set-up of a version as it is now, or with departures from it. What pins content asks in the same
 * transaction, so that the two agree, and once before it: of two who make a new set-up at once, a
 * RepeatableRead transaction would fail. Throws not-found.
 */
export async function findOrMakeSetup(
  projectId: string,
  versionId: string,
  database: Database = db,
  departures: Departures = {},
): Promise<string> {
  const content = await getPromptContent(projectId, versionId, database)
  const setup = identifySetup(versionId, content, departures)
  await database.setup.createMany({
    data: { id: newId(), projectId, ...setup },
    skipDuplicates: true,
  })
  const { id } = await database.setup.findUniqueOrThrow({
    where: { identity: setup },
    select: { id: true },
  })
  return id
}
