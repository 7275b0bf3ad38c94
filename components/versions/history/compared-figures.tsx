import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { titleVersion } from '@/lib/versions/rules'
import { NewDraftButton } from '../new-draft-button'
import { hrefOf } from '../version-frame'
import { DevFigure, TestFigure } from './version-figures'

type ComparedFiguresProps = {
  project: string
  from: VersionSummary
  to: VersionSummary
  mayEdit: boolean
}

/** What each of the two measured, side by side, and where they meet on the same cases. */
export function ComparedFigures({ project, from, to, mayEdit }: ComparedFiguresProps) {
  // A trial compares a version with its parent, case by case.
  const child = [from, to].find((one) => one.parent?.id === from.id || one.parent?.id === to.id)
  return (
    <Card
      title="Accuracy"
      action={
        child ? (
          <Button asChild size="sm">
            <Link href={`${hrefOf(project, child)}/trial`}>Trial of the two on dev</Link>
          </Button>
        ) : null
      }
    >
      <Table label="Accuracy of the two versions">
        <TableHead>
          <TableRow>
            <TableHeader>Version</TableHeader>
            <TableHeader numeric>On dev</TableHeader>
            <TableHeader numeric>Published on test</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {[from, to].map((version) => (
            <TableRow key={version.id}>
              <TableCell className="min-w-44">
                <Link className="link font-medium" href={hrefOf(project, version)}>
                  {titleVersion(version, version.parent)}
                </Link>{' '}
                {version.released ? <Badge tone="good">released</Badge> : null}
                <p className="wrap-anywhere">{version.changed}</p>
                <p className="text-muted text-xs">
                  {version.examples.good} good, {version.examples.bad} bad examples
                </p>
                {mayEdit ? (
                  <NewDraftButton
                    project={project}
                    from={version}
                    variant="ghost"
                    size="sm"
                    className="-mx-1.5 h-6 px-1.5 text-accent text-xs"
                  >
                    New draft from this
                    <span className="sr-only">: {titleVersion(version, version.parent)}</span>
                  </NewDraftButton>
                ) : null}
              </TableCell>
              <TableCell numeric>
                <DevFigure dev={version.dev} />
              </TableCell>
              <TableCell numeric>
                <TestFigure test={version.test} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Caution from={from} to={to} related={child !== undefined} />
    </Card>
  )
}

/** Two intervals side by side are no test: what would be one. */
function Caution({
  from,
  to,
  related,
}: Pick<ComparedFiguresProps, 'from' | 'to'> & { related: boolean }) {
  if (!from.dev || !to.dev) return null
  if (from.dev.standIn !== to.dev.standIn) {
    return (
      <Notice tone="warn" title="These figures can’t be compared" className="mt-3">
        One comes from the local stand-in, the other from a language model.
      </Notice>
    )
  }
  return (
    <p className="mt-3 max-w-prose text-[13px] text-muted">
      Each figure is over the cases of its own run.{' '}
      {related
        ? 'Whether one is better than the other by more than chance is what the trial says, on the cases of both.'
        : 'Whether one is better by more than chance is told by a trial of a version beside its parent.'}
    </p>
  )
}
