'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Textarea } from '@/components/ui/field'
import { describeWay, nameReturn, SHORTEST_REASON } from '@/lib/versions/releases/rules'
import type { GateView } from '@/lib/versions/releases/schema'
import { nameVersion, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { hrefOf } from '../version-frame'
import { useLabelChoice } from './example-pool'
import { useReleaseWithUndo } from './use-release-with-undo'

type ReleaseCardProps = { project: string; version: VersionView; gate: GateView }

/** One click where the gate is passed or a version comes back; a written reason where it is not. */
export function ReleaseCard({ project, version, gate }: ReleaseCardProps) {
  const [reason, setReason] = useState('')
  const release = useReleaseWithUndo(project)
  const labelling = useLabelChoice(project, versionPath(version))
  const override = gate.way === 'override'
  const short = override && reason.trim().length < SHORTEST_REASON
  const name = `v${version.number}`
  return (
    <Card title="Release" description={describeWay(gate)}>
      {gate.late === 'wait' && gate.inForce ? (
        <Button asChild className="mb-4" size="sm">
          <Link href={`${hrefOf(project, gate.inForce)}/release`}>
            Open {nameVersion(gate.inForce)}
          </Link>
        </Button>
      ) : null}
      {override ? (
        <p className="mb-4 text-[13px] text-muted last:mb-0">
          The gate is passed by a test score that fulfils the project’s rule against the best so
          far.
        </p>
      ) : null}
      {gate.allowed ? (
        <div className="grid gap-4">
          {override ? (
            <Field
              label={`Why should ${name} be released anyway?`}
              hint={`On record with your name. At least ${SHORTEST_REASON} characters.`}
            >
              {(id) => (
                <Textarea
                  id={id}
                  value={reason}
                  maxLength={2_000}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          {labelling.field}
          <div>
            <Button
              variant={override ? 'danger' : 'primary'}
              busy={release.isPending}
              disabled={short}
              onClick={() =>
                release.put({
                  number: version.number,
                  label: labelling.wanted,
                  ...(override ? { reason: reason.trim() } : {}),
                  former: gate.inForce?.number ?? null,
                  said: `${name} is released.`,
                })
              }
            >
              {gate.way === 'roll_back' ? nameReturn(version, gate.inForce) : `Release ${name}`}
              {override ? ' anyway' : ''}
            </Button>
          </div>
        </div>
      ) : null}
    </Card>
  )
}
