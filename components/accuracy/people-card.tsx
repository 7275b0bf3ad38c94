import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { AgreementOfPeople, PairAgreementView } from '@/lib/accuracy/schema'
import { FigureWithInterval } from './figure-text'

/** Close calls apart: people disagree there by nature. */
export function PeopleCard({ people }: { people: AgreementOfPeople }) {
  const rows = [
    ['Close calls', people.closeCalls],
    ['All others', people.others],
  ] as const
  return (
    <Card
      title="Agreement between people"
      description="How often two people gave the same label to the same case. A pair counts as a close call where either of them called it one. The locked test pool and bulk confirmations are left out."
    >
      <Table label="Agreement between people, close calls apart">
        <TableHead>
          <TableRow>
            <TableHeader>Pairs of answers</TableHeader>
            <TableHeader numeric>Same label</TableHeader>
            <TableHeader numeric>Beyond chance: κ</TableHeader>
            <TableHeader numeric>AC1</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(([name, figure]) => (
            <TableRow key={name}>
              <TableHeader scope="row" className="align-top">
                {name}
              </TableHeader>
              {figure.n < people.leastPairs ? (
                <TableCell numeric colSpan={3} className="text-muted">
                  too few to tell ({count(figure.n)} of {count(people.leastPairs)} pairs)
                </TableCell>
              ) : (
                <Figures figure={figure} />
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <details className="mt-3 max-w-prose text-[13px] text-muted">
        <summary className="w-fit font-medium text-ink">How is this computed?</summary>
        <p className="mt-2">
          κ is Cohen’s, AC1 Gwet’s: both say how far people agree beyond what chance would bring, 1
          being always. Where nearly all cases have one label, κ is low however well people agree;
          AC1 is not. The order within a pair does not matter. Intervals are 95 % Wilson score
          intervals.
        </p>
      </details>
    </Card>
  )
}

function Figures({ figure }: { figure: PairAgreementView }) {
  return (
    <>
      <TableCell numeric>
        <FigureWithInterval figure={figure} />
      </TableCell>
      <TableCell numeric className="align-top">
        {figure.kappa?.toFixed(2) ?? '–'}
      </TableCell>
      <TableCell numeric className="align-top">
        {figure.ac1?.toFixed(2) ?? '–'}
      </TableCell>
    </>
  )
}
