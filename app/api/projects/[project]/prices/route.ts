import { projectRoute } from '@/lib/platform/route'
import { getPricesView } from '@/lib/runs/prices/data'
import { setPrice } from '@/lib/runs/prices/mutations'
import { mayChangePrices, mayReadPrices } from '@/lib/runs/prices/policy'
import { priceInput } from '@/lib/runs/prices/schema'

export const GET = projectRoute(mayReadPrices, {}, ({ member }) => getPricesView(member))

/** The price of one model, all of it at once; without one, the table’s counts again. */
export const PUT = projectRoute(mayChangePrices, { body: priceInput }, ({ member, body }) =>
  setPrice(member, body),
)
