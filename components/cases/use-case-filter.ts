import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { CASE_STATUSES } from '@/lib/cases/listing/rules'
import type { CaseFilter, CaseStatus } from '@/lib/cases/listing/schema'

const PARSERS = {
  q: parseAsString,
  pool: parseAsStringLiteral(['example', 'dev'] as const),
  category: parseAsString,
  verdict: parseAsStringLiteral(['right', 'wrong'] as const),
  close: parseAsStringLiteral(['yes'] as const),
  status: parseAsStringLiteral(Object.keys(CASE_STATUSES) as CaseStatus[]),
}

/** The filter of the case list; it stands in the address, so that it can be kept and sent. */
export function useCaseFilter() {
  const [values, setValues] = useQueryStates(PARSERS)
  const chosen = Object.entries(values).filter(([, value]) => value !== null)
  return {
    filter: Object.fromEntries(chosen) as CaseFilter,
    isFiltered: chosen.length > 0,
    change: (part: Partial<typeof values>) => void setValues(part),
    clear: () => void setValues(null),
  }
}
