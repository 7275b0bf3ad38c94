'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Empty } from '@/components/ui/empty'
import { errorMessage } from '@/components/ui/error-message'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { useOnce } from '@/components/ui/use-once'
import { useTryCase } from '@/lib/versions/playground/queries'
import { compareSides } from '@/lib/versions/playground/rules'
import { versionQuery } from '@/lib/versions/queries'
import { nameVersion } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { VersionFrame } from '../version-frame'
import { CaseInput } from './case-input'
import { FormerTries } from './former-tries'
import { SideCard } from './side-card'
import { TriedCase } from './tried-case'
import { type Tried, usePlayground } from './use-playground'

type PlaygroundPageProps = { project: string; version: string; mayTry: boolean }

/** One case, asked of a version and of its parent at once, answers side by side. */
export function PlaygroundPage({ project, version: ref, mayTry }: PlaygroundPageProps) {
  const version = useQuery(versionQuery(project, ref))
  return (
    <Loaded query={version}>
      {(data) => (
        <VersionFrame project={project} version={data} mayEdit={mayTry} width="wide">
          {mayTry ? (
            <Playground project={project} version={data} reference={ref} />
          ) : (
            <Empty title="Prompt engineers try cases here">
              They ask a version and its parent about one case and see both answers side by side.
            </Empty>
          )}
        </VersionFrame>
      )}
    </Loaded>
  )
}

type PlaygroundProps = { project: string; version: VersionView; reference: string }

function Playground({ project, version, reference }: PlaygroundProps) {
  const { wanted, tried, want, keepTried } = usePlayground(project, version.id)
  const ask = useTryCase(project, reference)
  const once = useOnce()
  const start = () => {
    const pasted = { subject: wanted.subject, text: wanted.text }
    const input =
      wanted.from === 'pick' ? { caseId: wanted.picked?.id, subject: '', text: '' } : pasted
    once((again) =>
      ask.mutate(input, {
        onSuccess: (view) => {
          keepTried({ view, pasted })
          if (view.leftQueue && wanted.picked)
            want({ picked: { ...wanted.picked, leavesQueue: false } })
        },
        onSettled: again,
      }),
    )
  }
  return (
    <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
      <div className="grid min-w-0 gap-4">
        <CaseInput
          project={project}
          version={reference}
          wanted={wanted}
          onChange={want}
          askName={version.parent ? 'Ask both' : `Ask ${nameVersion(version)}`}
          busy={ask.isPending}
          onAsk={start}
          error={
            ask.error ? (
              <Notice tone="bad" title="Nothing was asked">
                {errorMessage(ask.error)}
              </Notice>
            ) : null
          }
        />
        <div className="hidden lg:block">
          <FormerTries
            project={project}
            version={reference}
            onPick={(picked) => want({ from: 'pick', picked })}
          />
        </div>
      </div>
      <div aria-busy={ask.isPending} className={ask.isPending ? 'opacity-60' : undefined}>
        {tried ? (
          <Answers
            key={tried.view.sides.map(({ answer }) => answer?.callId).join()}
            project={project}
            reference={reference}
            version={version}
            tried={tried}
          />
        ) : (
          <Empty title={ask.isPending ? 'The model is asked…' : 'No answer yet'}>
            Paste a case or pick one, and ask. A pasted text is no case of the project unless you
            keep it.
          </Empty>
        )}
      </div>
      <div className="lg:hidden">
        <FormerTries
          project={project}
          version={reference}
          onPick={(picked) => want({ from: 'pick', picked })}
        />
      </div>
    </div>
  )
}

type AnswersProps = PlaygroundProps & { tried: Tried }

function Answers({ project, reference, version, tried }: AnswersProps) {
  const { view, pasted } = tried
  const { sides } = view
  const [marked, setMarked] = useState(sides.length - 1)
  const place = sides[marked]?.answer?.place
  return (
    <div className="grid min-w-0 gap-4">
      <div role="status" className="grid gap-2 empty:hidden">
        {compareSides(sides) ? <p className="font-medium">{compareSides(sides)}</p> : null}
        {view.leftQueue ? (
          <Notice title="This case left your review queue">
            {sides.some(({ answer }) => answer !== null)
              ? 'You have seen what a version says of it, so others are asked for its label.'
              : 'It is taken out before a version is asked. No answer came, but others are asked for its label now.'}
          </Notice>
        ) : null}
      </div>
      <div className="grid min-w-0 items-start gap-4 xl:grid-flow-col xl:auto-cols-fr">
        {sides.map((side, index) => (
          <SideCard
            key={side.version.id}
            project={project}
            version={reference}
            side={side}
            isParent={index < sides.length - 1}
            finalLabel={view.finalLabel?.label ?? null}
            marked={index === marked}
            onMark={() => setMarked(index)}
            outdated={side.version.id === version.id && side.edit !== version.edit}
          />
        ))}
      </div>
      <TriedCase
        project={project}
        version={reference}
        view={view}
        pasted={pasted}
        highlights={place ? [place] : []}
      />
    </div>
  )
}
