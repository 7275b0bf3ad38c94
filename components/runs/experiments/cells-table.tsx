'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Table, TableBody, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { COLUMNS, type Column, sortCells } from './cell-columns'
import { CellRow } from './cell-row'

type CellsTableProps = {
  project: string
  view: ExperimentView
  onChooseBase: (cellId: string) => void
}

type Sorting = { by: Column['name']; descending: boolean } | null

/** One line for each set-up; a press on a head sorts by it. */
export function CellsTable({ project, view, onChooseBase }: CellsTableProps) {
  const [sorting, setSorting] = useState<Sorting>(null)
  const column = COLUMNS.find(({ name }) => name === sorting?.by)
  const cells = column ? sortCells(view.table, column, sorting?.descending ?? false) : view.table
  function sortBy({ name, bestFirst }: Column) {
    const first = bestFirst === 'high'
    setSorting((now) =>
      now?.by !== name
        ? { by: name, descending: first }
        : now.descending === first
          ? { by: name, descending: !first }
          : null,
    )
  }
  const sortOf = (name: string) =>
    sorting?.by === name ? (sorting.descending ? 'descending' : 'ascending') : undefined
  return (
    <Table label="Set-ups side by side">
      <TableHead>
        <TableRow>
          <TableHeader>Set-up</TableHeader>
          {COLUMNS.map((one) => (
            <TableHeader key={one.name} numeric aria-sort={sortOf(one.name)}>
              <Button
                variant="ghost"
                size="sm"
                className="-mr-2.5 h-auto whitespace-normal py-0.5 text-right"
                title={one.meaning}
                onClick={() => sortBy(one)}
              >
                {one.name}
                <span aria-hidden className="w-2">
                  {sortOf(one.name) === undefined ? '' : sorting?.descending ? '↓' : '↑'}
                </span>
              </Button>
            </TableHeader>
          ))}
          <TableHeader>Against the base</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {cells.map((cell) => (
          <CellRow
            key={cell.id}
            project={project}
            cell={cell}
            isBase={cell.id === view.baseId}
            onChooseBase={() => onChooseBase(cell.id)}
          />
        ))}
      </TableBody>
    </Table>
  )
}
