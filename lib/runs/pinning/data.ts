import { Prisma } from '@/generated/prisma/client'
import { getRedaction } from '@/lib/cases/redaction/data'
import { isStandIn } from '@/lib/platform/bedrock'
import type { Database } from '@/lib/platform/database'
import { invalid } from '@/lib/platform/errors'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { prepareRequests } from '../calls/rules'
import { findWindow } from '../models/rules'
import { findPrices } from '../prices/data'
import { explainNoBudget } from '../prices/rules'
import { readKnownOfExamples } from '../redaction/data'
import { hideInExamples } from '../redaction/rules'

/** What a run pins of what it asks with, and of whom. Throws `invalid` with what to do. */
export async function pinContent(database: Database, projectId: string, content: PromptContent) {
  if (content.categories.length < 2) {
    throw invalid('The version needs at least two categories. Add them before you start a run.')
  }
  checkRoom(() => prepareRequests(content, findWindow(content.model.modelId)))
  const pinned = await describePin(database, projectId, content)
  const known = await readKnownOfExamples(content, pinned.redaction, database)
  return { ...pinned, content: hideInExamples(content, pinned.redaction, known) }
}

/** The same but for the content itself: by this, two runs ask in the same way. */
export async function describePin(database: Database, projectId: string, content: PromptContent) {
  const { modelId } = content.model
  const { price } = await findPrices(projectId, content.model, database)
  return {
    contentHash: contentHash(content),
    redaction: await getRedaction(projectId, database),
    modelId,
    standIn: isStandIn(),
    price: price ?? Prisma.DbNull,
  }
}

/** Throws `invalid` where a budget in dollars could not stop what is asked with this content. */
export async function checkBudget(
  database: Database,
  projectId: string,
  { model }: Pick<PromptContent, 'model'>,
): Promise<void> {
  const { unpriced } = await findPrices(projectId, model, database)
  if (unpriced.length > 0) throw invalid(explainNoBudget(unpriced))
}

function checkRoom(prepare: () => unknown): void {
  try {
    prepare()
  } catch (error) {
    if (error instanceof RangeError) throw invalid(error.message)
    throw error
  }
}
