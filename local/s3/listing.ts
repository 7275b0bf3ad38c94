import { S3Error } from './errors'
import type { ObjectStore, StoredObject } from './store'
import { element, writeXml } from './xml'

const MOST_KEYS = 1_000

/** `GET /bucket?list-type=2`, with prefix, delimiter and continuation token. */
export function listObjectsV2(store: ObjectStore, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const token = query.get('continuation-token')
  const most = readMost(query.get('max-keys'))
  const after = token === null ? (query.get('start-after') ?? '') : readToken(token)
  const page = takePage(store.listObjects(bucket, prefix), { prefix, delimiter, after, most })
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text
  return writeXml('ListBucketResult', [
    element('Name', bucket),
    element('Prefix', encode(prefix)),
    ...(delimiter === '' ? [] : [element('Delimiter', encode(delimiter))]),
    element('MaxKeys', String(most)),
    element('KeyCount', String(page.objects.length + page.prefixes.length)),
    element('IsTruncated', String(page.next !== null)),
    ...(token === null ? [] : [element('ContinuationToken', token)]),
    ...(page.next === null ? [] : [element('NextContinuationToken', writeToken(page.next))]),
    ...page.objects.map(
      ({ key, modified, etag, size }) =>
        `<Contents>${element('Key', encode(key))}${element('LastModified', modified)}${element('ETag', etag)}${element('Size', String(size))}<StorageClass>STANDARD</StorageClass></Contents>`,
    ),
    ...page.prefixes.map(
      (one) => `<CommonPrefixes>${element('Prefix', encode(one))}</CommonPrefixes>`,
    ),
  ])
}

type Page = { objects: StoredObject[]; prefixes: string[]; next: string | null }

/** `after`: the last key or common prefix of the page before. */
function takePage(
  objects: readonly StoredObject[],
  {
    prefix,
    delimiter,
    after,
    most,
  }: { prefix: string; delimiter: string; after: string; most: number },
): Page {
  const page: Page = { objects: [], prefixes: [], next: null }
  const start = Buffer.from(after)
  let last = after
  for (const object of objects) {
    const { key } = object
    if (after !== '' && Buffer.compare(Buffer.from(key), start) <= 0) continue
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const folded = cut < 0 ? null : key.slice(0, cut + delimiter.length)
    // Everything below a common prefix is told by its first key, on this page or the one before.
    if (folded !== null && folded === last) continue
    if (page.objects.length + page.prefixes.length >= most) return { ...page, next: last }
    if (folded === null) page.objects.push(object)
    else page.prefixes.push(folded)
    last = folded ?? key
  }
  return page
}

function readMost(text: string | null): number {
  const most = text === null ? MOST_KEYS : Number(text)
  if (!Number.isInteger(most) || most < 0) {
    throw new S3Error('InvalidArgument', 'Argument max-keys must be an integer from 0.')
  }
  return Math.min(most, MOST_KEYS)
}

const writeToken = (key: string) => Buffer.from(key).toString('base64url')
const readToken = (token: string) => Buffer.from(token, 'base64url').toString()
