import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/**
 * What people did that the server has yet to confirm, kept in the browser through reloads, crashes and
 * days offline. Knows nothing of what it keeps.
 */
export type Entry = {
  /** Made by whoever writes it: the same entry put twice is there once. */
  id: string
  /** The person whose entry it is; nobody else's session may send it. */
  owner: string
  /** What it belongs to: entries of one scope are sent in order. */
  scope: string
  /** Order of writing, over all tabs. */
  seq: number
  /** Plain data, as JSON knows it. */
  value: unknown
  /** Why the server will not take it. Such an entry is kept until its person has read that. */
  refused?: string
}

export type Outbox = {
  /** Resolves once it is on the disk, or in memory where there is no disk to write to. Never rejects. */
  put: (entry: Omit<Entry, 'seq' | 'refused'>) => Promise<void>
  /** The oldest first; of all scopes unless one is given. */
  list: (owner: string, scope?: string) => Promise<Entry[]>
  remove: (id: string) => Promise<void>
  refuse: (id: string, message: string) => Promise<void>
  /** How many entries of a person wait to be sent. */
  count: (owner: string) => Promise<number>
  /** False once something could only be kept in memory: it ends with its tab. */
  isDurable: () => boolean
}

const NAME = 'closecall-outbox'

interface Shape extends DBSchema {
  entries: {
    key: number
    value: Omit<Entry, 'seq'> & { seq?: number }
    indexes: { id: string; owner: string }
  }
}

let opened: Promise<Outbox> | null = null

/** The one outbox of this tab. Never rejects. */
export function openOutbox(): Promise<Outbox> {
  opened ??= openDisk().then(makeOutbox)
  return opened
}

/** Null where the browser has no IndexedDB, or will not let it be used (some private windows). */
async function openDisk(): Promise<IDBPDatabase<Shape> | null> {
  try {
    return await openDB<Shape>(NAME, 1, {
      upgrade(db) {
        const store = db.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true })
        store.createIndex('id', 'id', { unique: true })
        store.createIndex('owner', 'owner')
      },
    })
  } catch {
    return null
  }
}

function makeOutbox(disk: IDBPDatabase<Shape> | null): Outbox {
  const memory = new Map<string, Entry>()
  let isDurable = disk !== null

  async function list(owner: string, scope?: string): Promise<Entry[]> {
    const stored = disk ? await disk.getAllFromIndex('entries', 'owner', owner) : []
    const kept = [...memory.values()].filter((entry) => entry.owner === owner)
    const all = [...stored.map((entry) => ({ ...entry, seq: entry.seq ?? 0 })), ...kept]
    return scope === undefined ? all : all.filter((entry) => entry.scope === scope)
  }

  return {
    async put(entry) {
      // After one failure everything goes to memory, or a later entry would come before an earlier one.
      if (disk && isDurable && (await putOnDisk(disk, entry))) return
      isDurable = false
      memory.set(entry.id, { ...entry, seq: Number.MAX_SAFE_INTEGER })
    },
    list,
    async remove(id) {
      if (memory.delete(id) || !disk) return
      await change(disk, id, () => null)
    },
    async refuse(id, refused) {
      const entry = memory.get(id)
      if (entry) memory.set(id, { ...entry, refused })
      else if (disk) await change(disk, id, (stored) => ({ ...stored, refused }))
    },
    async count(owner) {
      return (await list(owner)).filter((entry) => entry.refused === undefined).length
    },
    isDurable: () => isDurable,
  }
}

const STRICT = { durability: 'strict' } as const

/** False when it could not be written. */
async function putOnDisk(
  disk: IDBPDatabase<Shape>,
  entry: Omit<Entry, 'seq' | 'refused'>,
): Promise<boolean> {
  try {
    const tx = disk.transaction('entries', 'readwrite', STRICT)
    const added = tx.store.add(entry)
    // At once and not when the page next has nothing to do: its tab may be killed before that.
    tx.commit()
    await Promise.all([added, tx.done])
    return true
  } catch (error) {
    const isThere = error instanceof DOMException && error.name === 'ConstraintError'
    return isThere
  }
}

async function change(
  disk: IDBPDatabase<Shape>,
  id: string,
  to: (stored: Shape['entries']['value']) => Shape['entries']['value'] | null,
): Promise<void> {
  const tx = disk.transaction('entries', 'readwrite', STRICT)
  const seq = await tx.store.index('id').getKey(id)
  const stored = seq === undefined ? undefined : await tx.store.get(seq)
  if (seq !== undefined && stored) {
    const next = to(stored)
    await (next ? tx.store.put(next) : tx.store.delete(seq))
  }
  await tx.done
}
