/** A finished run on dev, as far as the choice goes. */
export type Candidate = { id: string; versionId: string; setupId: string; standIn: boolean }

/**
 * Which run speaks for each version: its newest, of the kind of model (the stand-in or a real one)
 * of the newest run of all, so that figures side by side are of one kind wherever they can be. The
 * released version speaks through the set-up that is released. `runs` newest first.
 */
export function chooseRuns<Run extends Candidate>(
  runs: readonly Run[],
  releasedSetupId: string | null,
): Map<string, Run> {
  const standIn = runs[0]?.standIn
  const chosen = new Map<string, Run>()
  const byVersion = new Map<string, Run[]>()
  for (const run of runs) {
    const own = byVersion.get(run.versionId) ?? []
    byVersion.set(run.versionId, [...own, run])
  }
  for (const [versionId, own] of byVersion) {
    const released = own.filter((run) => run.setupId === releasedSetupId)
    const eligible = released.length > 0 ? released : own
    const run = eligible.find((candidate) => candidate.standIn === standIn) ?? eligible[0]
    if (run) chosen.set(versionId, run)
  }
  return chosen
}
