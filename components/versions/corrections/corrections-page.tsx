'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { Tabs } from '@/components/ui/tabs'
import { projectQuery } from '@/lib/projects/queries'
import { overviewQuery } from '@/lib/versions/corrections/queries'
import { CORRECTION_KINDS } from '@/lib/versions/corrections/rules'
import type {
  ConfusionPair,
  CorrectionKind,
  CorrectionOverview,
} from '@/lib/versions/corrections/schema'
import { CorrectionFilters } from './correction-filters'
import { CorrectionPairs } from './correction-pairs'
import type { NameOf } from './pair-names'
import { type FilterState, KINDS, useCorrectionFilter } from './use-correction-filter'

type CorrectionsPageProps = { project: string; mayEdit: boolean }

/** What people corrected, by what was taken for what; each can become an example. */
export function CorrectionsPage({ project: slug, mayEdit }: CorrectionsPageProps) {
  const state = useCorrectionFilter()
  const project = useQuery(projectQuery(slug))
  const overview = useQuery(overviewQuery(slug, state.filter))
  return (
    <Page
      title="Corrections"
      width="wide"
      description="Where people disagreed with a suggestion. A promoted correction becomes an example in the next version of the prompt."
    >
      <Loaded query={project}>
        {({ categories }) => {
          const names = new Map(categories.map(({ id, name }) => [id, name]))
          const nameOf: NameOf = (id, none) =>
            id === null ? none : (names.get(id) ?? 'a former category')
          return (
            <Loaded query={overview}>
              {(data) =>
                data.pairs.length === 0 && !state.isFiltered ? (
                  <NoCorrections project={slug} mayEdit={mayEdit} />
                ) : (
                  <div className={cx('grid gap-4', overview.isPlaceholderData ? 'opacity-60' : '')}>
                    <Inbox
                      project={slug}
                      mayEdit={mayEdit}
                      overview={data}
                      state={state}
                      nameOf={nameOf}
                    />
                  </div>
                )
              }
            </Loaded>
          )
        }}
      </Loaded>
    </Page>
  )
}

type InboxProps = CorrectionsPageProps & {
  overview: CorrectionOverview
  state: FilterState
  nameOf: NameOf
}

function Inbox({ project, mayEdit, overview, state, nameOf }: InboxProps) {
  const { status } = state
  const fitting = overview.pairs.filter(({ counts }) => status === null || counts[status] > 0)
  const openOf = (kind: CorrectionKind) =>
    overview.pairs
      .filter((pair) => pair.kind === kind)
      .reduce((sum, { counts }) => sum + counts.open, 0)
  const kind = state.kind ?? firstKind(fitting)
  const pairs = fitting.filter((pair) => pair.kind === kind)
  return (
    <>
      <Tabs<CorrectionKind>
        label="What was wrong"
        value={kind}
        onChange={state.showKind}
        tabs={KINDS.map((value) => ({
          value,
          label:
            openOf(value) > 0
              ? `${CORRECTION_KINDS[value]} (${openOf(value)} open)`
              : CORRECTION_KINDS[value],
        }))}
      />
      <CorrectionFilters {...state} choices={overview} />
      {pairs.length === 0 ? (
        <NoneFits kind={kind} isFiltered={state.isFiltered} clear={state.clear} />
      ) : (
        <CorrectionPairs
          key={kind}
          project={project}
          mayEdit={mayEdit}
          pairs={pairs}
          run={overview.run}
          state={state}
          nameOf={nameOf}
        />
      )}
    </>
  )
}

const firstKind = (pairs: ConfusionPair[]): CorrectionKind =>
  KINDS.find((kind) => pairs.some((pair) => pair.kind === kind && pair.counts.open > 0)) ??
  KINDS.find((kind) => pairs.some((pair) => pair.kind === kind)) ??
  'label'

const NOTHING: Record<CorrectionKind, { title: string; text: string }> = {
  label: {
    title: 'No wrong labels',
    text: 'A suggestion with a thumbs down appears here, unless it was a close call.',
  },
  close: {
    title: 'No close calls among the corrections',
    text: 'A suggestion that was corrected, but narrowly, appears here: it makes a weaker example.',
  },
  reason: {
    title: 'No wrong reasons',
    text: 'A suggestion with the right label for the wrong reason appears here.',
  },
}

type NoneFitsProps = { kind: CorrectionKind; isFiltered: boolean; clear: () => void }

function NoneFits({ kind, isFiltered, clear }: NoneFitsProps) {
  if (isFiltered) {
    return (
      <Empty title="Nothing fits" action={<Button onClick={clear}>Clear the filters</Button>}>
        Leave out a filter, or look at another kind of correction above.
      </Empty>
    )
  }
  return <Empty title={NOTHING[kind].title}>{NOTHING[kind].text}</Empty>
}

function NoCorrections({ project, mayEdit }: CorrectionsPageProps) {
  return (
    <Empty
      title="No corrections yet"
      action={
        <>
          <Button asChild>
            <Link href={`/projects/${project}/versions`}>Versions</Link>
          </Button>
          {mayEdit ? (
            <Button asChild variant="primary">
              <Link href={`/projects/${project}/review`}>Review cases</Link>
            </Button>
          ) : null}
        </>
      }
    >
      They come from reviews of the example pool: a thumbs down, or a right label for the wrong
      reason. Release a version and label cases with it, so that reviewers have suggestions to
      judge.
    </Empty>
  )
}
