'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { showError } from '@/components/ui/show-error'
import { useDiscardImport } from '@/lib/cases/imports/queries'

export function DiscardButton({ project, importId }: { project: string; importId: string }) {
  const router = useRouter()
  const discard = useDiscardImport(project)
  return (
    <Button
      variant="ghost"
      busy={discard.isPending}
      onClick={() =>
        discard.mutate(importId, {
          onSuccess: () => router.push(`/projects/${project}/imports`),
          onError: showError,
        })
      }
    >
      Discard this file
    </Button>
  )
}
