import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pidOf } from './own-product'
import { DATA } from './people'

/** How batch jobs of the stand-in go that come from now on; null: as usual. */
export const setBatch = (settings: object | null) => control('batch', settings)

/** How slow the stand-in is from now on, and what goes wrong with it; null: as usual. */
export const setFaults = (faults: object | null) => control('faults', faults)

/** As a crash would; the launcher starts it again by itself. False where it is not there. */
export function killStandIn(): boolean {
  try {
    return process.kill(-pidOf(DATA, 'bedrock'), 'SIGKILL')
  } catch {
    // It has ended already, and the next one is not there yet.
    return false
  }
}

async function control(what: string, settings: object | null): Promise<void> {
  const log = readFileSync(join(DATA, 'logs', 'bedrock.log'), 'utf8')
  const url = [...log.matchAll(/^Local Bedrock: (\S+)/gm)].at(-1)?.[1]
  const answer = await fetch(`${url}/_local/${what}`, {
    method: settings === null ? 'DELETE' : 'POST',
    ...(settings === null ? {} : { body: JSON.stringify(settings) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}
