'use client'
import { useState } from 'react'
import { Card } from '@/components/ui/card'
import { Field, Select } from '@/components/ui/field'
import { count, interval, percent } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { describeShare } from '@/lib/accuracy/rules'
import { nameCell } from '@/lib/runs/experiments/rules'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { PositionsChart } from './positions-chart'

/** Whether a case does worse for where it stands in its pack. */
export function PositionsCard({ view }: { view: ExperimentView }) {
  const packed = view.table.filter(
    ({ facts, figures }) => facts.packSize > 1 && figures && figures.positions.length > 1,
  )
  const [chosen, setChosen] = useState('')
  const cell = packed.find(({ id }) => id === chosen) ?? packed[0]
  if (!cell?.figures) return null
  const positions = cell.figures.positions.map(({ position, n, right }) => ({
    position: position + 1,
    ...describeShare(right, n),
  }))
  return (
    <Card
      title="Accuracy by place in the pack"
      description="Cases are shuffled, so every place has the same kind of cases: places that differ by more than their intervals do so because of where they stand. Cases that had to be asked again are left out."
    >
      <div className="grid gap-4">
        <Field label="Set-up" className="max-w-md">
          {(id) => (
            <Select id={id} value={cell.id} onChange={(event) => setChosen(event.target.value)}>
              {packed.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameCell(one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <PositionsChart positions={positions} />
        <Table label="Accuracy by place in the pack" long>
          <TableHead>
            <TableRow>
              <TableHeader>Place</TableHeader>
              <TableHeader numeric>Accuracy</TableHeader>
              <TableHeader numeric>95 % interval</TableHeader>
              <TableHeader numeric>Cases</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {positions.map(({ position, rate, low, high, n }) => (
              <TableRow key={position}>
                <TableCell>{position}</TableCell>
                <TableCell numeric>{percent(rate)}</TableCell>
                <TableCell numeric>{interval(low, high)}</TableCell>
                <TableCell numeric>{count(n)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  )
}
