import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { CORRECTION_KINDS, CORRECTION_STATUSES } from '@/lib/versions/corrections/rules'
import type {
  ConfusionPair,
  CorrectionFilter,
  CorrectionKind,
  CorrectionStatus,
} from '@/lib/versions/corrections/schema'

export const KINDS = Object.keys(CORRECTION_KINDS) as CorrectionKind[]
const STATUSES = Object.keys(CORRECTION_STATUSES) as CorrectionStatus[]
const NONE = 'none'

const FILTERS = {
  version: parseAsInteger,
  reviewer: parseAsString,
  from: parseAsString,
  to: parseAsString,
  opinion: parseAsStringLiteral(['single', 'settled'] as const),
}
const PLACE = {
  kind: parseAsStringLiteral(KINDS),
  /** Ids of categories, or "none". */
  suggested: parseAsString,
  right: parseAsString,
  status: parseAsStringLiteral(STATUSES),
}

export type Chosen = Pick<ConfusionPair, 'kind' | 'suggestedId' | 'rightId'>

/** What the page shows; it stands in the address, so that it can be kept and sent. */
export function useCorrectionFilter() {
  const [values, setValues] = useQueryStates({ ...FILTERS, ...PLACE })
  const { kind, suggested, right, status } = values
  const filter: CorrectionFilter = Object.fromEntries(
    Object.keys(FILTERS)
      .map((name) => [name, values[name as keyof typeof FILTERS]])
      .filter(([, value]) => value !== null && value !== ''),
  )
  const idOf = (value: string) => (value === NONE ? null : value)
  const chosen: Chosen | null =
    kind && suggested && right ? { kind, suggestedId: idOf(suggested), rightId: idOf(right) } : null
  return {
    filter,
    status,
    kind,
    chosen,
    isFiltered: Object.keys(filter).length > 0 || status !== null,
    change: (part: Partial<Pick<typeof values, keyof typeof FILTERS | 'status'>>) =>
      void setValues(part),
    clear: () =>
      void setValues({
        ...{ version: null, reviewer: null, from: null, to: null, opinion: null, status: null },
      }),
    showKind: (next: CorrectionKind) =>
      void setValues({ kind: next, suggested: null, right: null }),
    choose: (pair: Chosen) =>
      void setValues({
        kind: pair.kind,
        suggested: pair.suggestedId ?? NONE,
        right: pair.rightId ?? NONE,
      }),
  }
}

export type FilterState = ReturnType<typeof useCorrectionFilter>
