'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import { parseAsString, useQueryStates } from 'nuqs'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Field, Select } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { diffSections } from '@/lib/versions/difference/rules'
import { nameByChange } from '@/lib/versions/history/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionQuery, versionsQuery } from '@/lib/versions/queries'
import { nameVersion, titleVersion, toPromptContent, versionPath } from '@/lib/versions/rules'
import { DifferenceView } from './difference-view'
import { ComparedFigures } from './history/compared-figures'

type ComparePageProps = { project: string; mayEdit: boolean }

/** Any two versions: what each measured, and section by section what one says and the other doesn’t. */
export function ComparePage({ project, mayEdit }: ComparePageProps) {
  const versions = useQuery(versionsQuery(project))
  const [{ a, b }, choose] = useQueryStates({
    a: parseAsString.withDefault(''),
    b: parseAsString.withDefault(''),
  })
  return (
    <Page
      title="Compare versions"
      description="What each measured, and what one says and the other doesn’t."
      actions={
        <Button asChild>
          <Link href={`/projects/${project}/versions`}>All versions</Link>
        </Button>
      }
    >
      <Loaded query={versions}>
        {(all) => {
          const find = (ref: string) => all.find((version) => versionPath(version) === ref)
          const [from, to] = [find(a), find(b)]
          if (all.length < 2) return <OnlyOne project={project} />
          return (
            <>
              <div className="grid max-w-5xl items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
                <Choice label="From" value={a} all={all} onChange={(next) => choose({ a: next })} />
                <Button
                  className="justify-self-start"
                  disabled={!a && !b}
                  onClick={() => void choose({ a: b, b: a })}
                >
                  <ArrowLeftRight aria-hidden />
                  Swap
                </Button>
                <Choice label="To" value={b} all={all} onChange={(next) => choose({ b: next })} />
              </div>
              {from && to && a !== b ? (
                <>
                  <ComparedFigures project={project} from={from} to={to} mayEdit={mayEdit} />
                  <Difference project={project} a={a} b={b} />
                </>
              ) : (
                <Empty
                  title={a && a === b ? 'That is the same version twice' : 'Choose two versions'}
                >
                  Any two can be compared, drafts too.
                </Empty>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

const OnlyOne = ({ project }: { project: string }) => (
  <Empty
    title="There is only one version yet"
    action={
      <Button asChild variant="primary">
        <Link href={`/projects/${project}/versions`}>Versions</Link>
      </Button>
    }
  >
    Make a draft from it: then the two can be compared.
  </Empty>
)

type ChoiceProps = {
  label: string
  value: string
  all: VersionSummary[]
  onChange: (ref: string) => Promise<unknown>
}

function Choice({ label, value, all, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(id) => (
        <Select id={id} value={value} onChange={({ target }) => void onChange(target.value)}>
          <option value="">Choose…</option>
          {all.map((version) => (
            <option key={version.id} value={versionPath(version)}>
              {nameByChange(version)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

function Difference({ project, a, b }: { project: string; a: string; b: string }) {
  const from = useQuery(versionQuery(project, a))
  const to = useQuery(versionQuery(project, b))
  return (
    <Loaded query={from}>
      {(before) => (
        <Loaded query={to}>
          {(after) => (
            <Card
              title={`${titleVersion(before, before.parent)} → ${nameVersion(after, after.parent)}`}
            >
              <DifferenceView
                sections={diffSections(toPromptContent(before), toPromptContent(after))}
              />
            </Card>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}
