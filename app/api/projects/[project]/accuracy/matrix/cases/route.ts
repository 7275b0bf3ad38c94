import { listCellCases } from '@/lib/accuracy/matrix/data'
import { mayReadAccuracy } from '@/lib/accuracy/policy'
import { cellQueryInput } from '@/lib/accuracy/schema'
import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(
  mayReadAccuracy,
  { query: cellQueryInput },
  async ({ member, query }) => {
    const cell = await listCellCases(member, query)
    await recordSights(
      member,
      cell.rows.map(({ caseId }) => caseId),
    )
    return cell
  },
)
