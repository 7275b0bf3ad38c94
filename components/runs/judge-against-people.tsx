import { count, interval, percent } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { LEAST_PAIRS } from '@/lib/accuracy/agreement/people/rules'
import { sayAgainstPeople } from '@/lib/runs/judging/figures/rules'
import type { AgainstPeople } from '@/lib/runs/judging/schema'
import { FigureList } from './figure-list'

const decimal = (value: number): string => value.toFixed(2).replace('-', '−')

/** How good a judge is where people have labelled the case: what its other verdicts are worth. */
export function JudgeAgainstPeople({ people }: { people: AgainstPeople }) {
  const { n, table, unsure, agreement, kappa, kappaInterval, ac1, wrongFound } = people
  return (
    <section className="grid gap-3" aria-label="Second opinion against people">
      <h3 className="font-medium text-sm">Against people</h3>
      <p className="max-w-prose">
        {sayAgainstPeople(people)} It is no person: nothing it says counts as a review.
      </p>
      {n === 0 ? null : (
        <>
          <Table
            className="max-w-lg"
            label="What the model says of suggestions that people call right or wrong"
          >
            <TableHead>
              <TableRow>
                <TableHeader>By people’s labels</TableHeader>
                <TableHeader numeric>Called right</TableHeader>
                <TableHeader numeric>Called wrong</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              <TableRow>
                <TableHeader scope="row">The suggestion is right</TableHeader>
                <TableCell numeric>{count(table.rightCalledRight)}</TableCell>
                <TableCell numeric>{count(table.rightCalledWrong)}</TableCell>
              </TableRow>
              <TableRow>
                <TableHeader scope="row">The suggestion is wrong</TableHeader>
                <TableCell numeric>{count(table.wrongCalledRight)}</TableCell>
                <TableCell numeric>{count(table.wrongCalledWrong)}</TableCell>
              </TableRow>
            </TableBody>
          </Table>
          {n < LEAST_PAIRS ? (
            <p className="text-[13px] text-muted">
              Too few to tell how far it agrees with people: {count(n)} of the {count(LEAST_PAIRS)}{' '}
              labelled cases that takes.
            </p>
          ) : (
            <FigureList
              figures={[
                {
                  name: 'Agrees with people',
                  value: percent(agreement.rate),
                  note: `${interval(agreement.low, agreement.high)} · n ${count(n)}`,
                },
                {
                  name: 'Beyond chance: κ',
                  value: kappa === null ? '–' : decimal(kappa),
                  note: kappaInterval
                    ? `${decimal(kappaInterval.low)} to ${decimal(kappaInterval.high)}`
                    : 'chance explains all of it',
                },
                { name: 'AC1', value: ac1 === null ? '–' : decimal(ac1) },
                {
                  name: 'Wrong ones found',
                  value: percent(wrongFound.rate),
                  note:
                    wrongFound.n === 0
                      ? 'none is wrong'
                      : `${interval(wrongFound.low, wrongFound.high)} · n ${count(wrongFound.n)}`,
                },
              ]}
            />
          )}
          <details className="max-w-prose text-[13px] text-muted">
            <summary className="w-fit font-medium text-ink">How is this computed?</summary>
            <p className="mt-2">
              Over suggestions whose case has a final label, without examples of the version and
              what is nearly the same
              {unsure > 0 ? `; ${count(unsure)} it is unsure of are left out` : ''}. A suggestion is
              right where it is that label exactly. κ is Cohen’s with its large-sample interval, AC1
              Gwet’s: agreement beyond chance, 1 being always. Where nearly all suggestions are
              right, κ is low however well the model judges; AC1 is not. Shares have 95 % Wilson
              score intervals. Where people labelled with the suggestion in view, they called more
              of them right than they would have blind.
            </p>
          </details>
        </>
      )}
    </section>
  )
}
