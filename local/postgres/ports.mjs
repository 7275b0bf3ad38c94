import { createServer } from 'node:net'

/**
 * @param {number} port 0: any free one
 * @param {string} host
 * @returns {Promise<number | null>} the port, or null when it is taken
 */
export function findFreePort(port, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) =>
      Object(error).code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const found = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(found))
    })
  })
}
