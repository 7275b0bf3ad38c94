'use client'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { useAskForTestScore } from '@/lib/versions/releases/queries'
import type { GateView } from '@/lib/versions/releases/schema'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { RuleList } from './conditions-list'
import { StartTest } from './start-test'
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
          <StartTest project={project} version={version} gate={gate} mayTest={mayTest} />
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
