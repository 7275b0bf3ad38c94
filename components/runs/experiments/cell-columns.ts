import { count, duration, interval, money, percent } from '@/components/ui/figures'
import { priceWords } from '@/components/ui/price-note'
import type { CellFigures, ExperimentCellView } from '@/lib/runs/experiments/schema'

export type Column = {
  name: string
  /** What it says, for whoever points at it. */
  meaning: string
  bestFirst: 'high' | 'low'
  /** By this it is sorted. */
  value: (figures: CellFigures) => number | null
  show: (figures: CellFigures) => string
  /** In small letters below. */
  note?: (figures: CellFigures) => string
}

const ratio = ({ n, of }: { n: number; of: number }) => (of === 0 ? null : n / of)

/** What decides; the others stand behind the comparison. */
export const ACCURACY: Column = {
  name: 'Accuracy',
  meaning: 'Labels equal to the final label; no valid label is wrong. Below: 95 % interval',
  bestFirst: 'high',
  value: ({ exact }) => exact.rate,
  show: ({ exact }) => percent(exact.rate),
  note: ({ exact }) => `${interval(exact.low, exact.high)} · n ${count(exact.n)}`,
}

export const COLUMNS: readonly Column[] = [
  {
    name: 'Counting close calls',
    meaning: 'A second choice of a close call is right too',
    bestFirst: 'high',
    value: ({ countingCloseCalls }) => countingCloseCalls.rate,
    show: ({ countingCloseCalls }) => percent(countingCloseCalls.rate),
  },
  {
    name: '$ / 1,000 cases',
    meaning: 'By the tokens of all its calls, cached ones at their price. Below: the price’s day',
    bestFirst: 'low',
    value: ({ costPerThousand }) => costPerThousand,
    show: ({ costPerThousand }) =>
      costPerThousand === null ? 'not known' : money(costPerThousand),
    note: ({ priced }) => (priced ? priceWords(priced) : ''),
  },
  {
    name: 'Tokens / case',
    meaning: 'In, out, read from the cache and written to it, for one case',
    bestFirst: 'low',
    value: ({ tokensPerThousand }) => tokensPerThousand,
    show: ({ tokensPerThousand }) => count(tokensPerThousand / 1_000),
  },
  {
    name: 'In / out',
    meaning: 'Tokens of all its calls. Below: read from the cache, written to it',
    bestFirst: 'low',
    value: ({ inputTokens }) => inputTokens,
    show: ({ inputTokens, outputTokens }) => `${count(inputTokens)} / ${count(outputTokens)}`,
    note: ({ cacheReadTokens, cacheWriteTokens }) =>
      `cache ${count(cacheReadTokens)} / ${count(cacheWriteTokens)}`,
  },
  {
    name: 'Parsing',
    meaning: 'Parsing coverage: cases from whose answer a label could be read',
    bestFirst: 'high',
    value: ({ parsing }) => ratio(parsing),
    show: ({ parsing }) => percent(ratio(parsing)),
  },
  {
    name: 'Final coverage',
    meaning: 'Cases that came to a label of the list. Below: fields filled of those asked for',
    bestFirst: 'high',
    value: ({ final }) => ratio(final),
    show: ({ final }) => percent(ratio(final)),
    note: ({ content }) => `fields ${percent(ratio(content), 0)}`,
  },
  {
    name: 'Off-list',
    meaning: 'Labels that are none of the categories; they count as wrong',
    bestFirst: 'low',
    value: ({ offList }) => offList,
    show: ({ offList }) => count(offList),
  },
  {
    name: 'Missing / twice',
    meaning: 'Cases that were not in the answer to their pack, or several times; asked again',
    bestFirst: 'low',
    value: ({ absent, duplicate }) => absent + duplicate,
    show: ({ absent, duplicate }) => `${count(absent)} / ${count(duplicate)}`,
  },
  {
    name: 'Call, median',
    meaning: 'Half of the calls took no longer. Below: 95 % of them',
    bestFirst: 'low',
    value: ({ latency }) => latency?.call ?? null,
    show: ({ latency }) => duration(latency?.call),
    note: ({ latency }) => `95 % in ${duration(latency?.callP95)}`,
  },
  {
    name: 'Case, median',
    meaning: 'A call’s time shared by the cases in it. Below: 95 % of them',
    bestFirst: 'low',
    value: ({ latency }) => latency?.case ?? null,
    show: ({ latency }) => duration(latency?.case),
    note: ({ latency }) => `95 % in ${duration(latency?.caseP95)}`,
  },
  {
    name: 'Cases / min',
    meaning: 'Over the whole run, with as many calls in flight as the pace allowed',
    bestFirst: 'high',
    value: ({ casesPerMinute }) => casesPerMinute,
    show: ({ casesPerMinute }) => count(casesPerMinute),
  },
  {
    name: 'Flips',
    meaning: 'Labels that differ between identical runs of it; only with repeats',
    bestFirst: 'low',
    value: ({ flips }) => flips && ratio({ n: flips.flipped, of: flips.n }),
    show: ({ flips }) => (flips ? percent(ratio({ n: flips.flipped, of: flips.n })) : '–'),
  },
]

/** What has no figure comes last, whichever way. */
export function sortCells(
  cells: readonly ExperimentCellView[],
  { value }: Column,
  descending: boolean,
): ExperimentCellView[] {
  const of = ({ figures }: ExperimentCellView) => figures && value(figures)
  return [...cells].sort((a, b) => {
    const [first, second] = [of(a), of(b)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return descending ? second - first : first - second
  })
}
