import type { Claim } from '@/lib/reviews/queue/schema'

const SHOWN_FACTS = 3
const LONGEST_FACT = 40
const DAY_MS = 86_400_000

/** Number, a few columns of the file, how many messages over what time. */
export function CaseFacts({ item }: { item: Claim['case'] }) {
  const facts = Object.entries(item.metadata)
    .filter(([, value]) => value.trim() !== '' && value.length <= LONGEST_FACT)
    .slice(0, SHOWN_FACTS)
  const { length } = item.messages
  return (
    <>
      <span className="font-mono text-xs">{item.externalId}</span>
      {facts.map(([name, value]) => (
        <span key={name}>
          {name} <span className="text-ink">{value}</span>
        </span>
      ))}
      <span>{length === 1 ? '1 message' : `${length} messages`}</span>
      <Span times={item.messages.flatMap(({ time }) => time ?? [])} />
    </>
  )
}

function Span({ times }: { times: readonly string[] }) {
  const stamps = times.map((time) => Date.parse(time)).filter(Number.isFinite)
  const spread = stamps.length < 2 ? 0 : Math.max(...stamps) - Math.min(...stamps)
  const days = Math.round(spread / DAY_MS)
  return days === 0 ? null : <span>{days === 1 ? '1 day' : `${days} days`}</span>
}
