import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What git knows of, as it stands in the working tree. */
export function copyCheckout(target: string): void {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0')
  for (const file of files.filter((path) => path && existsSync(path))) {
    mkdirSync(dirname(join(target, file)), { recursive: true })
    cpSync(file, join(target, file))
  }
}

/** The installed packages as well, so that nothing is fetched. */
export function copyInstalled(target: string): void {
  copyCheckout(target)
  execFileSync('cp', ['-a', 'node_modules', join(target, 'node_modules')])
}
