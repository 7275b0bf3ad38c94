import { nodeArgs } from '../launch/products.mjs'
import { oneCheck } from './outcome.mjs'
import { runCheck } from './run-check.mjs'

/** @typedef {import('./parts.mjs').Bench} Bench */

/** Pages and routes have types that Next derives from the folders. @param {Bench} bench */
export async function checkTypes(bench) {
  const derived = await run(bench, 'types', 'next/dist/bin/next', ['typegen'])
  return derived.isPassed
    ? check(bench, 'types', 'typescript/bin/tsc', ['--noEmit'])
    : oneCheck(false, derived.output)
}

/** @param {Bench} bench */
export function checkLint(bench) {
  return check(bench, 'lint', '@biomejs/biome/bin/biome', ['check', '.'])
}

/** @param {Bench} bench */
export function checkRooms(bench) {
  return check(bench, 'rooms', '../scripts/check-rooms.mjs', [])
}

/** @param {Bench} bench */
export function checkUnused(bench) {
  return check(bench, 'unused', 'knip/bin/knip.js', [])
}

/** @param {Bench} bench @param {string} name @param {string} script below node_modules @param {string[]} args */
async function check(bench, name, script, args) {
  const { isPassed, output } = await run(bench, name, script, args)
  return oneCheck(isPassed, output)
}

/** @param {Bench} bench @param {string} name @param {string} script @param {string[]} args */
function run({ node, env, context }, name, script, args) {
  return runCheck(
    { name, program: node, args: nodeArgs(`node_modules/${script}`, args), env },
    context,
  )
}
