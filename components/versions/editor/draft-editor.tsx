'use client'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useMemo } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Input, Textarea } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import type { ProjectView } from '@/lib/projects/schema'
import { describeChanges } from '@/lib/versions/drafts/rules'
import { useDiscardDraft } from '@/lib/versions/queries'
import { toPromptContent } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { PromptPanel } from '../prompt-panel'
import { CategoriesCard } from './categories-card'
import { DraftActions, SavedState } from './draft-actions'
import { ExamplesCard } from './examples-card'
import { PrecedentsCard } from './precedents-card'
import { SettingsCard } from './settings-card'
import { useDraft } from './use-draft'

type DraftEditorProps = {
  project: ProjectView
  version: VersionView
  frame: (parts: { actions: React.ReactNode; body: React.ReactNode }) => React.ReactNode
}

/** Everything a draft says on the left, what the model will read on the right. */
export function DraftEditor({ project, version, frame }: DraftEditorProps) {
  const draft = useDraft(project.slug, version)
  const { shown, change, run } = draft
  // Typing is never held up by rendering the prompt and its difference.
  const deferred = useDeferredValue(shown)
  const content = useMemo(() => toPromptContent(deferred), [deferred])
  return frame({
    actions: <DraftActions project={project.slug} draft={draft} />,
    body: (
      <>
        <SavedState draft={draft} />
        <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
          <div className="grid min-w-0 gap-4">
            <Card title="Persona and rules">
              <div className="grid gap-4">
                <Field label="Persona" hint="Who the model is to be.">
                  {(id) => (
                    <Textarea
                      id={id}
                      value={shown.persona}
                      maxLength={50_000}
                      onChange={(event) => change({ persona: event.target.value })}
                    />
                  )}
                </Field>
                <Field label="Rules" hint="How to decide, for every case.">
                  {(id) => (
                    <Textarea
                      id={id}
                      value={shown.rules}
                      maxLength={50_000}
                      onChange={(event) => change({ rules: event.target.value })}
                    />
                  )}
                </Field>
              </div>
            </Card>
            <PrecedentsCard project={project.slug} rules={shown.rules} change={change} />
            <CategoriesCard project={project} categories={shown.categories} change={change} />
            <ExamplesCard
              project={project.slug}
              versionId={version.id}
              categories={shown.categories}
              examples={shown.examples}
              run={run}
            />
            <SettingsCard
              answerFormat={shown.answerFormat}
              badExampleForm={shown.badExampleForm}
              model={shown.model}
              change={change}
            />
            <Card title="This draft">
              <Field
                label="What changed, in one line"
                hint="Shown in the list of versions. Left empty, it is written for you."
              >
                {(id) => (
                  <Input
                    id={id}
                    value={shown.note}
                    maxLength={300}
                    placeholder={describeChanges(version.parentContent, content)}
                    onChange={(event) => change({ note: event.target.value })}
                  />
                )}
              </Field>
              <DiscardButton project={project.slug} versionId={version.id} />
            </Card>
          </div>
          <div className="min-w-0 lg:sticky lg:top-20">
            <PromptPanel content={content} parent={version.parentContent} start="prompt" />
          </div>
        </div>
      </>
    ),
  })
}

function DiscardButton({ project, versionId }: { project: string; versionId: string }) {
  const router = useRouter()
  const discard = useDiscardDraft(project)
  return (
    <Button
      size="sm"
      variant="danger"
      className="mt-4"
      busy={discard.isPending}
      onClick={() => {
        if (!window.confirm('Discard this draft? Its trials stay, but it can’t be edited again.')) {
          return
        }
        discard.mutate(versionId, {
          onSuccess: () => {
            toast.success('The draft was discarded.')
            router.push(`/projects/${project}/versions`)
          },
          onError: showError,
        })
      }}
    >
      Discard draft
    </Button>
  )
}
