import { Readable } from 'node:stream'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { isStandIn } from './bedrock'
import { env } from './env'

/** Pieces of a larger object, in bytes: of each some are in memory at once. */
const PART_SIZE = 8 * 1024 * 1024
const PARTS_AT_ONCE = 2

let client: S3Client | undefined

/** The one client of this process. Endpoint and credentials come from the AWS environment. */
function s3(): S3Client {
  client ??= new S3Client({
    region: env().AWS_REGION,
    maxAttempts: 6,
    // The stand-in has one address for all buckets.
    forcePathStyle: isStandIn(),
  })
  return client
}

/** Of `s3://bucket/some/key`. */
function splitUri(uri: string): { Bucket: string; Key: string } {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? []
  return { Bucket, Key }
}

/** Writes an object as its bytes come; a reader sees all of it or what was there before. */
export async function writeObject(
  uri: string,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  const upload = new Upload({
    client: s3(),
    params: { ...splitUri(uri), Body: Readable.from(bytes), ContentType: 'application/jsonl' },
    partSize: PART_SIZE,
    queueSize: PARTS_AT_ONCE,
  })
  const abort = () => void upload.abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    await upload.done()
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** An object's bytes as they come. Throws the SDK's `NoSuchKey`. */
export async function readObject(
  uri: string,
  signal?: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { Body } = await s3().send(new GetObjectCommand(splitUri(uri)), { abortSignal: signal })
  if (!(Body instanceof Readable)) throw new Error(`${uri} has no body to read`)
  return Body
}

/** The addresses of all objects whose address begins like this one, in their order. */
export async function listObjects(uri: string): Promise<string[]> {
  const { Bucket, Key: Prefix } = splitUri(uri)
  const found: string[] = []
  for await (const page of paginateListObjectsV2({ client: s3() }, { Bucket, Prefix })) {
    for (const { Key } of page.Contents ?? []) if (Key) found.push(`s3://${Bucket}/${Key}`)
  }
  return found
}
