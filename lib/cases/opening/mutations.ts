import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { notFound } from '@/lib/platform/errors'
import type { CaseCall } from '@/lib/runs/schema'
import { findCase, listCalls } from './data'
import type { CaseView } from './schema'

/** Opens a case; that its labels were seen is recorded. Throws `not_found`. */
export async function openCase(member: Member, id: string): Promise<CaseView> {
  const view = await findCase(member, id)
  if (!view) throw notFound('The case')
  if (view.sight !== 'none') await recordSights(member, [id])
  return view
}

/**
 * Opens what the model was asked about a case and what it wrote; the other cases of its packs, and the
 * labels of what stood beside it as similar examples, are seen with it. Throws `not_found`.
 */
export async function openCalls(member: Member, id: string): Promise<CaseCall[]> {
  const calls = await listCalls(member, id)
  const others = calls.flatMap(({ tellsOfIds }) => tellsOfIds)
  if (calls.length > 0) await recordSights(member, [...new Set([id, ...others])])
  return calls
}
