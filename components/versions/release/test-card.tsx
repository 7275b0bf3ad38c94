'use client'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, interval, percent } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { StandIn } from '@/components/ui/stand-in'
import { useAskForTestScore, useStartTest } from '@/lib/versions/releases/queries'
import { describeScore } from '@/lib/versions/releases/rules'
import type { GateView, TestScoreView } from '@/lib/versions/releases/schema'
import { nameVersion, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { hrefOf } from '../version-frame'

type TestCardProps = { project: string; version: VersionView; gate: GateView; mayTest: boolean }

/** The one test of a version: figures only, no case of it is ever shown. */
export function TestCard({ project, version, gate, mayTest }: TestCardProps) {
  const { test, labelledTestCases, setupId } = gate
  const start = useStartTest(project)
  const score = useAskForTestScore(project, versionPath(version))
  const tell = () => setupId && start.mutate(setupId, { onError: showError })
  return (
    <Card
      title="Test"
      description="Labels all cases of the locked test pool, once for each version. Only the score comes out; choose on dev, confirm here."
    >
      {test.score ? <Score score={test.score} /> : null}
      {test.state === 'running' ? (
        <div className="grid gap-2">
          <p>
            Labelling the test pool: {count(test.done)} of {count(test.items)} cases
          </p>
          <Progress value={test.done} max={test.items} label="Labelling the test pool" />
        </div>
      ) : null}
      {test.state === 'unscored' ? (
        <Notice
          tone="warn"
          title={
            gate.scoresItself
              ? 'The model has labelled the test pool: the score follows in a moment'
              : 'The model has labelled the test pool, but hardly any case has a final label yet'
          }
          action={
            <Button
              size="sm"
              disabled={labelledTestCases === 0}
              busy={score.isPending}
              onClick={() => score.mutate(undefined, { onError: showError })}
            >
              Score now
            </Button>
          }
        >
          {gate.scoresItself
            ? null
            : `${count(labelledTestCases)} of them have one. A score is published once: review more cases of the test pool first.`}
        </Notice>
      ) : null}
      {test.state === 'failed' ? (
        <Notice tone="bad" title="The test run failed or was stopped">
          No score was published. It can be started again.
        </Notice>
      ) : null}
      {test.state === 'none' || test.state === 'failed' ? (
        <div className="mt-3 grid gap-3">
          <p className="text-[13px] text-muted">
            {labelledTestCases > 0
              ? `${count(labelledTestCases)} cases of the test pool have a final label.`
              : 'No case of the test pool has a final label yet: the score would have to wait.'}
          </p>
          <TestOfRival project={project} gate={gate} />
          {mayTest ? (
            <div>
              <Button variant="primary" busy={start.isPending} onClick={tell}>
                Test v{version.number}
              </Button>
            </div>
          ) : (
            <p className="text-[13px] text-muted">A prompt engineer can start the test.</p>
          )}
        </div>
      ) : null}
    </Card>
  )
}

/** The version in force should be tested first, so that there is a score to beat. */
function TestOfRival({ project, gate }: { project: string; gate: GateView }) {
  if (!gate.inForce || gate.released || gate.inForceTested) return null
  const name = nameVersion(gate.inForce)
  return (
    <Notice
      tone="warn"
      title={`${name} is in force and was never tested`}
      action={
        <Button asChild size="sm">
          <Link href={`${hrefOf(project, gate.inForce)}/release`}>Open {name}</Link>
        </Button>
      }
    >
      Test {name} first: the gate needs a score to beat.
    </Notice>
  )
}

function Score({ score }: { score: TestScoreView }) {
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-semibold text-2xl tabular-nums tracking-tight">
          {percent(score.exact)}
        </span>
        <Badge tone={score.passed && score.baseline ? 'good' : 'neutral'}>
          {score.baseline ? (score.passed ? 'passed' : 'not passed') : 'first score'}
        </Badge>
        {score.standIn ? <StandIn /> : null}
      </p>
      <p className="text-[13px] text-muted">
        {interval(score.low, score.high)} of {count(score.n)} cases;{' '}
        {percent(score.countingCloseCalls)} counting close calls.
      </p>
      <p>{describeScore(score)}</p>
    </div>
  )
}
