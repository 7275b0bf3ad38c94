import Link from 'next/link'
import { day, money } from './figures'

/** The day that a price is of, and whether it was set for the project. */
type Mark = { date: string; own: boolean }

/** "price of 23 Sep 2026", "price set here on 28 Nov 2026". */
export const priceWords = ({ date, own }: Mark): string =>
  own ? `price set here on ${day(date)}` : `price of ${day(date)}`

/** Millionths of a dollar and the price they were computed by, within a sentence. */
export function costWords(cost: number | null, priced: Mark | null): string {
  if (cost === null) return 'cost not known, as the price is not'
  return priced ? `${money(cost)} (${priceWords(priced)})` : money(cost)
}

type PriceNoteProps = {
  project: string
  /** Null where the price is not known. */
  cost: number | null
  /** Null where there is nothing to say of a price: nothing to pay. */
  priced: Mark | null
}

/** By which price a cost was computed; where there is none, the way to one. */
export function PriceNote({ project, cost, priced }: PriceNoteProps) {
  if (cost !== null) return priced ? priceWords(priced) : null
  return (
    <>
      price not known:{' '}
      <Link className="link" href={`/projects/${project}/settings/prices`}>
        set it
      </Link>
    </>
  )
}
