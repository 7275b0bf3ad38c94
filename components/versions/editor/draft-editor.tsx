'use client'
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { cx } from '@/components/ui/cx'
import { Tabs } from '@/components/ui/tabs'
import type { ProjectView } from '@/lib/projects/schema'
import { takeFitting } from '@/lib/versions/drafts/queue/rules'
import { describeChanges } from '@/lib/versions/drafts/rules'
import { toPromptContent } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { ChecksCard } from '../checks/checks-card'
import { ExampleMarks } from '../checks/example-mark'
import { useDraftChecks } from '../checks/use-draft-checks'
import { type PromptTab, PromptView } from '../prompt-view'
import { CategoriesCard } from './categories-card'
import { DraftActions } from './draft-actions'
import { DraftCard } from './draft-card'
import { DraftNotices } from './draft-notices'
import { DraftToolbar } from './draft-toolbar'
import { ExamplesCard } from './examples-card'
import { PersonaCard } from './persona-card'
import { PrecedentsCard } from './precedents-card'
import { SettingsCard } from './settings-card'
import { type Draft, useDraft } from './use-draft'
import { usePresence } from './use-presence'

type DraftEditorProps = {
  project: ProjectView
  /** Id of the person at it. */
  person: string
  version: VersionView
  /** While something is unsaved this page must not give way to another. */
  onUnsaved: (isUnsaved: boolean) => void
  frame: (parts: { actions: React.ReactNode; body: React.ReactNode }) => React.ReactNode
}

/** Everything a draft says on the left, what the model will read on the right; in tabs where there is no room for both. */
export function DraftEditor({ project, person, version, onUnsaved, frame }: DraftEditorProps) {
  const draft = useDraft(project.slug, person, version)
  const { shown, keeper } = draft
  const others = usePresence(project.slug, version.id, keeper)
  const [side, setSide] = useState<PromptTab>('prompt')
  const [isEditing, setEditing] = useState(true)
  const showFields = useCallback(() => setEditing(true), [])
  const checks = useDraftChecks(project.slug, version.id, keeper)
  const isUnsaved = draft.pending.length > 0
  useEffect(() => onUnsaved(isUnsaved), [isUnsaved, onUnsaved])
  const content = useContent(draft)
  const { parentContent } = version
  // Of what is saved: it costs too much for every key.
  const changes = useMemo(
    () => describeChanges(version.parentContent, toPromptContent(version)),
    [version],
  )
  return frame({
    actions: <DraftActions project={project.slug} draft={draft} />,
    body: (
      <>
        <DraftToolbar draft={draft} others={others}>
          <Tabs
            label="Draft"
            className="lg:hidden"
            value={isEditing ? 'edit' : side}
            onChange={(tab) => {
              setEditing(tab === 'edit')
              if (tab !== 'edit') setSide(tab)
            }}
            tabs={[
              { value: 'edit', label: 'Edit' },
              { value: 'prompt', label: 'Prompt' },
              { value: 'difference', label: 'Difference' },
            ]}
          />
        </DraftToolbar>
        <DraftNotices project={project.slug} draft={draft} />
        <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
          <div className={cx('grid min-w-0 gap-4', !isEditing && 'max-lg:hidden')}>
            <PersonaCard persona={shown.persona} rules={shown.rules} keeper={keeper} />
            <PrecedentsCard project={project.slug} rules={shown.rules} keeper={keeper} />
            <CategoriesCard
              project={project}
              categories={shown.categories}
              examples={shown.examples}
              keeper={keeper}
            />
            <ExampleMarks checks={checks}>
              <ExamplesCard
                project={project.slug}
                versionId={version.id}
                categories={shown.categories}
                examples={shown.examples}
                keeper={keeper}
              />
            </ExampleMarks>
            <SettingsCard
              answerFormat={shown.answerFormat}
              badExampleForm={shown.badExampleForm}
              model={shown.model}
              template={shown.template}
              similarExamples={shown.similarExamples}
              packSize={shown.packSize}
              keeper={keeper}
            />
            <DraftCard
              project={project.slug}
              versionId={version.id}
              note={shown.note}
              changes={changes}
              keeper={keeper}
            />
          </div>
          <div className="min-w-0 max-lg:contents lg:sticky lg:top-24 lg:flex lg:max-h-[calc(100vh-8rem)] lg:flex-col lg:gap-4">
            <ChecksCard checks={checks} keeper={keeper} onEdit={showFields} />
            <div
              className={cx('min-w-0 lg:flex lg:min-h-0 lg:flex-col', isEditing && 'max-lg:hidden')}
            >
              <PromptView content={content} parent={parentContent} tab={side} onTab={setSide} />
            </div>
          </div>
        </div>
      </>
    ),
  })
}

/**
 * What the prompt is made of. Later than what is typed, so that no key waits for it; and without a text
 * that is too long to be saved, which would take seconds to lay out.
 */
function useContent({ shown, saved, pending }: Draft) {
  const fitting = useMemo(() => takeFitting({ saved, shown, pending }), [saved, shown, pending])
  const deferred = useDeferredValue(fitting)
  return useMemo(() => toPromptContent(deferred), [deferred])
}
