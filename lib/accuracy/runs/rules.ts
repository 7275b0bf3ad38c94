/** What makes two runs of one version identical: the same content (the model is of it) and cases. */
export type Repeatable = {
  contentHash: string
  standIn: boolean
  caseLimit: number | null
  items: number
}

/**
 * Run again with nothing changed, to see how much is chance. Both are of one version; the set-up may be
 * another one: in batch jobs a model is sent the same as on demand.
 */
export const isRepeatOf = (first: Repeatable, other: Repeatable): boolean =>
  first.contentHash === other.contentHash &&
  first.standIn === other.standIn &&
  first.caseLimit === other.caseLimit &&
  first.items === other.items

/**
 * The first of identical runs, `runs` newest first. A repeat shows how much is chance and never takes
 * its place: else a version could be run again until it looks better.
 */
export function firstOfEqual<Run extends Repeatable>(run: Run, runs: readonly Run[]): Run {
  return runs.findLast((other) => isRepeatOf(run, other)) ?? run
}

/**
 * What was run for itself, and only where nothing was what was run as a part of an experiment: that may
 * be over a few cases only.
 */
export function preferOwn<Run extends { cellId: string | null }>(runs: readonly Run[]): Run[] {
  const own = runs.filter(({ cellId }) => cellId === null)
  return own.length > 0 ? own : [...runs]
}

/** A finished run on dev, as far as the choice goes. `departs`: of a set-up that is something else than its version. */
export type Candidate = Repeatable & {
  id: string
  versionId: string
  setupId: string
  departs: boolean
  cellId: string | null
}

/**
 * Which run speaks for each version: its newest (of identical ones the first), of the kind of model (the stand-in or a real one)
 * of the newest run of all, so that figures side by side are of one kind wherever they can be. The
 * released version speaks through the set-up that is released; no version speaks through a set-up that
 * departs from it, and through an experiment only where it has nothing else. `runs` newest first.
 */
export function chooseRuns<Run extends Candidate>(
  runs: readonly Run[],
  releasedSetupId: string | null,
): Map<string, Run> {
  const speaking = runs.filter((run) => !run.departs || run.setupId === releasedSetupId)
  const standIn = speaking[0]?.standIn
  const chosen = new Map<string, Run>()
  const byVersion = new Map<string, Run[]>()
  for (const run of speaking) {
    const own = byVersion.get(run.versionId) ?? []
    byVersion.set(run.versionId, [...own, run])
  }
  for (const [versionId, own] of byVersion) {
    const released = own.filter((run) => run.setupId === releasedSetupId)
    const eligible = released.length > 0 ? released : own
    const alike = eligible.filter((candidate) => candidate.standIn === standIn)
    const [run] = preferOwn(alike.length > 0 ? alike : eligible)
    // Among all: releasing the batch set-up of what ran on demand is no second throw either.
    if (run) chosen.set(versionId, firstOfEqual(run, own))
  }
  return chosen
}
