import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import type { ImportDetail } from '@/lib/cases/imports/schema'

export function ResultCard({ project, detail }: { project: string; detail: ImportDetail }) {
  const facts = [
    ['Added', detail.added, 'new cases'],
    ['Revised', detail.revised, 'known id, changed text'],
    ['Unchanged', detail.unchanged, 'known id, same text: skipped'],
    ['Duplicates', detail.duplicates, 'same text under another id: skipped'],
    ['Bad rows', detail.bad, 'left out'],
  ] as const
  return (
    <Card
      title="Result"
      action={
        <Button asChild variant="primary">
          <Link href={`/projects/${project}/cases`}>See the cases</Link>
        </Button>
      }
    >
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        {facts.map(([name, value, note]) => (
          <div key={name}>
            <dt className="text-[13px] text-muted">{name}</dt>
            <dd className="font-semibold text-xl tabular-nums">{count(value)}</dd>
            <dd className="text-[13px] text-muted">{note}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-5">
        <PoolProgress detail={detail} />
      </div>
    </Card>
  )
}

function PoolProgress({ detail }: { detail: ImportDetail }) {
  const all = detail.added + detail.revised
  const settled = detail.pooled + detail.quarantined
  if (!detail.pooledAt) {
    return (
      <div className="grid gap-2">
        <Progress value={settled} max={all} label="Cases sorted" />
        <p className="text-[13px] text-muted tabular-nums">
          Looking for near-duplicates and sorting the cases into pools: {count(settled)} of{' '}
          {count(all)}. They can be labelled and reviewed once they are sorted.
        </p>
      </div>
    )
  }
  if (detail.quarantined === 0) return <Notice tone="good" title="All cases are sorted and ready" />
  return (
    <Notice tone="warn" title={`${count(detail.quarantined)} cases are set aside`}>
      Each of them says nearly the same as cases of two pools. They can neither be labelled nor
      reviewed, so that nothing leaks from one pool into the other.
    </Notice>
  )
}
