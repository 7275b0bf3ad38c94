import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { afterEach, describe, expect, it } from 'vitest'
import { type LocalBedrock, startLocalBedrock } from '../bedrock/server'

const Bucket = 'closecall-local'
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'local-s3-test-'))
  open.push(() => rm(folder, { recursive: true }))
  return folder
}

async function start(dataDir?: string): Promise<LocalBedrock> {
  const server = await startLocalBedrock({ dataDir })
  open.push(server.close)
  return server
}

function connect({ s3Url }: LocalBedrock): S3Client {
  const client = new S3Client({
    endpoint: s3Url,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  open.push(() => client.destroy())
  return client
}

async function read(client: S3Client, Key: string, Range?: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }))
  return (await Body?.transformToString()) ?? ''
}

async function listAllFiles(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
}

describe('objects', () => {
  it('keeps what was put, with its type, sums and metadata', async () => {
    const client = connect(await start())
    const Body = 'Straße\n'.repeat(1_000)
    const put = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a/b c+ü.txt',
        Body,
        ContentType: 'text/plain',
        Metadata: { run: 'r1' },
      }),
    )
    const md5 = createHash('md5').update(Body).digest('hex')
    expect(put.ETag).toBe(`"${md5}"`)
    expect(await read(client, 'a/b c+ü.txt')).toBe(Body)
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a/b c+ü.txt' }))
    expect(head).toMatchObject({
      ContentLength: Buffer.byteLength(Body),
      ContentType: 'text/plain',
      Metadata: { run: 'r1' },
      ETag: `"${md5}"`,
    })
    expect(Date.now() - Number(head.LastModified)).toBeLessThan(60_000)
  })

  it('takes the framing and trailing checksum off a stream', async () => {
    const folder = await makeFolder()
    const client = connect(await start(folder))
    const bytes = randomBytes(300_000)
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7, 200_000), bytes.subarray(200_000)]
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'streamed',
        Body: Readable.from(pieces),
        ContentLength: bytes.length,
      }),
    )
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'streamed' }))
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true)
    const kept = await readdir(path.join(folder, 's3/data'))
    const [file = ''] = kept
    expect(kept).toHaveLength(1)
    expect((await readFile(path.join(folder, 's3/data', file))).equals(bytes)).toBe(true)
  })

  it('refuses bytes that are not those of the checksum, and keeps none of them', async () => {
    const folder = await makeFolder()
    const { s3Url } = await start(folder)
    const put = (body: string, headers: Record<string, string>) =>
      fetch(`${s3Url}/${Bucket}/x`, {
        method: 'PUT',
        headers: { authorization: 'AWS4-HMAC-SHA256 local', ...headers },
        body,
      })
    const streaming = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
    for (const [body, headers, code] of [
      ['abc', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
      ['abc', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
      ['3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', streaming, 'BadDigest'],
      ['3\r\nabc\r\n', streaming, 'IncompleteBody'],
      ['zz\r\nabc\r\n', streaming, 'IncompleteBody'],
    ] as const) {
      const response = await put(body, headers)
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(code)])
    }
    const good = await put('3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n', streaming)
    expect(good.status).toBe(200)
    expect(await readdir(path.join(folder, 's3/data'))).toHaveLength(1)
  })

  it('gives ranges, and says where there is nothing', async () => {
    const client = connect(await start())
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }))
    expect(await read(client, 'k', 'bytes=2-4')).toBe('234')
    expect(await read(client, 'k', 'bytes=7-')).toBe('789')
    expect(await read(client, 'k', 'bytes=-2')).toBe('89')
    expect(await read(client, 'k', 'bytes=8-100')).toBe('89')
    await expect(read(client, 'k', 'bytes=10-11')).rejects.toMatchObject({ name: 'InvalidRange' })
    await client.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: '' }))
    expect(await read(client, 'empty')).toBe('')
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    await expect(read(client, 'k')).rejects.toMatchObject({ name: 'NoSuchKey' })
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await expect(
      client.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'k', Body: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' })
  })

  it('lets no key leave the folder or hide another', async () => {
    const folder = await makeFolder()
    const server = await start(folder)
    const client = connect(server)
    const keys = ['../../x', '/etc/passwd', 'a', 'a/b', 'a//b', '..', 'x'.repeat(1_024)]
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
    for (const Key of keys) expect(await read(client, Key)).toBe(Key)
    const names = (await listAllFiles(folder)).map((file) => path.basename(file))
    expect(names).toHaveLength(2 * keys.length)
    for (const name of names) expect(name).toMatch(/^[0-9a-f-]{36}$|^[0-9a-f]{64}\.json$/)
    await expect(
      client.send(new PutObjectCommand({ Bucket, Key: 'x'.repeat(1_025), Body: '' })),
    ).rejects.toMatchObject({ name: 'KeyTooLongError' })
    const raw = await sendRaw(server, `/_s3/${Bucket}/../../../etc/passwd`)
    expect(raw).toBe(404)
  })

  it('keeps objects over a restart, and lets go of replaced bytes', async () => {
    const folder = await makeFolder()
    const first = await startLocalBedrock({ dataDir: folder })
    const client = connect(first)
    for (const Body of ['one', 'two']) {
      await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body }))
    }
    await first.close()
    expect(await readdir(path.join(folder, 's3/data'))).toHaveLength(1)
    expect(await read(connect(await start(folder)), 'k')).toBe('two')
  })
})

/** A path as it stands, which `fetch` would tidy up. */
function sendRaw(
  { url }: LocalBedrock,
  rawPath: string,
  host?: string,
): Promise<number | undefined> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'local', ...(host === undefined ? {} : { host }) }
    request({ hostname, port, path: rawPath, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('buckets and lists', () => {
  it('makes buckets and knows which there are', async () => {
    const server = await start()
    const client = connect(server)
    const other = { Bucket: 'another-bucket' }
    await expect(client.send(new HeadBucketCommand(other))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await client.send(new CreateBucketCommand(other))
    await client.send(new HeadBucketCommand(other))
    await expect(client.send(new CreateBucketCommand(other))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    })
    await expect(
      client.send(new CreateBucketCommand({ Bucket: 'Not_A_Bucket' })),
    ).rejects.toMatchObject({ name: 'InvalidBucketName' })
    await client.send(new PutObjectCommand({ ...other, Key: 'k', Body: 'x' }))
    expect(await sendRaw(server, '/_s3/k', 'another-bucket.s3.localhost')).toBe(200)
    expect(await sendRaw(server, '/_s3/none', 'another-bucket.localhost:80')).toBe(404)
  })

  it('pages through keys, and folds those below a delimiter', async () => {
    const client = connect(await start())
    const keys = ['in/a.jsonl', 'in/b.jsonl', 'out/1/x', 'out/1/y', 'out/2/x', 'top & <tail>']
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
    const list = async (input: object) => {
      const seen: (string | undefined)[][] = []
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, ...input, ContinuationToken }),
        )
        seen.push([
          ...(page.Contents ?? []).map((one) => one.Key),
          ...(page.CommonPrefixes ?? []).map((one) => one.Prefix),
        ])
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)
      return seen
    }
    expect(await list({})).toEqual([keys])
    expect(await list({ MaxKeys: 4 })).toEqual([keys.slice(0, 4), keys.slice(4)])
    expect(await list({ Prefix: 'out/' })).toEqual([keys.slice(2, 5)])
    expect(await list({ Delimiter: '/' })).toEqual([['top & <tail>', 'in/', 'out/']])
    expect(await list({ Delimiter: '/', MaxKeys: 1 })).toEqual([
      ['in/'],
      ['out/'],
      ['top & <tail>'],
    ])
    expect(await list({ Prefix: 'out/', Delimiter: '/' })).toEqual([['out/1/', 'out/2/']])
    expect(await list({ Prefix: 'none' })).toEqual([[]])
  })

  it('wants something signed, no visits from web pages, and no operations it lacks', async () => {
    const { s3Url } = await start()
    const ask = async (headers: Record<string, string>, path = `/${Bucket}?list-type=2`) =>
      (await fetch(`${s3Url}${path}`, { headers })).status
    expect(await ask({})).toBe(403)
    expect(await ask({ authorization: 'local', origin: 'https://evil.example' })).toBe(403)
    expect(await ask({ authorization: 'local' })).toBe(200)
    expect(await ask({ authorization: 'local' }, `/${Bucket}?versioning`)).toBe(501)
    expect(await ask({ authorization: 'local' }, `/${Bucket}/%E0%A4`)).toBe(400)
  })
})

describe('uploads in parts', () => {
  it('joins the parts of a long stream', async () => {
    const folder = await makeFolder()
    const client = connect(await start(folder))
    const bytes = randomBytes(11 * 1024 * 1024)
    const upload = new Upload({
      client,
      params: { Bucket, Key: 'long', Body: Readable.from([bytes]) },
    })
    await upload.done()
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key: 'long' }))
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true)
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/)
    expect(await readdir(path.join(folder, 's3/uploads'))).toEqual([])
  })

  it('refuses parts it has not got, too small ones, and what was aborted', async () => {
    const client = connect(await start())
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }))
    const part = (PartNumber: number) =>
      client.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber, Body: 'x' }))
    const [{ ETag }] = [await part(1), await part(2)]
    const complete = (Parts: { PartNumber: number; ETag?: string }[]) =>
      client.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'k',
          UploadId,
          MultipartUpload: { Parts },
        }),
      )
    await expect(complete([{ PartNumber: 3, ETag }])).rejects.toMatchObject({ name: 'InvalidPart' })
    await expect(
      complete([
        { PartNumber: 1, ETag },
        { PartNumber: 2, ETag },
      ]),
    ).rejects.toMatchObject({ name: 'EntityTooSmall' })
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId }))
    await expect(complete([{ PartNumber: 1, ETag }])).rejects.toMatchObject({
      name: 'NoSuchUpload',
    })
  })
})
