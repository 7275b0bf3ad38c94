import type { IncomingHttpHeaders } from 'node:http'
import { S3Error } from './errors'
import { listObjectsV2 } from './listing'
import type { Uploads } from './multipart'
import { receiveBody } from './receive'
import type { ObjectStore, StoredObject } from './store'
import { element, writeXml } from './xml'

export type S3Request = {
  method: string
  /** Empty where the request is about all buckets. */
  bucket: string
  /** Empty where the request is about a bucket. */
  key: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: AsyncIterable<Buffer>
}
type S3Response = {
  status: number
  headers?: Record<string, string>
  body?: string | AsyncIterable<Buffer>
}
export type S3State = { store: ObjectStore; uploads: Uploads }
type Operation = (request: S3Request, state: S3State) => S3Response | Promise<S3Response>

/** What a request asks for, as S3 tells its operations apart: by method, key and query. */
export function chooseOperation({ method, bucket, key, query, headers }: S3Request): Operation {
  const upload = query.has('uploadId')
  if (bucket === '') {
    if (method === 'GET') return listBuckets
  } else if (key === '') {
    if (method === 'PUT' && [...query.keys()].every((name) => name === 'x-id')) return createBucket
    if (method === 'HEAD') return headBucket
    if (method === 'GET' && query.get('list-type') === '2') return listObjects
  } else if (headers['x-amz-copy-source'] === undefined) {
    if (method === 'PUT') return upload ? uploadPart : putObject
    if (method === 'GET' && !upload) return getObject
    if (method === 'HEAD') return getObject
    if (method === 'DELETE') return upload ? abortUpload : deleteObject
    if (method === 'POST' && query.has('uploads')) return createUpload
    if (method === 'POST' && upload) return completeUpload
  }
  throw new S3Error('NotImplemented', 'The local S3 has no such operation.')
}

const listBuckets: Operation = (_, { store }) => ({
  status: 200,
  body: writeXml('ListAllMyBucketsResult', [
    `<Buckets>${store
      .listBuckets()
      .map((name) => `<Bucket>${element('Name', name)}</Bucket>`)
      .join('')}</Buckets>`,
  ]),
})

const createBucket: Operation = async ({ bucket }, { store }) => {
  if (store.hasBucket(bucket)) {
    throw new S3Error('BucketAlreadyOwnedByYou', 'The bucket you tried to create already exists.')
  }
  await store.createBucket(bucket)
  return { status: 200, headers: { location: `/${bucket}` } }
}

const headBucket: Operation = ({ bucket }, { store }) => {
  store.checkPlace(bucket, '')
  return { status: 200 }
}

const listObjects: Operation = ({ bucket, query }, { store }) => ({
  status: 200,
  body: listObjectsV2(store, bucket, query),
})

const putObject: Operation = async ({ bucket, key, headers, body }, { store }) => {
  store.checkPlace(bucket, key)
  const refuse = () => {
    if (headers['if-none-match'] === '*' && store.findObject(bucket, key)) {
      throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions did not hold')
    }
  }
  refuse()
  const file = store.nameFile()
  try {
    const { size, md5, crc32 } = await receiveBody(body, headers, store.pathOf(file))
    refuse()
    const object: StoredObject = {
      key,
      file,
      size,
      etag: `"${md5}"`,
      crc32,
      modified: new Date().toISOString(),
      ...readFacts(headers),
    }
    await store.keepObject(bucket, object)
    return { status: 200, headers: { etag: object.etag, ...checksum(object) } }
  } catch (error) {
    await store.dropFile(file)
    throw error
  }
}

const getObject: Operation = ({ bucket, key, headers }, { store }) => {
  const object = store.getObject(bucket, key)
  const range = readRange(headers.range, object.size)
  const facts = {
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': new Date(object.modified).toUTCString(),
    ...Object.fromEntries(
      Object.entries(object.metadata).map(([name, text]) => [`x-amz-meta-${name}`, text]),
    ),
  }
  if (range === null) {
    const asked = headers['x-amz-checksum-mode'] === 'ENABLED'
    return {
      status: 200,
      headers: {
        ...facts,
        'content-length': String(object.size),
        ...(asked ? checksum(object) : {}),
      },
      body: store.readObject(object),
    }
  }
  const { start, end } = range
  return {
    status: 206,
    headers: {
      ...facts,
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${object.size}`,
    },
    body: store.readObject(object, start, end),
  }
}

const deleteObject: Operation = async ({ bucket, key }, { store }) => {
  await store.deleteObject(bucket, key)
  return { status: 204 }
}

const createUpload: Operation = async ({ bucket, key, headers }, { uploads }) => {
  const id = await uploads.create({ bucket, key, ...readFacts(headers) })
  return {
    status: 200,
    body: writeXml('InitiateMultipartUploadResult', [
      element('Bucket', bucket),
      element('Key', key),
      element('UploadId', id),
    ]),
  }
}

const uploadPart: Operation = async ({ bucket, key, query, headers, body }, { uploads }) => {
  const part = {
    id: query.get('uploadId') ?? '',
    number: Number(query.get('partNumber')),
    bucket,
    key,
  }
  const { md5, crc32 } = await uploads.receivePart(part, body, headers)
  return { status: 200, headers: { etag: `"${md5}"`, 'x-amz-checksum-crc32': crc32 } }
}

const completeUpload: Operation = async ({ bucket, key, query, body }, { uploads }) => {
  const pieces: Buffer[] = []
  for await (const piece of body) pieces.push(piece)
  const text = Buffer.concat(pieces).toString('utf8')
  const { etag, crc32 } = await uploads.complete(query.get('uploadId') ?? '', bucket, key, text)
  return {
    status: 200,
    body: writeXml('CompleteMultipartUploadResult', [
      element('Bucket', bucket),
      element('Key', key),
      element('ETag', etag),
      element('ChecksumCRC32', crc32),
      element('ChecksumType', 'FULL_OBJECT'),
    ]),
  }
}

const abortUpload: Operation = async ({ bucket, key, query }, { uploads }) => {
  await uploads.abort(query.get('uploadId') ?? '', bucket, key)
  return { status: 204 }
}

function readFacts(headers: IncomingHttpHeaders): Pick<StoredObject, 'contentType' | 'metadata'> {
  const metadata = Object.entries(headers).flatMap(([name, text]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice(11), String(text)] as const] : [],
  )
  return {
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    metadata: Object.fromEntries(metadata),
  }
}

function checksum({ crc32 }: StoredObject): Record<string, string> {
  return { 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-type': 'FULL_OBJECT' }
}

/** First and last byte; null for the whole, as where the header makes no sense. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start >= size || end < start) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable')
  }
  return { start, end }
}
