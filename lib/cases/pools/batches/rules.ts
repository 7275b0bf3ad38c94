import {
  type ClusterState,
  type PoolShares,
  placeNewcomer,
  poolOfText,
} from '@/lib/cases/pools/rules'
import { isNear, type Shingles } from '@/lib/cases/pools/similarity/rules'
import type { Pool } from '@/lib/cases/schema'

export type Newcomer = {
  id: string
  textHash: Uint8Array
  /** Whether it was kept from the playground. */
  isTried: boolean
  shingles: Shingles
  bands: bigint[]
}

/** A case that has its cluster, with what a newcomer is compared by. */
export type Settled = { clusterId: string; pool: Pool; shingles: Shingles }

/** What a batch of newcomers changes. */
export type BatchPlan = {
  newClusters: ClusterState[]
  /** Clusters that turned out to be one: from → to. */
  merges: { from: string; to: string }[]
  placed: { caseId: string; clusterId: string; pool: Pool; bands: bigint[] }[]
  quarantined: string[]
}

/**
 * Gives each newcomer its cluster, in order, as if they came one by one: those placed earlier in
 * the batch count for those after them. `neighbours` are the pooled cases that may be near.
 */
export function planBatch(
  newcomers: readonly Newcomer[],
  neighbours: readonly (readonly Settled[])[],
  shares: PoolShares,
  newId: () => string,
): BatchPlan {
  const clusters = trackClusters()
  const settled = new Map<bigint, Settled[]>()
  const placed: { newcomer: Newcomer; clusterId: string }[] = []
  const quarantined: string[] = []
  for (const [index, newcomer] of newcomers.entries()) {
    const earlier = new Set(newcomer.bands.flatMap((band) => settled.get(band) ?? []))
    const near = new Map<string, ClusterState>()
    for (const other of [...(neighbours[index] ?? []), ...earlier]) {
      const cluster = clusters.find(other)
      // One near-duplicate is enough to belong to its cluster.
      if (!near.has(cluster.id) && isNear(newcomer.shingles, other.shingles)) {
        near.set(cluster.id, cluster)
      }
    }
    const placement = placeNewcomer([...near.values()], newcomer.isTried)
    if (placement.kind === 'quarantine') {
      quarantined.push(newcomer.id)
      continue
    }
    const cluster =
      placement.kind === 'join'
        ? placement.cluster
        : clusters.found(
            newId(),
            newcomer.isTried ? 'example' : poolOfText(newcomer.textHash, shares),
          )
    if (placement.kind === 'join') {
      for (const from of placement.merged) clusters.merge(from.id, cluster)
    }
    placed.push({ newcomer, clusterId: cluster.id })
    const entry = { clusterId: cluster.id, pool: cluster.pool, shingles: newcomer.shingles }
    for (const band of newcomer.bands) settled.set(band, [...(settled.get(band) ?? []), entry])
  }
  return {
    newClusters: clusters.listNew(),
    merges: clusters.listMerges(),
    placed: placed.map(({ newcomer, clusterId }) => {
      const { id, pool } = clusters.current(clusterId)
      return { caseId: newcomer.id, clusterId: id, pool, bands: newcomer.bands }
    }),
    quarantined,
  }
}

/** Which clusters there are in a batch, and which have become part of which. */
function trackClusters() {
  const byId = new Map<string, ClusterState>()
  const fresh = new Set<string>()
  const mergedInto = new Map<string, string>()
  const current = (id: string): ClusterState => {
    const into = mergedInto.get(id)
    if (into !== undefined) return current(into)
    const cluster = byId.get(id)
    if (!cluster) throw new Error('A cluster that nobody has seen')
    return cluster
  }
  return {
    current,
    find({ clusterId, pool }: Settled): ClusterState {
      if (!byId.has(clusterId)) byId.set(clusterId, { id: clusterId, pool })
      return current(clusterId)
    },
    found(id: string, pool: Pool): ClusterState {
      const cluster = { id, pool }
      byId.set(id, cluster)
      fresh.add(id)
      return cluster
    },
    merge: (from: string, into: ClusterState) => mergedInto.set(from, into.id),
    listNew: () => [...fresh].filter((id) => !mergedInto.has(id)).map(current),
    /** Only those that stand in the database; each to its last home. */
    listMerges: () =>
      [...mergedInto.keys()]
        .filter((id) => !fresh.has(id))
        .map((from) => ({ from, to: current(from).id })),
  }
}
