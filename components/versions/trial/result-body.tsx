'use client'
import { useRef, useState } from 'react'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import type { Side, TrialResult, TrialView } from '@/lib/versions/trials/schema'
import { CategoriesCard } from './categories-card'
import { ChangesCard } from './changes-card'
import { DifferingCases } from './differing-cases'
import { RepeatCard } from './repeat-card'
import type { Names } from './trial-progress'

/** So much of a list must be in view, in pixels, to be seen changing. */
const LEAST_IN_VIEW = 150

type ResultBodyProps = {
  project: string
  version: VersionView
  trial: TrialView
  result: TrialResult
  names: Names
  mayRun: boolean
}

/** The figures by category beside the two lists of cases behind them. */
export function ResultBody(props: ResultBodyProps) {
  const { project, version, trial, result, names, mayRun } = props
  const [chosen, setChosen] = useState<string | null>(null)
  const lists = { broken: useRef<HTMLDivElement>(null), fixed: useRef<HTMLDivElement>(null) }
  const category = result.categories.find(({ categoryId }) => categoryId === chosen) ?? null
  const { judgement } = category ? { judgement: category } : result.exact
  const totals: Record<Side, number> = { broken: judgement.onlyOld, fixed: judgement.onlyNew }
  const labelOf = new Map(version.categories.map(({ categoryId, name }) => [categoryId, name]))

  function choose(categoryId: string | null, side: Side) {
    setChosen(categoryId)
    // On a phone the list stands far below the number that was pressed.
    const list = lists[side].current
    if (list && list.getBoundingClientRect().top > window.innerHeight - LEAST_IN_VIEW) {
      list.scrollIntoView()
    }
  }

  return (
    <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[6fr_5fr]">
      <div className="grid min-w-0 gap-4">
        <CategoriesCard
          result={result}
          target={trial.targetAccuracy}
          names={names}
          chosen={chosen}
          onChoose={choose}
        />
        {trial.draftRun ? (
          <RepeatCard
            project={project}
            version={version}
            trial={trial}
            run={trial.draftRun}
            mayRun={mayRun}
          />
        ) : null}
      </div>
      <div className="grid min-w-0 gap-4">
        {(['broken', 'fixed'] as const).map((side) => (
          <div key={side} ref={lists[side]} className="min-w-0 scroll-mt-16">
            <DifferingCases
              project={project}
              version={versionPath(version)}
              runs={[trial.draftRun?.id ?? '', trial.parentRun?.id ?? '']}
              side={side}
              total={totals[side]}
              category={category && { id: category.categoryId, name: category.name }}
              onShowAll={() => setChosen(null)}
              labelOf={labelOf}
            />
          </div>
        ))}
        <ChangesCard version={version} />
      </div>
    </div>
  )
}
