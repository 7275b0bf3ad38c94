import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { S3Error } from './errors'
import { listFolder, replaceFile } from './files'

/** What is known of an object; its bytes are in `file`, a name in the store's folder `data`. */
export type StoredObject = {
  key: string
  file: string
  size: number
  /** With its quotes. */
  etag: string
  crc32: string
  contentType: string
  metadata: Record<string, string>
  /** ISO 8601 */
  modified: string
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const LONGEST_KEY = 1_024

/**
 * Objects as files. No name from outside becomes the name of a file: a key's facts are in a file named
 * by its hash, its bytes in one with a random name, so no key can leave the folder or hide another.
 */
export class ObjectStore {
  readonly #buckets = new Map<string, Map<string, StoredObject>>()

  private constructor(readonly folder: string) {}

  /** Opens a folder as it was left. Bytes of which no object tells (of a crash) are removed. */
  static async open(folder: string): Promise<ObjectStore> {
    const store = new ObjectStore(folder)
    await rm(path.join(folder, 'uploads'), { recursive: true, force: true })
    await mkdir(path.join(folder, 'uploads'), { recursive: true })
    const known = new Set<string>()
    for (const bucket of await listFolder(path.join(folder, 'buckets'))) {
      const objects = new Map<string, StoredObject>()
      for (const name of await listFolder(path.join(folder, 'buckets', bucket))) {
        if (!name.endsWith('.json')) continue
        const text = await readFile(path.join(folder, 'buckets', bucket, name), 'utf8')
        const object: StoredObject = JSON.parse(text)
        objects.set(object.key, object)
        known.add(object.file)
      }
      store.#buckets.set(bucket, objects)
    }
    for (const file of await listFolder(path.join(folder, 'data'))) {
      if (!known.has(file)) await rm(path.join(folder, 'data', file))
    }
    return store
  }

  hasBucket(bucket: string): boolean {
    return this.#buckets.has(bucket)
  }

  listBuckets(): string[] {
    return [...this.#buckets.keys()].sort()
  }

  async createBucket(bucket: string): Promise<void> {
    if (!BUCKET_NAME.test(bucket)) {
      throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.')
    }
    await mkdir(path.join(this.folder, 'buckets', bucket), { recursive: true })
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, new Map())
  }

  findObject(bucket: string, key: string): StoredObject | null {
    return this.#objectsOf(bucket).get(key) ?? null
  }

  getObject(bucket: string, key: string): StoredObject {
    const object = this.findObject(bucket, key)
    if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.')
    return object
  }

  /** Keys in the order of their UTF-8 bytes, as S3 lists them. */
  listObjects(bucket: string, prefix = ''): StoredObject[] {
    return [...this.#objectsOf(bucket).values()]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
  }

  /** A name for bytes to come: write them to `pathOf(name)`, then `keepObject` or `dropFile`. */
  nameFile(): string {
    return randomUUID()
  }

  pathOf(file: string): string {
    return path.join(this.folder, 'data', file)
  }

  async dropFile(file: string): Promise<void> {
    await rm(this.pathOf(file), { force: true })
  }

  /** Refuses a bucket that is not there and a key that cannot be, before any byte is taken. */
  checkPlace(bucket: string, key: string): void {
    this.#objectsOf(bucket)
    if (Buffer.byteLength(key) > LONGEST_KEY) {
      throw new S3Error('KeyTooLongError', 'Your key is too long.')
    }
  }

  /** From now on the key has these bytes. A reader of the former ones reads on. */
  async keepObject(bucket: string, object: StoredObject): Promise<void> {
    this.checkPlace(bucket, object.key)
    const objects = this.#objectsOf(bucket)
    await replaceFile(this.#factsOf(bucket, object.key), JSON.stringify(object))
    const former = objects.get(object.key)
    objects.set(object.key, object)
    if (former && former.file !== object.file) await this.dropFile(former.file)
  }

  async deleteObject(bucket: string, key: string): Promise<void> {
    const object = this.findObject(bucket, key)
    if (!object) return
    this.#objectsOf(bucket).delete(key)
    await rm(this.#factsOf(bucket, key), { force: true })
    await this.dropFile(object.file)
  }

  /** The bytes from `start` to `end`, both included. */
  async *readObject(
    object: StoredObject,
    start = 0,
    end = object.size - 1,
  ): AsyncGenerator<Buffer> {
    if (end < start) return
    yield* createReadStream(this.pathOf(object.file), { start, end, highWaterMark: 262_144 })
  }

  #objectsOf(bucket: string): Map<string, StoredObject> {
    const objects = this.#buckets.get(bucket)
    if (!objects) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist.')
    return objects
  }

  #factsOf(bucket: string, key: string): string {
    const name = createHash('sha256').update(key).digest('hex')
    return path.join(this.folder, 'buckets', bucket, `${name}.json`)
  }
}
