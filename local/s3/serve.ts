import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { S3Error } from './errors'
import { chooseOperation, type S3Request, type S3State } from './operations'
import { element, writeXml } from './xml'

/** Where S3 lies below the server's address: `AWS_ENDPOINT_URL_S3` is the address with this behind it. */
export const S3_PATH = '/_s3'

export function isS3(request: IncomingMessage): boolean {
  return /^\/_s3([/?]|$)/.test(request.url ?? '')
}

/** Answers one request to S3. Signatures are not checked, but something must be signed. */
export async function serveS3(
  request: IncomingMessage,
  response: ServerResponse,
  state: S3State,
): Promise<void> {
  try {
    const asked = readRequest(request)
    const isSigned =
      request.headers.authorization !== undefined || asked.query.has('X-Amz-Signature')
    // A page in a browser sends its origin; no client of this server does.
    if (!isSigned || request.headers.origin !== undefined) {
      throw new S3Error('AccessDenied', 'Access Denied')
    }
    const { status, headers, body } = await chooseOperation(asked)(asked, state)
    response.writeHead(status, {
      ...(typeof body === 'string' ? { 'content-type': 'application/xml' } : {}),
      ...headers,
      'x-amz-request-id': randomUUID(),
    })
    if (body === undefined || request.method === 'HEAD') response.end()
    else if (typeof body === 'string') response.end(body)
    else await pipeline(Readable.from(body), response)
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy()
    else await sendError(request, response, error)
  }
}

async function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Promise<void> {
  if (!(error instanceof S3Error)) console.error('The local S3 failed:', error)
  // Read on without keeping: an early answer would reach the SDK as a broken pipe.
  for await (const _ of request.iterator({ destroyOnReturn: false }));
  const known = error instanceof S3Error ? error : null
  response.writeHead(known?.status ?? 500, {
    'content-type': 'application/xml',
    'x-amz-request-id': randomUUID(),
  })
  response.end(
    request.method === 'HEAD'
      ? undefined
      : writeXml('Error', [
          element('Code', known?.code ?? 'InternalError'),
          element('Message', known?.message ?? 'We encountered an internal error.'),
        ]),
  )
}

/** Path style (`/bucket/key`), or the bucket as the first part of the host (`bucket.localhost`). */
function readRequest(request: IncomingMessage): S3Request {
  const [path = '', search = ''] = splitOnce(request.url ?? '', '?')
  const inner = path.slice(S3_PATH.length).replace(/^\//, '')
  const [, host] = /^(.+?)\.(?:s3\.)?localhost(?::\d+)?$/.exec(request.headers.host ?? '') ?? []
  const [bucket = '', key = ''] = host === undefined ? splitOnce(inner, '/') : [host, inner]
  return {
    method: request.method ?? 'GET',
    bucket: decode(bucket),
    key: decode(key),
    query: new URLSearchParams(search),
    headers: request.headers,
    // Ending early must not close the connection: an error is still to be sent on it.
    body: request.iterator({ destroyOnReturn: false }),
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidArgument', 'The path is not properly encoded.')
  }
}
