import { startLocalBedrock } from './server'

/** Started by the launcher: one line on standard output once it listens. */
async function main(): Promise<void> {
  const port = Number(process.env.PORT ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is "${process.env.PORT}", but must be a whole number from 0 to 65535.`)
  }
  const bedrock = await startLocalBedrock({ port, dataDir: process.env.LOCAL_BEDROCK_DATA })
  const stop = () => {
    bedrock.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (process.env.EXIT_WITH_PARENT === '1') {
    process.stdin.once('end', stop).once('error', stop).resume()
  }
  console.log(`Local Bedrock: ${bedrock.url}`)
}

function fail(error: unknown): never {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const reason = error instanceof Error ? error.message : String(error)
  console.error(
    taken
      ? `Local Bedrock: port ${process.env.PORT} is taken. Choose another with PORT.`
      : `Local Bedrock could not start: ${reason}`,
  )
  process.exit(1)
}

main().catch(fail)
