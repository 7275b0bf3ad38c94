import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../launch/settings.mjs'
import { countTap, runnerOutcome } from './outcome.mjs'
import { runCheck } from './run-check.mjs'

/**
 * The drills: what the launcher does when it is killed, and when something is in its way.
 * @param {import('./parts.mjs').Bench} bench
 * @param {string[]} files only these
 */
export async function runLauncher({ node, env, context, folder }, files) {
  const drills = join(ROOT, 'scripts', 'testing', 'drills')
  const all = readdirSync(drills).filter((name) => name.endsWith('.drill.mjs'))
  const chosen = files.length > 0 ? files : all.map((name) => join(drills, name))
  const args = [
    '--test',
    '--test-reporter=tap',
    '--test-concurrency=1',
    '--test-force-exit',
    '--test-timeout=300000',
    ...chosen,
  ]
  const command = {
    name: 'launcher',
    program: node,
    args,
    env: { ...env, DRILL_FOLDER: join(folder, 'drills') },
  }
  const { isPassed, output } = await runCheck(command, context)
  return runnerOutcome(countTap(output), isPassed, output)
}
