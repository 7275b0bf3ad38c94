import type { usePresence } from './use-presence'

/** Who else has the draft open, and what of it they have in hand. */
export function OthersHere({ others }: { others: ReturnType<typeof usePresence> }) {
  return (
    <p role="status" className={others.length > 0 ? 'min-w-0 text-[13px] text-muted' : 'sr-only'}>
      {others.length > 0 ? (
        <>
          <span aria-hidden className="mr-1.5 inline-block size-2 rounded-full bg-good" />
          Also here:{' '}
          {others.map(({ name, part }) => (part ? `${name}, at ${part}` : name)).join('; ')}
        </>
      ) : null}
    </p>
  )
}
