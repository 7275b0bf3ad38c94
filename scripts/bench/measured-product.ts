import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyInstalled } from './checkout'
import { type RunningProduct, startProduct } from './product'

/**
 * A copy of the product with one more route below a project, to measure against: the same session,
 * membership, policy and parsing, then only what the rival does. The product itself ships no such route.
 */
export async function startWithRoute(
  name: string,
  source: string,
): Promise<RunningProduct & { dataDir: string }> {
  // Not below this project: git ignores that, and then the build looks for class names in everything.
  const folder = mkdtempSync(join(tmpdir(), 'closecall-bench-'))
  const discard = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    copyInstalled(folder)
    const route = join(folder, 'app/api/projects/[project]', name)
    mkdirSync(route)
    writeFileSync(join(route, 'route.ts'), source)
    const dataDir = join(folder, '.data')
    const product = await startProduct(folder, dataDir)
    return { ...product, dataDir, stop: () => product.stop().finally(discard) }
  } catch (error) {
    discard()
    throw error
  }
}
