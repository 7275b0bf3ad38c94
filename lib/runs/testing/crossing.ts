import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a request is, when something is to happen to whoever sent it. */
export type Moment =
  | 'before it is sent on'
  | 'after it was answered'
  | 'in the middle of the answer'

type Trap = { method: string; path: RegExp; moment: Moment; spring: () => void }

/**
 * Stands between a worker and the local Bedrock. At the first request that the trap is for it does what
 * the trap says, and lets the request hang there: the worker hears nothing more.
 */
export async function openCrossing(url: string, trap: Trap) {
  const { hostname, port } = new URL(url)
  let isSet = true
  const server = createServer((from, to) => {
    const caught = isSet && from.method === trap.method && trap.path.test(from.url ?? '')
    if (caught) isSet = false
    if (caught && trap.moment === 'before it is sent on') return trap.spring()
    const onward = request(
      { hostname, port, method: from.method, path: from.url, headers: from.headers },
      (answer) => pass(answer, to, caught ? trap : null),
    )
    onward.on('error', () => to.destroy())
    from.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function pass(answer: IncomingMessage, to: ServerResponse, trap: Trap | null): void {
  if (trap?.moment === 'after it was answered') {
    answer.resume().on('end', trap.spring)
    return
  }
  to.writeHead(answer.statusCode ?? 500, answer.headers)
  if (!trap) {
    answer.pipe(to)
    return
  }
  const half = Number(answer.headers['content-length']) / 2
  let seen = 0
  answer.on('data', (piece: Buffer) => {
    if (seen <= half) to.write(piece.subarray(0, Math.ceil(half - seen + 1)))
    seen += piece.length
  })
  answer.on('end', trap.spring)
}
