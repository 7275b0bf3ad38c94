import { Card } from '@/components/ui/card'
import { StandIn } from '@/components/ui/stand-in'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { VersionAccuracy } from '@/lib/accuracy/schema'
import { nameVersion } from '@/lib/versions/rules'
import { FigureWithInterval } from './figure-text'

/** Apart from accuracy, and never called so. */
export function AgreementCard({ versions }: { versions: readonly VersionAccuracy[] }) {
  const rows = versions.flatMap(({ version, agreement }) =>
    agreement.map((figure) => ({ version, figure })),
  )
  return (
    <Card
      title="Agreement with suggestions in view"
      description="How often people gave the very label that they were shown, on example cases. This is not accuracy: a suggestion in view sways people, so it reads higher than the truth."
    >
      {rows.length === 0 ? (
        <p className="text-muted">
          Nobody has reviewed an example case with a suggestion in view yet.
        </p>
      ) : (
        <Table label="Agreement with suggestions in view, by version">
          <TableHead>
            <TableRow>
              <TableHeader>Version whose label was shown</TableHeader>
              <TableHeader numeric>Agreement</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ version, figure }) => (
              <TableRow key={`${version.id} ${figure.standIn}`}>
                <TableHeader scope="row" className="align-top">
                  <span className="flex items-center gap-2 text-ink">
                    {nameVersion(version)} {figure.standIn ? <StandIn /> : null}
                  </span>
                </TableHeader>
                <TableCell numeric>
                  <FigureWithInterval figure={figure} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  )
}
