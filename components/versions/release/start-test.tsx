'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { reachQuery } from '@/lib/versions/gate/queries'
import { useStartTest } from '@/lib/versions/releases/queries'
import type { GateView } from '@/lib/versions/releases/schema'
import { describeSpending } from '@/lib/versions/releases/spending/rules'
import { nameVersion, versionPath } from '@/lib/versions/rules'
import type { VersionName, VersionView } from '@/lib/versions/schema'
import { hrefOf } from '../version-frame'

type StartTestProps = { project: string; version: VersionView; gate: GateView; mayTest: boolean }

/** The button that spends the one test of a version, and beside it what that spends. */
export function StartTest({ project, version, gate, mayTest }: StartTestProps) {
  const start = useStartTest(project)
  const once = useOnce()
  const reach = useQuery(reachQuery(project, versionPath(version)))
  const { labelledTestCases, setupId, testFirst } = gate
  const tell = () => {
    if (!setupId) return
    once((again) => start.mutate(setupId, { onError: showError, onSettled: again }))
  }
  const labelled =
    labelledTestCases > 0
      ? `${count(labelledTestCases)} cases of the test pool have a final label.`
      : 'No case of the test pool has a final label yet: the score would have to wait.'
  return (
    <div className="grid gap-3">
      {testFirst ? <TestFirst project={project} gate={gate} first={testFirst} /> : null}
      <ul aria-label="What the test spends" className="list-disc pl-5 text-[13px] text-muted">
        {[...describeSpending(gate, reach.data ?? null), labelled].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {mayTest ? (
        <div>
          <Button
            variant={testFirst ? 'secondary' : 'primary'}
            busy={start.isPending}
            onClick={tell}
          >
            Test v{version.number}
          </Button>
        </div>
      ) : (
        <p className="text-[13px] text-muted">A prompt engineer can start the test.</p>
      )}
    </div>
  )
}

type TestFirstProps = { project: string; gate: GateView; first: VersionName }

/** Another version should be tested before this one, so that there is a score to beat. */
function TestFirst({ project, gate: { version, inForce }, first }: TestFirstProps) {
  const [name, own] = [nameVersion(first), nameVersion(version)]
  return (
    <Notice
      tone="warn"
      title={
        inForce
          ? `${name} is in force and was never tested`
          : `${own} was made from ${name}, which was never tested`
      }
      action={
        <Button asChild size="sm" variant="primary">
          <Link href={`${hrefOf(project, first)}/release`}>Test {name} first</Link>
        </Button>
      }
    >
      Test {name} first, so that there is a score to beat: tested before it, {own} is compared with
      nothing.
    </Notice>
  )
}
