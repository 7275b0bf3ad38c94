import type { Pool } from '@/lib/cases/schema'

/** Prefix of the advisory lock under which a project's cases are added and pooled. */
export const PROJECT_LOCK = 'cases:'

/** Metadata of a case that was kept from the playground. */
export const TRIED = { origin: 'Playground' }

/** Per cent; the rest is test. */
export type PoolShares = { exampleShare: number; devShare: number }

/**
 * The pool of a new cluster, from the hash (32 bytes) of its founding case's text: the same in every
 * project with the same shares. 48 bits of the hash, so that no share is off by more than 10^-12.
 */
export function poolOfText(textHash: Uint8Array, shares: PoolShares): Pool {
  const bucket = Buffer.from(textHash).readUIntBE(0, 6) % 100
  if (bucket < shares.exampleShare) return 'example'
  return bucket < shares.exampleShare + shares.devShare ? 'dev' : 'test'
}

export type ClusterState = { id: string; pool: Pool }

export type Placement =
  | { kind: 'new' }
  /** Into the oldest; the others become part of it. */
  | { kind: 'join'; cluster: ClusterState; merged: ClusterState[] }
  | { kind: 'quarantine' }

/**
 * Where a newcomer belongs, by the clusters that hold a near-duplicate of it. One that was tried in the
 * playground first may only stand in the example pool: prompts were made to fit it.
 */
export function placeNewcomer(near: readonly ClusterState[], isTried = false): Placement {
  // Ids are UUIDv7: the smallest is the oldest.
  const [cluster, ...merged] = [...near].sort((a, b) => (a.id < b.id ? -1 : 1))
  if (!cluster) return { kind: 'new' }
  if (isTried && cluster.pool !== 'example') return { kind: 'quarantine' }
  if (merged.some(({ pool }) => pool !== cluster.pool)) return { kind: 'quarantine' }
  return { kind: 'join', cluster, merged }
}
