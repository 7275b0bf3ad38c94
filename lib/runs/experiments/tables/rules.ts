import { stringify } from 'csv-stringify/sync'
import { neutralise } from '@/lib/datasets/cells/rules'
import { chooseBest } from '../best/rules'
import { statusOfCell } from '../rules'
import type { ExperimentCellView, ExperimentView } from '../schema'

type Value = string | number | boolean | null

const ratio = ({ n, of }: { n: number; of: number }) => (of === 0 ? null : n / of)

/** One line of the download, by the names in its head. Shares are fractions, times milliseconds. */
function toRow(
  cell: ExperimentCellView,
  { view, best }: { view: ExperimentView; best: string | null },
) {
  const { version, facts, figures, comparison } = cell
  return {
    version: version.number === null ? `draft ${version.note}`.trim() : `v${version.number}`,
    model: facts.modelId,
    stand_in: view.standIn,
    temperature: facts.temperature,
    fixed_examples: facts.fixedExamples,
    similar_examples: facts.similarExamples,
    pack_size: facts.packSize,
    answers: facts.answers,
    sample: facts.sample,
    mode: facts.mode,
    prompt_tokens: facts.promptTokens,
    status: statusOfCell(cell.runs),
    best: cell.id === best,
    base: cell.id === view.baseId,
    labelled_cases: figures?.exact.n ?? null,
    accuracy: figures?.exact.rate ?? null,
    accuracy_low: figures ? figures.exact.low : null,
    accuracy_high: figures ? figures.exact.high : null,
    accuracy_counting_close_calls: figures?.countingCloseCalls.rate ?? null,
    parsing_coverage: figures && ratio(figures.parsing),
    content_coverage: figures && ratio(figures.content),
    final_coverage: figures && ratio(figures.final),
    off_list: figures?.offList,
    missing_in_pack: figures?.absent,
    duplicate_in_pack: figures?.duplicate,
    calls: figures?.calls,
    input_tokens: figures?.inputTokens,
    output_tokens: figures?.outputTokens,
    cache_read_tokens: figures?.cacheReadTokens,
    cache_write_tokens: figures?.cacheWriteTokens,
    cost_per_thousand_dollars:
      figures && figures.costPerThousand !== null ? figures.costPerThousand / 1e6 : null,
    price_date: figures?.priced?.date ?? null,
    tokens_per_thousand: figures?.tokensPerThousand,
    call_ms_p50: figures?.latency?.call ?? null,
    call_ms_p95: figures?.latency?.callP95 ?? null,
    case_ms_p50: figures?.latency?.case ?? null,
    case_ms_p95: figures?.latency?.caseP95 ?? null,
    cases_per_minute: figures?.casesPerMinute ?? null,
    flip_rate: figures?.flips && ratio({ n: figures.flips.flipped, of: figures.flips.n }),
    gain: comparison?.gain,
    only_base_right: comparison?.onlyOld,
    only_this_right: comparison?.onlyNew,
    mid_p: comparison?.midP,
    mid_p_holm: comparison?.adjustedP,
    verdict: comparison?.verdict,
  } satisfies Record<string, Value | undefined>
}

/** The whole table as CSV, in the order of the cells; texts can be no formula. */
export function writeTable(view: ExperimentView): string {
  const finished = view.table.flatMap(({ id, figures }) => (figures ? { id, figures } : []))
  const best = chooseBest(finished, view.rule)
  const rows = view.table.map((cell) => toRow(cell, { view, best }))
  const columns = Object.keys(rows[0] ?? {})
  return stringify([
    columns,
    ...rows.map((row) =>
      Object.values(row).map((value) => {
        if (typeof value === 'string') return neutralise(value)
        return typeof value === 'boolean' ? String(value) : value
      }),
    ),
  ])
}
