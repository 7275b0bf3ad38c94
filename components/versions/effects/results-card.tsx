'use client'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, money } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { describeStudy } from '@/lib/runs/effects/rules'
import type { EffectPart, EffectStudyView, EffectVerdict } from '@/lib/runs/effects/schema'
import type { VersionView } from '@/lib/versions/schema'
import { EffectCases } from './effect-cases'
import { PartName } from './part-name'

type ResultsCardProps = { project: string; version: VersionView; study: EffectStudyView }

/** What was found, first in a sentence, then example by example. */
export function ResultsCard({ project, version, study }: ResultsCardProps) {
  const [open, setOpen] = useState<EffectPart | null>(null)
  const { headline, sentence } = describeStudy(study)
  return (
    <Card>
      <h2 className="flex flex-wrap items-center gap-2 font-semibold text-xl tracking-tight">
        {headline}
        {study.standIn ? <StandIn /> : null}
      </h2>
      <p className="mt-1.5 mb-4 max-w-[46rem] text-pretty text-[13px] text-muted">{sentence}</p>
      <Table label="What each example does">
        <TableHead>
          <TableRow>
            <TableHeader>{study.unit === 'example' ? 'Example' : 'Examples of'}</TableHeader>
            <TableHeader numeric>fixes</TableHeader>
            <TableHeader numeric>breaks</TableHeader>
            <TableHeader>Verdict</TableHeader>
            <TableHeader numeric>tokens</TableHeader>
            <TableHeader numeric>adds to 1,000 cases</TableHeader>
            <TableHeader>
              <span className="sr-only">Cases</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {study.parts.map((part) => (
            <PartRow key={part.id} part={part} onOpen={() => setOpen(part)} />
          ))}
        </TableBody>
      </Table>
      {open ? (
        <EffectCases
          project={project}
          version={version}
          part={open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </Card>
  )
}

type PartRowProps = { part: EffectPart; onOpen: () => void }

function PartRow({ part, onOpen }: PartRowProps) {
  const { result, tokens, costPerThousand } = part
  const differing = result ? result.fixes + result.breaks : 0
  return (
    <TableRow>
      <TableCell className="min-w-44">
        <PartName part={part} />
      </TableCell>
      <TableCell numeric>{count(result?.fixes)}</TableCell>
      <TableCell numeric>{count(result?.breaks)}</TableCell>
      <TableCell className="text-muted sm:whitespace-nowrap">
        {result ? <Verdict verdict={result.verdict} /> : 'not measured yet'}
      </TableCell>
      <TableCell numeric>{count(tokens)}</TableCell>
      <TableCell numeric>{money(costPerThousand)}</TableCell>
      <TableCell numeric>
        {differing > 0 ? (
          <Button size="sm" onClick={onOpen}>
            {differing === 1 ? '1 case' : `${differing} cases`}
          </Button>
        ) : null}
      </TableCell>
    </TableRow>
  )
}

function Verdict({ verdict }: { verdict: EffectVerdict }) {
  if (verdict === 'helps') return <Badge tone="good">helps</Badge>
  if (verdict === 'hurts') return <Badge tone="bad">hurts</Badge>
  return verdict
}
