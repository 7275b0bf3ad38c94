import { startTransition, useEffect, useState } from 'react'

/**
 * Calls back once the frame that is being made is on the screen. Returns how to give it up. In a hidden
 * page, which makes no frames, at the next one that it makes.
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** The value as it was before the last frame: what is drawn from it never holds up a key. */
export function useAfterPaint<T>(value: T): T {
  const [painted, setPainted] = useState(value)
  useEffect(() => afterPaint(() => startTransition(() => setPainted(value))), [value])
  return painted
}

/**
 * A task of its own, as soon as there is room for one: browsers mostly draw what a key has changed
 * first, but nothing waits for that, so that a page on its way out gets to it as well.
 */
export function nextTask(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })
}
