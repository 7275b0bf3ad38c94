import { runBrowser } from './browser.mjs'
import { runLauncher } from './launcher.mjs'
import { checkLint, checkRooms, checkTypes, checkUnused } from './static-checks.mjs'
import { runUnit } from './unit.mjs'

/**
 * @typedef {object} Bench what every part works with
 * @property {string} node
 * @property {NodeJS.ProcessEnv} env
 * @property {string} folder for everything the tests write
 * @property {import('../launch/children.mjs').Context} context
 *
 * @typedef {object} Part
 * @property {string} name for the command line: `npm test -- unit`
 * @property {string} title
 * @property {(bench: Bench, files: string[]) => Promise<import('./outcome.mjs').Outcome>} run
 */

/** In this order: what fails fast comes first, and the launcher's build serves the browser. @type {Part[]} */
export const PARTS = [
  { name: 'types', title: 'Types', run: checkTypes },
  { name: 'lint', title: 'Lint', run: checkLint },
  { name: 'rooms', title: 'Dependency rules', run: checkRooms },
  { name: 'unused', title: 'Unused code', run: checkUnused },
  { name: 'unit', title: 'Unit and integration', run: runUnit },
  { name: 'launcher', title: 'Launcher', run: runLauncher },
  { name: 'browser', title: 'Browser', run: runBrowser },
]
