import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { crc32 } from 'node:zlib'
import { decodeChunks } from './chunked'
import { S3Error } from './errors'

/** What came in: `crc32` as S3 writes it, base64 of four bytes. */
export type Received = { size: number; md5: string; crc32: string }

/**
 * Writes a request's body to a new file, without its framing, and compares it with the checksums that
 * came along, in headers or behind the body. Never holds more than a piece of it in memory. Sums that
 * Node does not compute (CRC32C, CRC64NVME) are not compared.
 */
export async function receiveBody(
  body: AsyncIterable<Buffer>,
  headers: IncomingHttpHeaders,
  file: string,
): Promise<Received> {
  const trailers = new Map<string, string>()
  const isChunked =
    String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    String(headers['content-encoding'] ?? '').includes('aws-chunked')
  const handle = await open(file, 'wx')
  const sums = makeSums()
  try {
    await write(isChunked ? decodeChunks(body, trailers) : body, handle, sums)
  } finally {
    await handle.close()
  }
  const given = (name: string) => trailers.get(name) ?? headers[name]
  const length =
    given('x-amz-decoded-content-length') ?? (isChunked ? undefined : given('content-length'))
  if (length !== undefined && Number(length) !== sums.size) {
    throw new S3Error(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header.',
    )
  }
  const md5 = sums.md5.digest()
  const crc = writeCrc32(sums.crc)
  compare('Content-MD5', given('content-md5'), md5.toString('base64'))
  compare('CRC32', given('x-amz-checksum-crc32'), crc)
  compare('SHA256', given('x-amz-checksum-sha256'), sums.sha256.digest('base64'))
  return { size: sums.size, md5: md5.toString('hex'), crc32: crc }
}

export function writeCrc32(sum: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(sum)
  return bytes.toString('base64')
}

function makeSums() {
  return { size: 0, crc: 0, md5: createHash('md5'), sha256: createHash('sha256') }
}

async function write(
  source: AsyncIterable<Buffer>,
  handle: FileHandle,
  sums: ReturnType<typeof makeSums>,
): Promise<void> {
  for await (const piece of source) {
    sums.size += piece.length
    sums.crc = crc32(piece, sums.crc)
    sums.md5.update(piece)
    sums.sha256.update(piece)
    await handle.writeFile(piece)
  }
}

function compare(name: string, given: string | string[] | undefined, found: string): void {
  if (given !== undefined && given !== found) {
    throw new S3Error(
      'BadDigest',
      `The ${name} you specified did not match the calculated checksum.`,
    )
  }
}
