import { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'
import {
  CAME_BACK,
  FREE,
  freeWindow,
  limit,
  lockFirst,
  returnedWindow,
  suitable,
  type Who,
} from '../lines/data'
import { type PickRow, toPicked, toPosition } from '../picks/data'
import type { Line, Picked, Position } from '../picks/rules'

type WalkRow = PickRow & { full: boolean | null; lastPlace: number | null; lastId: string | null }

export type Walked = {
  picked: Picked[]
  /** The first row that may be for the person, now or later; null when there is none in the window. */
  first: Position | null
  /** The last row looked at. */
  last: Position
  /** There is more to look at after it. */
  more: boolean
}

/** One larger window of a line, from a position on: takes up to `n` rows that the person may have. */
export async function walkLine(
  tx: Tx,
  member: Who,
  line: Line,
  from: Position,
  { n, size, except }: { n: number; size: number; except: readonly string[] },
): Promise<Walked> {
  const at = { place: Prisma.sql`${from.place}::float8`, id: Prisma.sql`${from.id}::uuid` }
  const window =
    line === 'returned'
      ? returnedWindow(member, at, limit(size))
      : freeWindow(member, Prisma.sql`${line}::"Lane"`, at, limit(size))
  const all = Prisma.sql`SELECT * FROM seen ORDER BY place, id`
  const rows = await tx.$queryRaw<WalkRow[]>`
    WITH seen AS MATERIALIZED (${window}), picked AS (${lockFirst(suitable(member, all), {
      free: line === 'returned' ? CAME_BACK : FREE,
      except: Prisma.sql`SELECT unnest(${except}::uuid[])`,
      n: Prisma.sql`${n}::int`,
    })}), front AS (
      SELECT "firstPlace", "firstId" FROM (${suitable(member, all)}) AS s LIMIT 1
    )
    SELECT ${line} AS source, picked.*, NULL::boolean AS full, NULL::float8 AS "lastPlace",
      NULL::uuid AS "lastId"
    FROM picked
    UNION ALL
    SELECT ${line}, NULL, NULL, NULL, front."firstPlace", front."firstId",
      (SELECT count(*) FROM seen) >= ${size}::int, last.place, last.id
    FROM (SELECT place, id FROM seen ORDER BY place DESC, id DESC LIMIT 1) AS last
    LEFT JOIN front ON (SELECT count(*) FROM picked) = 0`
  const picked = rows.flatMap(toPicked)
  const end = rows.find(({ id }) => id === null)
  return {
    picked,
    first: picked[0]?.first ?? (end ? toPosition(end.firstPlace, end.firstId) : null),
    last: (end && toPosition(end.lastPlace, end.lastId)) ?? from,
    more: end?.full ?? false,
  }
}
