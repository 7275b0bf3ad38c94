import { KNOWN_RESERVED_PORTS } from 'next/dist/lib/helpers/get-reserved-port.js'
import { expect, test } from 'vitest'
import { BLOCKED_PORTS, readSettings } from './settings.mjs'

test.each([
  [undefined, 3000],
  ['', 3000],
  ['0', 0],
  ['8080', 8080],
  ['65535', 65535],
])('PORT=%s is %i', (PORT, port) => expect(readSettings({ PORT }).port).toBe(port))

test.each(['http', '-1', '65536', '30.5', '3000 '])('PORT=%s is no port', (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(`a number from 0 to 65535, not "${PORT}"`)
})

test.each(['4190', '6000', '06000', '22'])(
  'PORT=%s is refused before anything is built',
  (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(`PORT can't be ${Number(PORT)}: browsers refuse`)
  },
)

test('exactly what can’t be fetched from is refused', async () => {
  /** Nothing is sent: a blocked port is told before a connection is made. */
  const isBlocked = async (/** @type {number} */ port) => {
    const trouble = await fetch(`http://127.0.0.1:${port}`, { method: 'HEAD' }).catch((e) => e)
    return Object(trouble).cause?.message === 'bad port'
  }
  for (const port of BLOCKED_PORTS) expect([port, await isBlocked(port)]).toEqual([port, true])
  for (const port of [0, 80, 3000, 4191, 6001]) expect(await isBlocked(port)).toBe(false)
  // Next.js refuses to listen on these.
  expect(
    Object.keys(KNOWN_RESERVED_PORTS).filter((port) => !BLOCKED_PORTS.has(Number(port))),
  ).toEqual([])
})
