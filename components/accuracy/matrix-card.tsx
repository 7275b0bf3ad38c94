import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { StandIn } from '@/components/ui/stand-in'
import { type Cell, matrixQuery } from '@/lib/accuracy/queries'
import type { Verdict, VersionAccuracy } from '@/lib/accuracy/schema'
import { nameVersion } from '@/lib/versions/rules'
import { CellDialog } from './cell-dialog'
import { MatrixTable } from './matrix-table'

type MatrixCardProps = {
  project: string
  versions: readonly VersionAccuracy[]
  verdict: Verdict
}

/** Which labels a version mixes up; begins with the version that the verdict is about. */
export function MatrixCard({ project, versions, verdict }: MatrixCardProps) {
  const runs = versions.flatMap(({ version, dev }) => (dev ? [{ version, ...dev }] : []))
  const [chosen, setChosen] = useState(verdict.runId)
  const [cell, setCell] = useState<Cell | null>(null)
  const matrix = useQuery(matrixQuery(project, chosen))
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          Which labels are mixed up {matrix.data?.standIn ? <StandIn /> : null}
        </span>
      }
      description={`Each row holds the dev cases of one final label, each column what the model said. The diagonal is right. Open a number to see its cases.`}
      action={
        <Select
          aria-label="Version in the matrix"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {runs.map(({ version, runId, exact }) => (
            <option key={runId} value={runId}>
              {nameVersion(version)} ({count(exact.n)} cases)
            </option>
          ))}
        </Select>
      }
    >
      <Loaded query={matrix}>
        {(data) => (
          <>
            <MatrixTable matrix={data} onOpen={setCell} />
            <CellDialog project={project} matrix={data} cell={cell} onClose={() => setCell(null)} />
          </>
        )}
      </Loaded>
    </Card>
  )
}
