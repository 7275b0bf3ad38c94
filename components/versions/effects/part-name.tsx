import type { EffectPart } from '@/lib/runs/effects/schema'

/** An example by its labels and its beginning; several by what they have in common. */
export function PartName({ part: { examples } }: { part: Pick<EffectPart, 'examples'> }) {
  const [first] = examples
  if (!first) return <span className="text-muted">an example that is gone</span>
  const labels = (
    <>
      <span className="font-medium">{first.label}</span>{' '}
      <span className="text-muted">
        {first.kind} example{examples.length > 1 ? `s, ${examples.length}` : ''}
        {examples.length === 1 && first.wrongLabel ? `, not ${first.wrongLabel}` : ''}
      </span>
    </>
  )
  if (examples.length > 1) return <span>{labels}</span>
  return (
    <span className="block">
      <span className="block">{labels}</span>
      <span className="line-clamp-1 break-all text-muted text-xs">{first.text}</span>
    </span>
  )
}
