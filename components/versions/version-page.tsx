'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Loaded } from '@/components/ui/loaded'
import { projectQuery } from '@/lib/projects/queries'
import { versionQuery } from '@/lib/versions/queries'
import { toPromptContent } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { DraftEditor } from './editor/draft-editor'
import { DownloadFiles } from './files/download-files'
import { NewDraftButton } from './new-draft-button'
import { PromptPanel } from './prompt-panel'
import { VersionFrame } from './version-frame'

type VersionPageProps = { project: string; person: string; version: string; mayEdit: boolean }

/** A draft to work on, or a frozen version to read. */
export function VersionPage({ project: slug, person, version: ref, mayEdit }: VersionPageProps) {
  const project = useQuery(projectQuery(slug))
  const version = useQuery(versionQuery(slug, ref))
  const [isUnsaved, setUnsaved] = useState(false)
  return (
    <Loaded query={version}>
      {(data) =>
        (data.number === null || isUnsaved) && mayEdit ? (
          <Loaded query={project}>
            {(ofProject) => (
              <DraftEditor
                person={person}
                key={data.id}
                project={ofProject}
                version={data}
                onUnsaved={setUnsaved}
                frame={({ actions, body }) => (
                  <VersionFrame
                    project={slug}
                    version={data}
                    mayEdit={mayEdit}
                    actions={
                      <>
                        <DownloadFiles project={slug} version={data} />
                        {actions}
                      </>
                    }
                    width="wide"
                  >
                    {body}
                  </VersionFrame>
                )}
              />
            )}
          </Loaded>
        ) : (
          <VersionFrame
            project={slug}
            version={data}
            mayEdit={mayEdit}
            actions={
              <>
                <DownloadFiles project={slug} version={data} />
                {mayEdit ? <NewDraftButton project={slug} from={data} variant="primary" /> : null}
              </>
            }
          >
            <FrozenVersion version={data} />
          </VersionFrame>
        )
      }
    </Loaded>
  )
}

function FrozenVersion({ version }: { version: VersionView }) {
  const content = useMemo(() => toPromptContent(version), [version])
  return <PromptPanel content={content} parent={version.parentContent} start="prompt" />
}
