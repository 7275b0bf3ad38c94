import { readCheckSettings } from './check/settings'
import { checkPermissions } from './check/steps'

/**
 * `npm run check -- [model]`: tries what Closecall needs of AWS, with the environment that the worker has,
 * and names what is missing with what to paste. Ends with 1 where something is.
 */
const SIGNS = { allowed: '✓', missing: '✗', unsure: '?', skipped: '–' } as const

try {
  const settings = readCheckSettings(process.env, process.argv[2])
  process.stdout.write(`Model ${settings.modelId}, region ${settings.region}\n`)
  for await (const { name, result, advice } of checkPermissions(settings)) {
    const below = advice === '' ? '' : `\n    ${advice.replaceAll('\n', '\n    ')}`
    process.stdout.write(
      `${SIGNS[result]} ${name}${result === 'allowed' ? '' : `: ${result}`}${below}\n`,
    )
    if (result === 'missing') process.exitCode = 1
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
