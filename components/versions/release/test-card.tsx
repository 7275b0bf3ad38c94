'use client'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { useAskForTestScore, useStartTest } from '@/lib/versions/releases/queries'
import type { GateView } from '@/lib/versions/releases/schema'
import { nameVersion, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { hrefOf } from '../version-frame'
import { RuleList } from './conditions-list'
import { TestScore } from './test-score'

type TestCardProps = { project: string; version: VersionView; gate: GateView; mayTest: boolean }

/** The one test of a version: figures only, no case of it is ever shown. */
export function TestCard({ project, version, gate, mayTest }: TestCardProps) {
  const { test, rule } = gate
  const startable = ['none', 'failed', 'incomplete'].includes(test.state)
  return (
    <Card
      title="Test"
      description={`Each version is tested once: all cases of the locked test pool are labelled${rule.twoRuns ? ', twice in the same way' : ''}. Only the score comes out; choose on dev, confirm here.`}
    >
      <div className="grid gap-4">
        {test.score ? <TestScore score={test.score} /> : null}
        {test.state === 'running' ? <Running gate={gate} /> : null}
        {test.state === 'unscored' ? (
          <Unscored project={project} version={version} gate={gate} />
        ) : null}
        {test.state === 'failed' ? (
          <Notice tone="bad" title="A test run failed or was stopped">
            No score was published. What is finished is kept; the rest can be started again.
          </Notice>
        ) : null}
        {test.state === 'incomplete' ? (
          <Notice tone="warn" title="The gate asks for two runs now, and there is one">
            The second one is missing. The score follows when it is finished.
          </Notice>
        ) : null}
        {test.scoredByOther && startable ? (
          <Notice title={gate.standIn ? 'Tested with a real model' : 'Tested with the stand-in'}>
            That score stays where it is, but decides nothing here: a test counts only for the kind
            of model that answers now.
          </Notice>
        ) : null}
        {startable ? (
          <Start project={project} version={version} gate={gate} mayTest={mayTest} />
        ) : null}
        {test.score ? null : <RuleList rule={rule} />}
      </div>
    </Card>
  )
}

function Running({ gate: { test, rule } }: { gate: GateView }) {
  return (
    <div className="grid gap-2">
      <p>
        Labelling the test pool{rule.twoRuns ? ', twice' : ''}: {count(test.done)} of{' '}
        {count(test.items)} cases
      </p>
      <Progress value={test.done} max={test.items} label="Labelling the test pool" />
    </div>
  )
}

type UnscoredProps = { project: string; version: VersionView; gate: GateView }

function Unscored({ project, version, gate }: UnscoredProps) {
  const score = useAskForTestScore(project, versionPath(version))
  const { labelledTestCases, scoresItself, rule } = gate
  return (
    <Notice
      tone="warn"
      title={
        scoresItself
          ? 'The model has labelled the test pool: the score follows in a moment'
          : 'The model has labelled the test pool, but too few cases have a final label yet'
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
      {scoresItself
        ? null
        : `${count(labelledTestCases)} of them have one, and the gate asks for ${count(rule.minCases)}. A score is published once: review more cases of the test pool first.`}
    </Notice>
  )
}

function Start({ project, version, gate, mayTest }: TestCardProps) {
  const start = useStartTest(project)
  const { labelledTestCases, setupId } = gate
  const tell = () => setupId && start.mutate(setupId, { onError: showError })
  return (
    <div className="grid gap-3">
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
