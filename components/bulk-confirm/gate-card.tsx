import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, percent } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { BulkCategory, BulkView } from '@/lib/reviews/bulk/schema'

type GateCardProps = {
  view: BulkView
  chosenId: string | null
  onChoose: (labelId: string) => void
}

/** Which categories may be confirmed, and how many blind reviews the others lack. */
export function GateCard({ view, chosenId, onChoose }: GateCardProps) {
  const { setup, required, categories } = view
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          Predicted categories of {setup?.versionNumber ? `v${setup.versionNumber}` : 'the release'}
          {setup?.standIn ? <StandIn /> : null}
        </span>
      }
      description={`Open once blind reviews show, with 95 % confidence, that at least ${percent(required, 0)} of what is predicted so is right. Test cases and bulk confirmations are not counted.`}
    >
      <Table label="Predicted categories and what blind reviews say of them">
        <TableHead>
          <TableRow>
            <TableHeader className="whitespace-normal">Predicted category</TableHeader>
            <TableHeader numeric className="whitespace-normal">
              Right in blind reviews
            </TableHeader>
            <TableHeader numeric>At least</TableHeader>
            <TableHeader>Bulk confirm</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {categories.map((category) => (
            <TableRow key={category.labelId}>
              <TableHeader scope="row" className="whitespace-normal align-top">
                {category.label}
              </TableHeader>
              <TableCell numeric>
                {count(category.right)} of {count(category.blind)}
              </TableCell>
              <TableCell numeric>
                {category.blind === 0 ? '–' : percent(category.lowerBound)}
              </TableCell>
              <TableCell className="min-w-28">
                {category.allowed ? (
                  <Button
                    size="sm"
                    variant={category.labelId === chosenId ? 'primary' : 'secondary'}
                    aria-pressed={category.labelId === chosenId}
                    aria-label={`Show cases predicted as ${category.label}`}
                    onClick={() => onChoose(category.labelId)}
                  >
                    Show cases
                  </Button>
                ) : (
                  <span className="text-muted">{missingOf(category)}</span>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}

function missingOf({ missing }: BulkCategory): string {
  if (missing === null) return 'too often wrong'
  const reviews = missing === 1 ? 'blind review is' : 'blind reviews are'
  return `${count(missing)} more ${reviews} missing, if all are right`
}
