import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { copyCheckout } from './checkout'
import { compare, type Figure } from './figures'
import { startProduct } from './product'

/** A fresh checkout to Ready, held against `npm ci` alone; and a second start. */
export async function measureStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'closecall-bench-'))
  try {
    const bare = join(folder, 'install-only')
    mkdirSync(bare)
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      cpSync(file, join(bare, file))
    const began = performance.now()
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: bare, stdio: 'ignore' })
    const install = (performance.now() - began) / 1000
    rmSync(bare, { recursive: true })

    const checkout = join(folder, 'checkout')
    copyCheckout(checkout)
    const fresh = await startProduct(checkout, join(checkout, '.data'))
    await fresh.stop()
    const warm = await startProduct(checkout, join(checkout, '.data'))
    await warm.stop()
    return [
      compare(
        { part: 'start', name: 'fresh checkout to Ready', value: fresh.seconds, unit: 's' },
        { name: 'npm ci alone', value: install },
      ),
      compare(
        { part: 'start', name: 'second start to Ready', value: warm.seconds, unit: 's' },
        { name: 'limit', value: 10 },
        { atMost: 1 },
      ),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
