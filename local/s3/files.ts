import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Writes a file as a whole or not at all: whoever reads it sees the former or the new one. */
export async function replaceFile(file: string, content: string | Buffer): Promise<void> {
  const draft = path.join(path.dirname(file), `.${randomUUID()}`)
  await writeFile(draft, content)
  await rename(draft, file)
}

/** Names in a folder, which is made where it is missing. */
export async function listFolder(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return readdir(folder)
}
