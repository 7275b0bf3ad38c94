'use client'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, duration, money } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { costWords } from '@/components/ui/price-note'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { useContinueEffects, useStopEffects } from '@/lib/runs/effects/queries'
import { nameParts } from '@/lib/runs/effects/rules'
import type { EffectStudyView } from '@/lib/runs/effects/schema'
import { isEnded } from '@/lib/runs/rules'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'

type StudyProgressProps = {
  project: string
  version: VersionView
  study: EffectStudyView
  mayEdit: boolean
}

/** A study at work, or why it ended before its end. */
export function StudyProgress({ project, version, study, mayEdit }: StudyProgressProps) {
  const stop = useStopEffects(project, versionPath(version))
  if (isEnded(study.status)) {
    return <Ending project={project} version={version} study={study} mayEdit={mayEdit} />
  }
  const { waitsFor, done, items, parts, unit } = study
  const ready = parts.filter(({ result }) => result).length
  const bar = waitsFor ?? { done, items }
  return (
    <Card>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2 text-[13px]">
        <span className="tabular-nums" role="status">
          {waitsFor
            ? `First the whole version: ${count(bar.done)} of ${count(bar.items)} cases of dev`
            : `${ready} of ${nameParts(parts.length, unit)} left out so far: ${count(done)} of ${count(items)} answers`}
        </span>
        {mayEdit ? (
          <Button
            size="sm"
            busy={stop.isPending || study.status === 'stopping'}
            onClick={() => stop.mutate(study.id, { onError: showError })}
          >
            Stop
          </Button>
        ) : null}
      </div>
      <Progress value={bar.done} max={bar.items} label="Leaving examples out" />
      <p className="mt-2 min-h-5 text-muted text-xs tabular-nums">{describePace(study)}</p>
    </Card>
  )
}

function describePace({
  status,
  waitsFor,
  ratePerMinute,
  timeLeftMs,
  cost,
  priced,
}: EffectStudyView) {
  if (status === 'queued') return 'Waiting for a worker.'
  if (status === 'stopping') return 'Stopping: what is on its way is kept.'
  if (waitsFor || ratePerMinute === null || timeLeftMs === null) return 'Measuring the pace…'
  return `${count(ratePerMinute)} answers a minute, about ${duration(timeLeftMs)} left, ${costWords(cost, priced)} so far. You can leave this page.`
}

function Ending({ project, version, study, mayEdit }: StudyProgressProps) {
  const { status, message, failed, toGoOn } = study
  const goOn = useContinueEffects(project, versionPath(version))
  const once = useOnce()
  if (status !== 'done') {
    return (
      <Notice
        tone={status === 'failed' ? 'bad' : 'warn'}
        title={status === 'failed' ? 'It ended with a failure' : 'It was stopped before its end'}
        action={
          toGoOn && mayEdit ? (
            <Button
              size="sm"
              variant="primary"
              busy={goOn.isPending}
              onClick={() =>
                once((again) => goOn.mutate(study.id, { onError: showError, onSettled: again }))
              }
            >
              Continue
            </Button>
          ) : null
        }
      >
        {message} What was measured until then is kept and shown.{' '}
        {toGoOn ? describeRest(study, toGoOn) : null}
      </Notice>
    )
  }
  if (failed === 0) return null
  return (
    <Notice tone="warn" title={`${count(failed)} answers failed`}>
      Their calls failed each time they were tried. They count as wrong, so they may look like
      effects of the examples that were left out. Look again when the cause is gone.
    </Notice>
  )
}

function describeRest(
  { parts, unit, standIn }: EffectStudyView,
  { kept, calls, cost }: NonNullable<EffectStudyView['toGoOn']>,
): string {
  const price = cost === null ? '' : `, ${money(cost)}${standIn ? ' with the local stand-in' : ''}`
  return `${kept} of ${nameParts(parts.length, unit)} ${kept === 1 ? 'stays' : 'stay'} as measured; about ${calls === 1 ? '1 call is' : `${count(calls)} calls are`} left${price}.`
}
