import { Prisma } from '@/generated/prisma/client'
import { PREPARED, type Tx } from '@/lib/platform/database'
import { mayTakeEscalated } from '../../policy'
import type { Slot } from '../../settings/rules'
import {
  asideWindow,
  CAME_BACK,
  DROPPED_WINDOW,
  FREE,
  freeWindow,
  heldRows,
  limit,
  lockFirst,
  returnedWindow,
  setAside,
  suitable,
  type Who,
  WINDOW,
} from '../lines/data'
import { type Line, type Picked, type Position, START } from './rules'

export type Wanted = {
  n: number
  /** What each place is for, should nothing come before. */
  draw: readonly Slot[]
  /** Work given to the person, what is due first in front. */
  handouts: readonly string[]
  cursors: Partial<Record<Line, Position>>
}

export type PickRow = Omit<Picked, 'first' | 'id'> & {
  /** Null: the line's window was full, and gave less than it was asked for. */
  id: string | null
  firstPlace: number | null
  firstId: string | null
}

/**
 * The one statement that finds and locks a batch. Each part takes what the ones before have left over,
 * at most a window of it: what this costs depends neither on the project nor on what was done before.
 */
export function pickStatement(member: Who, wanted: Wanted): Prisma.Sql {
  const { n, draw, handouts, cursors } = wanted
  const from = (line: Line) => {
    const { place, id } = cursors[line] ?? START
    return { place: Prisma.sql`${place}::float8`, id: Prisma.sql`${id}::uuid` }
  }
  const drawn = (slot: Slot) => Prisma.sql`(
    SELECT count(*) FROM unnest(${draw}::text[]) WITH ORDINALITY AS d(slot, i)
    WHERE d.slot = ${slot} AND d.i <= rest.n
  )`
  const given = Prisma.sql`
    SELECT g.* FROM unnest(${handouts}::uuid[]) WITH ORDINALITY AS h(id, i)
    CROSS JOIN LATERAL (${lockFirst(suitable(member, asideWindow(member, Prisma.sql`= h.id`)), {
      free: setAside(member),
      except: Prisma.sql`SELECT "caseId" FROM own`,
      n: Prisma.sql`${n} - (SELECT count(*) FROM own) - (SELECT count(*) FROM dropped)
      - (SELECT count(*) FROM aside)`,
    })}) g`
  const lane = { place: Prisma.sql`l.place`, id: Prisma.sql`l.id` }
  const inLane = (bounds: Prisma.Sql) => freeWindow(member, Prisma.sql`l.lane`, lane, bounds)
  return Prisma.sql`${PREPARED}
    WITH held AS MATERIALIZED (${heldRows(member)}), own AS (
      SELECT id, "caseId" FROM held WHERE live
      ORDER BY "claimedAt", place, id
      LIMIT ${n}
    ), dropped AS (${lockFirst(suitable(member, DROPPED_WINDOW), {
      free: CAME_BACK,
      except: Prisma.sql`SELECT "caseId" FROM own`,
      n: Prisma.sql`${n} - (SELECT count(*) FROM own)`,
    })}), aside AS (${lockFirst(suitable(member, asideWindow(member, Prisma.sql`IS NULL`)), {
      free: setAside(member),
      except: Prisma.sql`SELECT "caseId" FROM own UNION ALL SELECT "caseId" FROM dropped`,
      n: Prisma.sql`${n} - (SELECT count(*) FROM own) - (SELECT count(*) FROM dropped)`,
    })}), given AS (
      ${handouts.length > 0 ? given : Prisma.sql`SELECT * FROM aside WHERE false`}
    ), theirs AS (
      SELECT "caseId" FROM own UNION ALL SELECT "caseId" FROM dropped
      UNION ALL SELECT "caseId" FROM aside UNION ALL SELECT "caseId" FROM given
    ), returned AS (${lockFirst(
      suitable(member, returnedWindow(member, from('returned'), limit(WINDOW))),
      {
        free: CAME_BACK,
        except: Prisma.sql`SELECT "caseId" FROM theirs`,
        n: Prisma.sql`${n} - (SELECT count(*) FROM theirs)`,
      },
    )}), rest AS (
      SELECT greatest(0, ${n} - (SELECT count(*) FROM theirs) - (SELECT count(*) FROM returned)) AS n
    ), lanes AS (
      SELECT 'second_opinion'::"Lane" AS lane, ${drawn('second_opinion')} AS n,
        ${from('second_opinion').place} AS place, ${from('second_opinion').id} AS id
      FROM rest
      UNION ALL
      SELECT 'targeted', ${drawn('targeted')}, ${from('targeted').place}, ${from('targeted').id}
      FROM rest
      ${
        mayTakeEscalated(member)
          ? Prisma.sql`UNION ALL SELECT 'escalated', rest.n, ${from('escalated').place},
              ${from('escalated').id} FROM rest`
          : Prisma.empty
      }
    ), special AS (
      SELECT l.lane, f.* FROM lanes l
      CROSS JOIN LATERAL (${lockFirst(suitable(member, inLane(limit(WINDOW))), {
        free: FREE,
        except: Prisma.sql`SELECT "caseId" FROM theirs UNION ALL SELECT "caseId" FROM returned`,
        n: Prisma.sql`l.n`,
      })}) f
      WHERE l.n > 0
    ), ordinary AS (${lockFirst(
      suitable(
        member,
        freeWindow(member, Prisma.sql`'random'::"Lane"`, from('random'), limit(WINDOW)),
      ),
      {
        free: FREE,
        except: Prisma.sql`SELECT "caseId" FROM theirs UNION ALL SELECT "caseId" FROM returned
          UNION ALL SELECT "caseId" FROM special`,
        n: Prisma.sql`(SELECT n - ${drawn('check_case')} - ${drawn('repeat')} FROM rest)
          - (SELECT count(*) FROM special)`,
      },
    )})
    SELECT 'own' AS source, id, "caseId", NULL::uuid AS "suggestionId",
      NULL::float8 AS "firstPlace", NULL::uuid AS "firstId"
    FROM own
    UNION ALL SELECT 'dropped', id, "caseId", "suggestionId", NULL, NULL FROM dropped
    UNION ALL SELECT 'aside', id, "caseId", "suggestionId", NULL, NULL FROM aside
    UNION ALL SELECT 'given', id, "caseId", "suggestionId", NULL, NULL FROM given
    UNION ALL SELECT 'returned', * FROM returned
    UNION ALL SELECT lane::text, id, "caseId", "suggestionId", "firstPlace", "firstId" FROM special
    UNION ALL SELECT 'random', * FROM ordinary
    UNION ALL SELECT lane::text, NULL, NULL, NULL, NULL, NULL FROM lanes l
      WHERE (SELECT count(*) FROM special s WHERE s.lane = l.lane) < l.n
        AND EXISTS (${inLane(Prisma.sql`LIMIT 1 OFFSET ${Prisma.raw(String(WINDOW - 1))}`)})
    UNION ALL SELECT 'returned', NULL, NULL, NULL, NULL, NULL FROM rest
      WHERE rest.n > 0 AND EXISTS (${returnedWindow(
        member,
        from('returned'),
        Prisma.sql`LIMIT 1 OFFSET ${Prisma.raw(String(WINDOW - 1))}`,
      )})`
}

/** What the statement found, in its order, and the lines that hide something behind a full window. */
export async function pickBatch(
  tx: Tx,
  member: Who,
  wanted: Wanted,
): Promise<{ picked: Picked[]; crowded: Line[] }> {
  const rows = await tx.$queryRaw<PickRow[]>(pickStatement(member, wanted))
  return {
    picked: rows.flatMap(toPicked),
    crowded: rows.flatMap(({ id, source }) => (id === null ? [source as Line] : [])),
  }
}

export function toPicked({ id, firstPlace, firstId, ...row }: PickRow): Picked[] {
  if (id === null) return []
  return [{ ...row, id, first: toPosition(firstPlace, firstId) }]
}

export const toPosition = (place: number | null, id: string | null): Position | null =>
  place === null || id === null ? null : { place, id }
