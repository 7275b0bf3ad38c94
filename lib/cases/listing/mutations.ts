import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { listCases } from './data'
import type { CaseFilter, CasePage } from './schema'

/** A page of cases; the labels it shows are recorded as seen. */
export async function openCaseList(member: Member, filter: CaseFilter): Promise<CasePage> {
  const page = await listCases(member, filter)
  const shown = page.rows.filter(({ facts }) => facts?.label)
  await recordSights(
    member,
    shown.map(({ id }) => id),
  )
  return page
}
