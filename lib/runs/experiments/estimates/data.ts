import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { estimateContent } from '../../estimates/data'
import { markAll } from '../../prices/marks/rules'
import { layOutGrid } from '../grid/data'
import { findTooMuch, MOST_CELLS } from '../rules'
import type { ExperimentPlan, PlanInput, PlannedCell } from '../schema'

/** What an experiment would ask for and take, set-up by set-up. Throws not-found. */
export async function planExperiment(
  { projectId }: Member,
  { pool, limit, repeats, grid }: PlanInput,
): Promise<ExperimentPlan> {
  const laidOut = await layOutGrid(projectId, { grid, pool, limit })
  const { cells, leftOut, merged, cases, obstacle } = laidOut
  const planned: PlannedCell[] = []
  for (const { version, departures, content, facts } of cells.slice(0, MOST_CELLS)) {
    const of = { versionId: version.id, pool, limit, mode: departures.mode }
    const { cases: _, ...estimate } = await estimateContent(projectId, content, of)
    const { id, number, note } = version
    planned.push({ version: { id, number, note }, departures, facts, estimate })
  }
  const tooMuch = obstacle ?? findTooMuch({ cells: cells.length, repeats, cases })
  return {
    ...{ cells: planned, leftOut, merged, cases },
    total: sumEstimates(planned, repeats),
    standIn: isStandIn(),
    obstacle: tooMuch ?? (cases === 0 ? 'There are no cases in this pool yet.' : null),
  }
}

function sumEstimates(cells: readonly PlannedCell[], repeats: number): ExperimentPlan['total'] {
  const sum = (amount: (of: PlannedCell['estimate']) => number) =>
    repeats * cells.reduce((total, { estimate }) => total + amount(estimate), 0)
  const isKnown = cells.every(({ estimate }) => estimate.cost !== null)
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cost: isKnown ? sum(({ cost }) => cost ?? 0) : null,
    priced: markAll(cells.map(({ estimate }) => estimate.priced)),
    durationMs: sum(({ durationMs }) => durationMs),
  }
}
