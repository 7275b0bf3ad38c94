import { describeMix, type Shares, sharesOf, sumOfShares } from '@/lib/reviews/settings/rules'

/** What is in the queue, as a sentence that follows the numbers while they are typed. */
export function MixLine({ mix }: { mix: Shares }) {
  const known = sharesOf(mix).every(([, share]) => Number.isInteger(share) && share >= 0)
  const sentence = known ? describeMix(mix) : null
  const missing = 100 - sumOfShares(mix)
  return (
    <p
      role="status"
      className={`rounded-lg px-3.5 py-3 ${sentence ? 'bg-sunken' : 'bg-warn-soft text-warn'}`}
    >
      {sentence ??
        (known
          ? `The five add up to ${100 - missing}: ${missing > 0 ? `${missing} more are needed` : `${-missing} too many`}.`
          : 'Give five whole numbers that add up to 100.')}
    </p>
  )
}
