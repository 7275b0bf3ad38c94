'use client'
import { useRouter } from 'next/navigation'
import { Button, type ButtonProps } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useCreateDraft } from '@/lib/versions/queries'
import { nameVersion } from '@/lib/versions/rules'
import type { VersionName } from '@/lib/versions/schema'

type NewDraftButtonProps = Pick<ButtonProps, 'variant' | 'size' | 'className' | 'children'> & {
  project: string
  from: VersionName
}

/** Copies everything the version says into a new draft and opens it. */
export function NewDraftButton({ project, from, children, ...looks }: NewDraftButtonProps) {
  const router = useRouter()
  const create = useCreateDraft(project)
  return (
    <Button
      {...looks}
      busy={create.isPending}
      onClick={() =>
        create.mutate(
          { parentId: from.id },
          {
            onSuccess: ({ id }) => router.push(`/projects/${project}/versions/${id}`),
            onError: showError,
          },
        )
      }
    >
      {children ?? `New draft from ${from.number === null ? 'this draft' : nameVersion(from)}`}
    </Button>
  )
}
