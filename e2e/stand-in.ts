import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATA } from './people'

/** How batch jobs of the stand-in go that come from now on; null: as usual. */
export async function setBatch(settings: object | null): Promise<void> {
  const log = readFileSync(join(DATA, 'logs', 'bedrock.log'), 'utf8')
  const url = [...log.matchAll(/^Local Bedrock: (\S+)/gm)].at(-1)?.[1]
  const answer = await fetch(`${url}/_local/batch`, {
    method: settings === null ? 'DELETE' : 'POST',
    ...(settings === null ? {} : { body: JSON.stringify(settings) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}
