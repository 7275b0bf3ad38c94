import { log } from './log'

/** Through proxies and compression a stream must come as it is written. */
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** Ends with the time, so that whoever follows is asked again who they are. */
const LONGEST_STREAM_MS = 60_000

/**
 * Server-sent events, each the JSON of one value of `source`, until it ends, the time is over or the
 * reader has gone. The browser comes back by itself. `source` gets the signal that ends it.
 */
export function eventStream(
  source: (signal: AbortSignal) => AsyncIterable<unknown>,
  request: Request,
): Response {
  const over = AbortSignal.timeout(LONGEST_STREAM_MS)
  const gone = new AbortController()
  const signal = AbortSignal.any([over, gone.signal, request.signal])
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(encoder.encode('retry: 1000\n\n'))
      try {
        for await (const value of source(signal)) {
          if (signal.aborted) break
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`))
        }
      } catch (error) {
        // The answer has begun: all that is left is to end it. The page polls then.
        log.warn({ error }, 'an event stream broke')
      }
      if (!gone.signal.aborted) controller.close()
    },
    cancel() {
      gone.abort()
    },
  })
  return new Response(body, { headers: HEADERS })
}
