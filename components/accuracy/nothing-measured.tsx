import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { AccuracyView } from '@/lib/accuracy/schema'

type NothingMeasuredProps = { project: string; mayRun: boolean; accuracy: AccuracyView }

/** No version has an accuracy yet: what is missing, and where to get it. */
export function NothingMeasured({ project, mayRun, accuracy }: NothingMeasuredProps) {
  const waiting = accuracy.versions.some(({ dev }) => dev !== null)
  if (waiting) {
    return (
      <Empty
        title="The dev cases that were run have no labels yet"
        action={
          <Button asChild variant="primary">
            <Link href={`/projects/${project}/training-data`}>See what is labelled</Link>
          </Button>
        }
      >
        A version is measured against final labels. Have dev cases reviewed, or import cases whose
        labels are known. The figures then appear here by themselves.
      </Empty>
    )
  }
  return (
    <Empty
      title="Nothing is measured yet"
      action={
        <Button asChild variant="primary">
          {mayRun ? (
            <Link href={`/projects/${project}/runs/new`}>Run a version on dev</Link>
          ) : (
            <Link href={`/projects/${project}/versions`}>See the versions</Link>
          )}
        </Button>
      }
    >
      {mayRun
        ? 'Run a version on the dev cases. As soon as some of them have a final label, its accuracy stands here.'
        : 'A prompt engineer has to run a version on the dev cases first. As soon as some of them have a final label, its accuracy stands here.'}
    </Empty>
  )
}
