import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { measureClaims } from './claims'
import { compare, type Figure } from './figures'
import { measureKeystrokes } from './keystroke'
import { signIn } from './people'
import { startProduct } from './product'
import { measureSubmits } from './submits'

const LIMIT_KB = 200

export async function measureReview(): Promise<Figure[]> {
  return [...(await measureClaims()), ...(await measureSubmits()), ...(await measurePage())]
}

/** The JavaScript that the review page names in its HTML, gzipped; and how fast its keys are. */
export async function measurePage(): Promise<Figure[]> {
  const product = await startProduct('.', resolve('.test/bench/product'))
  try {
    const call = await signIn(product.url, 'reviewer')
    const html = await (await call('GET', '/projects/support-root-causes/review')).text()
    const scripts = new Set(html.match(/\/_next\/static\/[^"'\\ )]+\.js/g) ?? [])
    if (scripts.size === 0) throw new Error('The review page names no script.')
    let bytes = 0
    for (const path of scripts) {
      bytes += gzipSync(Buffer.from(await (await call('GET', path)).arrayBuffer())).length
    }
    return [
      compare(
        {
          part: 'review',
          name: 'JavaScript of the review page, gzipped',
          value: bytes / 1000,
          unit: 'kB',
        },
        { name: 'limit', value: LIMIT_KB },
        { atMost: 1 },
      ),
      ...(await measureKeystrokes(product.url)),
    ]
  } finally {
    await product.stop()
  }
}
