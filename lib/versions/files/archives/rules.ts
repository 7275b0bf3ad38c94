import { strToU8, type Unzipped, unzipSync, zipSync } from 'fflate'
import { FILE_NAMES, type FileName, type FileProblem, type VersionFiles } from '../schema'

/** Far above any real prompt, far below what would fill a server's memory. */
const MOST_BYTES = 50 * 1024 * 1024
const MOST_ENTRIES = 10_000

/** A file as it was sent. */
export type SentFile = { name: string; bytes: Uint8Array }

/** No clock: the same files give the same bytes. */
const NO_TIME = new Date(1980, 0, 1)

/** The files as a zip, the same bytes for the same files. */
export function packFiles(files: VersionFiles): Uint8Array {
  const entries = FILE_NAMES.map((name) => [name, strToU8(files[name])] as const)
  return zipSync(Object.fromEntries(entries), { mtime: NO_TIME, level: 6 })
}

type Unpacked = { files: Partial<VersionFiles> } | { problems: FileProblem[] }

/**
 * The files of a version out of what was sent: one zip, or the files themselves. Other files beside
 * them (a README, cases) are passed over.
 */
export function unpackFiles(sent: readonly SentFile[]): Unpacked {
  const [first] = sent
  if (first === undefined) return fail('files', 'No file was sent.')
  if (sent.length === 1 && isZip(first)) return openZip(first)
  const zip = sent.find(isZip)
  if (zip) return fail(zip.name, 'Send one zip, or the files themselves, not both.')
  return takeFiles(sent)
}

function isZip({ name, bytes }: SentFile): boolean {
  return /\.zip$/i.test(name) || (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3)
}

function openZip({ name, bytes }: SentFile): Unpacked {
  const problems: FileProblem[] = []
  const refuse = (message: string) => {
    problems.push({ file: name, line: null, message })
    return false
  }
  let entries = 0
  let size = 0
  let unzipped: Unzipped
  try {
    unzipped = unzipSync(bytes, {
      // The size that an entry names is all that is ever unpacked of it.
      filter: (entry) => {
        entries += 1
        if (problems.length > 0) return false
        if (leadsOut(entry.name)) return refuse(`It has a path that leads out of it: ${entry.name}`)
        if (entries > MOST_ENTRIES) return refuse('It has more than 10,000 files.')
        if (fileNameOf(entry.name) === null) return false
        size += entry.originalSize
        return size <= MOST_BYTES || refuse('Unpacked, it is larger than 50 MB.')
      },
    })
  } catch {
    return fail(name, 'This zip can’t be read: it is damaged, encrypted or of a kind unknown here.')
  }
  if (problems.length > 0) return { problems }
  const inside = Object.entries(unzipped).map(([path, content]) => ({ name: path, bytes: content }))
  if (inside.length === 0) {
    return fail(name, `It has none of the files of a version (${FILE_NAMES.join(', ')}).`)
  }
  return takeFiles(inside)
}

function takeFiles(sent: readonly SentFile[]): Unpacked {
  const files: Partial<VersionFiles> = {}
  const problems: FileProblem[] = []
  for (const { name: path, bytes } of sent) {
    const name = fileNameOf(path)
    if (name === null) continue
    if (files[name] !== undefined) {
      problems.push({ file: name, line: null, message: 'It is there twice: send one version.' })
      continue
    }
    const text = decode(bytes)
    if (text === null) problems.push({ file: name, line: null, message: 'It is not in UTF-8.' })
    else files[name] = text
  }
  if (problems.length === 0 && Object.keys(files).length === 0) {
    return fail('files', `None of these is a file of a version (${FILE_NAMES.join(', ')}).`)
  }
  return problems.length > 0 ? { problems } : { files }
}

function fileNameOf(path: string): FileName | null {
  // What macOS adds to a zip has the names of the files it belongs to, with a mark.
  if (path.includes('__MACOSX/')) return null
  const name = path.split('/').at(-1)
  return FILE_NAMES.find((known) => known === name) ?? null
}

function leadsOut(path: string): boolean {
  return /^(?:[\\/]|[a-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)|\0/i.test(path)
}

/** Null for bytes that are not UTF-8. A byte order mark stays: it may be the text's own. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function fail(file: string, message: string): { problems: FileProblem[] } {
  return { problems: [{ file, line: null, message }] }
}
