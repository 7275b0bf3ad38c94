import { nameVersion } from '@/lib/versions/rules'
import { describeDepartures } from '@/lib/versions/setups/rules'
import type { Departures } from '@/lib/versions/setups/schema'
import { isEnded } from '../rules'
import type { RunStatus } from '../schema'
import type { CellRun, ExperimentSummary } from './schema'

/** Set-ups of one experiment: many more only find chance. */
export const MOST_CELLS = 64
/** Answers that one experiment asks for: cells times repeats times cases. */
const MOST_ANSWERS = 100_000

type Named = {
  version: { id: string; number: number | null; note: string }
  departures: Departures
}

/** "v3, no examples, packs of 10", "v3 as it is". */
export function nameCell({ version, departures }: Named): string {
  const words = describeDepartures(departures)
  const name = nameVersion(version)
  const told = version.number === null && version.note !== '' ? `${name} (${version.note})` : name
  return words === '' ? `${told} as it is` : `${told}, ${words}`
}

export const countSetups = (n: number): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? 'set-up' : 'set-ups'}`

/** Why so much can't be started at once, as a sentence; null where it can. */
export function findTooMuch(asked: {
  cells: number
  repeats: number
  cases: number
}): string | null {
  const { cells, repeats, cases } = asked
  if (cells === 0) return 'Nothing is left of this grid: choose other values.'
  if (cells > MOST_CELLS) {
    return `These are ${countSetups(cells)}, and an experiment takes ${MOST_CELLS} at most. Choose fewer values; the ones that matter can be crossed in a second experiment.`
  }
  const answers = cells * repeats * cases
  if (answers > MOST_ANSWERS) {
    return `This asks for ${answers.toLocaleString('en-US')} answers, and an experiment takes ${MOST_ANSWERS.toLocaleString('en-US')} at most. Take fewer cases or set-ups.`
  }
  return null
}

/** Runs of a cell that came to nothing: they are made again. */
const cameToNothing = (status: RunStatus): boolean => status === 'failed' || status === 'stopped'

/** How many runs of a cell are still to be made. */
export const countMissing = (runs: readonly { status: RunStatus }[], repeats: number): number =>
  Math.max(0, repeats - runs.filter(({ status }) => !cameToNothing(status)).length)

/**
 * The runs that count for a cell, `runs` oldest first: those that are done or at work, and in the place
 * of what is missing the newest that came to nothing.
 */
export function pickRuns<Run extends { status: RunStatus }>(
  runs: readonly Run[],
  repeats: number,
): Run[] {
  const kept = runs.filter(({ status }) => !cameToNothing(status)).slice(0, repeats)
  const rest = runs.filter((run) => cameToNothing(run.status))
  return [...kept, ...rest.slice(Math.max(0, rest.length - (repeats - kept.length)))]
}

/** In one word what the runs of a cell are at. */
export function statusOfCell(runs: readonly CellRun[]): RunStatus {
  const order: RunStatus[] = ['running', 'stopping', 'queued', 'paused', 'failed', 'stopped']
  return order.find((status) => runs.some((run) => run.status === status)) ?? 'done'
}

export const isAtWork = ({ runs }: Pick<ExperimentSummary, 'runs'>): boolean => runs.working > 0

export const countRuns = (all: readonly { status: RunStatus }[]): ExperimentSummary['runs'] => ({
  working: all.filter(({ status }) => !isEnded(status) && status !== 'paused').length,
  paused: all.filter(({ status }) => status === 'paused').length,
  done: all.filter(({ status }) => status === 'done').length,
  ended: all.filter(({ status }) => cameToNothing(status)).length,
})
