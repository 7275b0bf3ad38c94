'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Table, TableBody, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { ACCURACY, COLUMNS, type Column, sortCells } from './cell-columns'
import { CellRow } from './cell-row'

type CellsTableProps = {
  project: string
  view: ExperimentView
  onChooseBase: (cellId: string) => void
}

type Sorting = { by: Column; descending: boolean } | null

/** One line for each set-up; a press on a head sorts by it, first the best, and a third time not at all. */
export function CellsTable({ project, view, onChooseBase }: CellsTableProps) {
  const [sorting, setSorting] = useState<Sorting>(null)
  const cells = sorting ? sortCells(view.table, sorting.by, sorting.descending) : view.table
  function sortBy(column: Column) {
    const first = column.bestFirst === 'high'
    setSorting((now) =>
      now?.by !== column
        ? { by: column, descending: first }
        : now.descending === first
          ? { by: column, descending: !first }
          : null,
    )
  }
  const head = (column: Column) => (
    <SortHeader key={column.name} column={column} sorting={sorting} onSort={sortBy} />
  )
  return (
    <Table label="Set-ups side by side" pinned>
      <TableHead>
        <TableRow>
          <TableHeader className="bg-surface sm:sticky sm:left-0">Set-up</TableHeader>
          {head(ACCURACY)}
          <TableHeader>Against the base</TableHeader>
          {COLUMNS.map(head)}
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

type SortHeaderProps = { column: Column; sorting: Sorting; onSort: (column: Column) => void }

function SortHeader({ column, sorting, onSort }: SortHeaderProps) {
  const here = sorting?.by === column
  return (
    <TableHeader
      numeric
      aria-sort={here ? (sorting.descending ? 'descending' : 'ascending') : undefined}
    >
      <Button
        variant="ghost"
        size="sm"
        className="-mr-2.5 h-auto whitespace-normal py-0.5 text-right"
        title={column.meaning}
        onClick={() => onSort(column)}
      >
        {column.name}
        <span aria-hidden className="w-2">
          {here ? (sorting.descending ? '↓' : '↑') : ''}
        </span>
      </Button>
    </TableHeader>
  )
}
