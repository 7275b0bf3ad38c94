import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { findChild, listElements, readMarkup, textOf } from '../bedrock/markup'
import { S3Error } from './errors'
import { type Received, receiveBody, writeCrc32 } from './receive'
import type { ObjectStore, StoredObject } from './store'

type Part = Received & { file: string }
type Place = Pick<StoredObject, 'key' | 'contentType' | 'metadata'> & { bucket: string }
type Upload = { place: Place; parts: Map<number, Part> }

/** Every part but the last has at least so many bytes. */
const SMALLEST_PART = 5 * 1024 * 1024
const MOST_PARTS = 10_000

/** Uploads in parts. They are forgotten when the server ends; finished objects are not. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>()

  constructor(readonly store: ObjectStore) {}

  async create(place: Place): Promise<string> {
    this.store.checkPlace(place.bucket, place.key)
    const id = randomUUID()
    await mkdir(this.#folderOf(id), { recursive: true })
    this.#uploads.set(id, { place, parts: new Map() })
    return id
  }

  async receivePart(
    { id, number, bucket, key }: { id: string; number: number; bucket: string; key: string },
    body: AsyncIterable<Buffer>,
    headers: IncomingHttpHeaders,
  ): Promise<Received> {
    const upload = this.#get(id, bucket, key)
    if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
      throw new S3Error(
        'InvalidArgument',
        `Part number must be an integer between 1 and ${MOST_PARTS}.`,
      )
    }
    const file = path.join(this.#folderOf(id), randomUUID())
    const received = await receiveBody(body, headers, file)
    const former = upload.parts.get(number)
    upload.parts.set(number, { ...received, file })
    if (former) await rm(former.file, { force: true })
    return received
  }

  /** Joins the parts that the request lists into the object. */
  async complete(id: string, bucket: string, key: string, body: string): Promise<StoredObject> {
    const upload = this.#get(id, bucket, key)
    const parts = readParts(body, upload)
    const file = this.store.nameFile()
    const crc = await joinParts(parts, this.store.pathOf(file))
    const hash = createHash('md5')
    for (const { md5 } of parts) hash.update(Buffer.from(md5, 'hex'))
    const { bucket: _, ...facts } = upload.place
    const object: StoredObject = {
      ...facts,
      file,
      size: parts.reduce((sum, { size }) => sum + size, 0),
      etag: `"${hash.digest('hex')}-${parts.length}"`,
      crc32: writeCrc32(crc),
      modified: new Date().toISOString(),
    }
    await this.store.keepObject(bucket, object)
    await this.#forget(id)
    return object
  }

  async abort(id: string, bucket: string, key: string): Promise<void> {
    this.#get(id, bucket, key)
    await this.#forget(id)
  }

  async #forget(id: string): Promise<void> {
    this.#uploads.delete(id)
    await rm(this.#folderOf(id), { recursive: true, force: true })
  }

  #get(id: string, bucket: string, key: string): Upload {
    const upload = this.#uploads.get(id)
    if (upload?.place.bucket !== bucket || upload.place.key !== key) {
      throw new S3Error(
        'NoSuchUpload',
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      )
    }
    return upload
  }

  #folderOf(id: string): string {
    return path.join(this.store.folder, 'uploads', id)
  }
}

function readParts(body: string, { parts }: Upload): Part[] {
  const listed = listElements(readMarkup(body), 'part').map((one) => {
    const read = (name: string) => {
      const child = findChild(one, name)
      return child ? textOf(child) : ''
    }
    return { number: Number(read('partnumber')), etag: read('etag').replaceAll('"', '') }
  })
  if (listed.length === 0) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed.')
  }
  return listed.map(({ number, etag }, i) => {
    const part = parts.get(number)
    if (part?.md5 !== etag) {
      throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found.')
    }
    if (number <= (listed[i - 1]?.number ?? 0)) {
      throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.')
    }
    if (part.size < SMALLEST_PART && i < listed.length - 1) {
      throw new S3Error(
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
      )
    }
    return part
  })
}

/** Writes the parts one after another; returns the CRC32 of the whole. */
async function joinParts(parts: readonly Part[], file: string): Promise<number> {
  const handle = await open(file, 'wx')
  let sum = 0
  try {
    for (const part of parts) {
      for await (const piece of createReadStream(part.file, { highWaterMark: 262_144 })) {
        sum = crc32(piece, sum)
        await handle.writeFile(piece)
      }
    }
  } finally {
    await handle.close()
  }
  return sum
}
