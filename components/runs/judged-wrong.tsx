'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { ShowMore } from '@/components/ui/show-more'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { judgedWrongQuery } from '@/lib/runs/judging/queries'
import type { JudgedCase, JudgedCasePage, Judging } from '@/lib/runs/judging/schema'
import { CaseCell } from './case-cell'

type JudgedWrongProps = { project: string; runId: string; judge: Judging }

/** The cases to look at. Opened by hand: whoever reads them is not asked to review them after that. */
export function JudgedWrong({ project, runId, judge }: JudgedWrongProps) {
  const [open, setOpen] = useState(false)
  return (
    <section className="grid gap-3" aria-label="Suggestions that it calls wrong">
      <h3 className="font-medium text-sm">Suggestions that it calls wrong</h3>
      {open ? (
        <List project={project} runId={runId} judge={judge} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button size="sm" onClick={() => setOpen(true)}>
            Show them with their reasons
          </Button>
          <span className="text-[13px] text-muted">
            Cases that you may still be asked about stay hidden; you are not asked to review the
            others after that.
          </span>
        </div>
      )}
    </section>
  )
}

function List({ project, runId, judge }: JudgedWrongProps) {
  const query = useInfiniteQuery(
    judgedWrongQuery(project, runId, { judgeId: judge.id, done: judge.done }),
  )
  return (
    <>
      <Loaded query={query}>{({ pages }) => <Pages project={project} pages={pages} />}</Loaded>
      <ShowMore query={query} size="sm" className="w-fit" />
    </>
  )
}

function Pages({ project, pages }: { project: string; pages: JudgedCasePage[] }) {
  const cases = pages.flatMap((page) => page.cases)
  const hidden = pages.at(-1)?.hidden ?? 0
  return (
    <>
      {cases.length > 0 ? <Cases project={project} cases={cases} /> : null}
      {hidden > 0 ? (
        <p className="text-[13px] text-muted">
          {count(hidden)} {cases.length > 0 ? 'more ' : ''}
          {hidden === 1 ? 'is' : 'are'} hidden: you may still be asked to review{' '}
          {hidden === 1 ? 'it' : 'them'}, and a model’s opinion would sway you.{' '}
          {hidden === 1 ? 'It appears' : 'They appear'} here once labelled.
        </p>
      ) : null}
    </>
  )
}

function Cases({ project, cases }: { project: string; cases: JudgedCase[] }) {
  return (
    <Table long label="Suggestions that the model calls wrong">
      <TableHead>
        <TableRow>
          <TableHeader>Case</TableHeader>
          <TableHeader>Suggested</TableHeader>
          <TableHeader>It would say</TableHeader>
          <TableHeader>People say</TableHeader>
          <TableHeader>Why</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {cases.map((one) => (
          <TableRow key={one.caseId}>
            <CaseCell project={project} one={one} />
            <TableCell className="min-w-28">{one.suggested}</TableCell>
            <TableCell className="min-w-28">
              {one.better ?? <span className="text-muted">names none</span>}
            </TableCell>
            <TableCell className="min-w-28">
              {one.label ?? <span className="text-muted">no label yet</span>}
            </TableCell>
            <TableCell className="min-w-64 max-w-md text-muted">{one.reason}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
